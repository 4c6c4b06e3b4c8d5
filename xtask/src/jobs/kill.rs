use std::ffi::OsString;

use anyhow::{Context as _, Result};

use crate::{
    command::cargo,
    job::{Job, Outcome},
    tested::run_tests,
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "kill",
    about: "the command line is killed at any moment, at length: --files N [--concurrency N] [--seed N]",
    run,
};

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let request = Request::parse(arguments)?;
    let mut command = cargo(["test", "--package", "heygen-rs", "--test", "it"]);
    command
        .args(["--", "--nocapture", "kill::"])
        .env("HEYGEN_KILL_FILES", request.files.to_string())
        .env("HEYGEN_KILL_CONCURRENCY", request.concurrency.to_string());
    if let Some(seed) = request.seed {
        command.env("HEYGEN_KILL_SEED", seed.to_string());
    }
    run_tests(&mut command).context("an upload did not survive its process, or none was tried")?;
    Ok(Outcome::done())
}

#[derive(Debug, PartialEq)]
struct Request {
    files: u64,
    /// How many files one command uploads at once.
    concurrency: u64,
    seed: Option<u64>,
}

impl Request {
    fn parse(arguments: Vec<OsString>) -> Result<Self> {
        let (mut files, mut concurrency, mut seed) = (None, None, None);
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            let value = match argument {
                lexopt::Arg::Long("files") => &mut files,
                lexopt::Arg::Long("concurrency") => &mut concurrency,
                lexopt::Arg::Long("seed") => &mut seed,
                other => return Err(other.unexpected().into()),
            };
            let text = parser.value()?.to_string_lossy().replace('_', "");
            let number = text.parse::<u64>();
            *value = Some(number.with_context(|| format!("{text} is not a number"))?);
        }
        let concurrency = concurrency.unwrap_or(1);
        anyhow::ensure!(
            concurrency > 0,
            "at least one file at once: --concurrency 1"
        );
        Ok(Self {
            files: files.context("say how many files: --files 200")?,
            concurrency,
            seed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Request;

    #[test]
    fn the_number_of_files_must_be_given() {
        let parse = |arguments: &[&str]| {
            Request::parse(arguments.iter().copied().map(Into::into).collect())
        };
        let alone = Request {
            files: 200,
            concurrency: 1,
            seed: None,
        };
        assert_eq!(parse(&["--files=200"]).unwrap(), alone);
        let all = Request {
            files: 1000,
            concurrency: 32,
            seed: Some(7),
        };
        let arguments = ["--seed", "7", "--files", "1_000", "--concurrency", "32"];
        assert_eq!(parse(&arguments).unwrap(), all);
        for wrong in [
            &[][..],
            &["--files", "many"],
            &["--files=1", "--concurrency=0"],
        ] {
            assert!(parse(wrong).is_err(), "{wrong:?}");
        }
    }
}
