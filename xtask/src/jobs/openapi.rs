//! `docs/openapi.json` in the hands of other people's tools: a validator, a generator of clients, and
//! a generator of requests, which compares what the emulator answers with what the document says.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;

use crate::{
    command::{clean, run as run_command, succeeds},
    emulator::Emulator,
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "openapi",
    about: "docs/openapi.json is valid, makes a client, and the emulator answers as it says [--cases N] [--seed N]",
    run,
};

const DOCUMENT: &str = "docs/openapi.json";
/// What the tools are and what they run.
const FOLDER: &str = "tests/openapi";

/// What is checked of every response, in the words of schemathesis. Not among them:
///
/// - `positive_data_acceptance`: a schema cannot express rules across fields, nor which cursors
///   exist. What has an example must be accepted, which is checked by itself.
/// - `allow_header_conformance`: `DELETE /v3/assets/search` is a request for the asset `search`, so
///   `Allow` has more methods than the document lists at that path.
const CHECKS: &[&str] = &[
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "missing_required_header",
    "unsupported_method",
    "ignored_auth",
    "use_after_free",
    "ensure_resource_availability",
];

/// Settings of the emulator under which the document holds for every request by itself.
const EMULATOR: &[&str] = &[
    // A replay is the answer to an earlier request, whatever is wrong with the present one.
    "--replay-lifetime",
    "1ms",
    // A refusal for the number of requests would hide all other answers.
    "--speech-rate-limit",
    "1000000",
];

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let request = Request::parse(arguments)?;
    let Some(python) = Python::install(workspace)? else {
        ensure!(
            env::var_os("CI").is_none(),
            "the tools in {FOLDER}/requirements.txt cannot be installed with pip"
        );
        return Ok(Outcome::skipped(
            "everything: its tools cannot be installed with pip",
        ));
    };
    run_command(python.module("openapi_spec_validator").arg(DOCUMENT))
        .context("the document is not valid")?;
    run_command(python.script("examples.py").arg(DOCUMENT))
        .context("an example in the document does not fit its schema")?;

    let program = workspace.build_program()?;
    let emulator = Emulator::start(workspace, &program, EMULATOR)?;
    run_generated_client(workspace, &python, &emulator)?;
    send_examples(&python, &emulator)?;
    let cases = send_cases(workspace, &python, &emulator, &request)?;
    Ok(Outcome::done().with_note(format!("{cases} requests by schemathesis")))
}

/// Generates a client, which uploads a file and finds it in the list.
fn run_generated_client(workspace: &Workspace, python: &Python, emulator: &Emulator) -> Result<()> {
    let folder = workspace.target.join("tmp").join("openapi-client");
    let mut generate = python.module("openapi_python_client");
    generate
        .args(["generate", "--fail-on-warning", "--overwrite"])
        .args(["--meta", "none", "--path", DOCUMENT, "--config"])
        .arg(Path::new(FOLDER).join("client.yaml"))
        .arg("--output-path")
        .arg(folder.join("generated"));
    run_command(&mut generate).context("no client can be generated")?;
    let mut upload = python.script("upload_and_list.py");
    upload
        .arg("tests/media/image.png")
        .envs(emulator.environment())
        .env("PYTHONPATH", env::join_paths([&folder, &python.packages])?);
    run_command(&mut upload).context("the generated client does not work")
}

/// Sends the examples of the document, which the emulator has to accept, unless it does not know
/// the id.
fn send_examples(python: &Python, emulator: &Emulator) -> Result<()> {
    let mut command = python.schemathesis(emulator);
    command.args([
        "--phases",
        "examples",
        "--checks",
        "positive_data_acceptance",
    ]);
    run_command(&mut command).context("an example in the document is refused")
}

/// Sends made-up requests, right and wrong ones, and returns how many.
fn send_cases(
    workspace: &Workspace,
    python: &Python,
    emulator: &Emulator,
    request: &Request,
) -> Result<u64> {
    let document: Value = serde_json::from_str(&fs::read_to_string(DOCUMENT)?)?;
    let paths = document["paths"].as_object().into_iter().flatten();
    let operations: usize = paths
        .filter_map(|(_, item)| Some(item.as_object()?.len()))
        .sum();
    let per_operation = request.cases.div_ceil(operations as u64);
    let report = workspace.target.join("tmp").join("schemathesis.json");
    let mut command = python.schemathesis(emulator);
    command
        .args(["--checks", &CHECKS.join(","), "--no-shrink"])
        .args(["--max-examples", &per_operation.to_string()])
        .args(["--seed", &request.seed.to_string()])
        .args(["--report", "json", "--report-json-path"])
        .arg(&report);
    run_command(&mut command).context("the emulator does not answer as the document says")?;
    let report: Value = serde_json::from_str(&fs::read_to_string(report)?)?;
    let cases = report["test_cases"]["generated"].as_u64();
    let cases = cases.context("the report has no number of test cases")?;
    ensure!(
        cases >= request.cases,
        "only {cases} requests were sent, {} were asked for",
        request.cases
    );
    Ok(cases)
}

/// Python, with the packages that `requirements.txt` names below the target folder.
struct Python {
    packages: PathBuf,
    /// Where the packages keep what they need again.
    cache: PathBuf,
}

impl Python {
    /// Installs the packages; returns `None` when that is not possible here.
    fn install(workspace: &Workspace) -> Result<Option<Self>> {
        let requirements = Path::new(FOLDER).join("requirements.txt");
        let wanted = fs::read_to_string(&requirements)?;
        let packages = workspace.target.join("tools").join("openapi");
        let cache = workspace.target.join("tmp").join("hypothesis");
        let installed = packages.join("requirements.txt");
        if fs::read_to_string(&installed).is_ok_and(|text| text == wanted) {
            return Ok(Some(Self { packages, cache }));
        }
        println!(
            "installing {} in {}",
            requirements.display(),
            packages.display()
        );
        // What an older list has installed must not be mixed with the new one.
        let _ = fs::remove_dir_all(&packages);
        let mut pip = clean("python3");
        pip.args(["-m", "pip", "install", "--quiet", "--target"])
            .arg(&packages)
            .arg("--requirement")
            .arg(&requirements);
        if !succeeds(&mut pip) {
            return Ok(None);
        }
        fs::write(installed, wanted)?;
        Ok(Some(Self { packages, cache }))
    }

    fn command(&self) -> Command {
        let mut command = clean("python3");
        command
            .env("PYTHONPATH", &self.packages)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("HYPOTHESIS_STORAGE_DIRECTORY", &self.cache)
            // The emulator is on this machine.
            .env("NO_PROXY", "*")
            .env("no_proxy", "*");
        command
    }

    fn module(&self, name: &str) -> Command {
        let mut command = self.command();
        command.args(["-m", name]);
        command
    }

    fn script(&self, name: &str) -> Command {
        let mut command = self.command();
        command.arg(Path::new(FOLDER).join(name));
        command
    }

    fn schemathesis(&self, emulator: &Emulator) -> Command {
        let mut command = self.module("schemathesis.cli");
        command
            .arg("--config-file")
            .arg(Path::new(FOLDER).join("schemathesis.toml"))
            .args([
                "--no-color",
                "run",
                DOCUMENT,
                "--url",
                &emulator.url,
                "--header",
            ])
            .arg(format!("X-Api-Key: {}", emulator.api_key));
        command
    }
}

/// How many requests to make up, at least, and from which seed.
#[derive(Debug, PartialEq, Eq)]
struct Request {
    cases: u64,
    seed: u64,
}

impl Request {
    fn parse(arguments: Vec<OsString>) -> Result<Self> {
        let mut request = Self {
            cases: 1000,
            seed: 0,
        };
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            let value = match argument {
                lexopt::Arg::Long("cases") => &mut request.cases,
                lexopt::Arg::Long("seed") => &mut request.seed,
                other => return Err(other.unexpected().into()),
            };
            let text = parser.value()?.to_string_lossy().replace('_', "");
            let number = text.parse::<u64>();
            *value = number.with_context(|| format!("{text} is not a number"))?;
        }
        ensure!(request.cases > 0, "at least one request: --cases 1");
        Ok(request)
    }
}

#[cfg(test)]
mod tests {
    use super::Request;

    #[test]
    fn number_of_cases_and_seed_can_be_given() {
        let parse = |arguments: &[&str]| {
            Request::parse(arguments.iter().copied().map(Into::into).collect())
        };
        let default = Request {
            cases: 1000,
            seed: 0,
        };
        assert_eq!(parse(&[]).unwrap(), default);
        let given = Request {
            cases: 5000,
            seed: 7,
        };
        assert_eq!(parse(&["--cases=5_000", "--seed", "7"]).unwrap(), given);
        for wrong in [&["--cases", "0"][..], &["--cases", "many"], &["5000"]] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
