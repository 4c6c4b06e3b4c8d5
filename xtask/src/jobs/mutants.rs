use std::{ffi::OsString, fs, path::Path};

use anyhow::{Context as _, Result, bail};

use crate::{
    job::{Job, Outcome},
    tool::Tool,
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "mutants",
    about: "changes to the upload machine that no test notices [--again: those of last time only]",
    run,
};

const MUTANTS: Tool = Tool {
    program: "cargo-mutants",
    version: "27.1.0",
    package: "cargo-mutants",
    wheel: None,
};

const PACKAGE: &str = "heygen-upload-core";

/// Where the changes stand that make no difference, each with its reason.
const EXPLAINED: &str = "docs/testing.md";

/// How the tool ends when it has tried everything: all noticed, some not, some by their time.
const COMPLETE: [i32; 3] = [0, 2, 3];

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let again = reads_again(arguments)?;
    let place = workspace.target.join("mutants");
    fs::create_dir_all(&place).with_context(|| format!("cannot make {}", place.display()))?;
    let mut command = MUTANTS.command(workspace)?;
    command
        .args([
            "mutants",
            "--package",
            PACKAGE,
            "--no-shuffle",
            "--minimum-test-timeout=60",
        ])
        .arg("--output")
        .arg(&place)
        .current_dir(&workspace.root)
        .env("CARGO_PROFILE_TEST_DEBUG", "0");
    if again {
        command.arg("--iterate");
    }
    // The examples in the documentation are slow to build, and test nothing that these do not.
    command.args(["--", "--lib", "--test", "it"]);
    let status = command.status().context("cargo-mutants does not start")?;
    if !status.code().is_some_and(|code| COMPLETE.contains(&code)) {
        bail!("cargo-mutants ended with {status}");
    }

    let results = place.join("mutants.out");
    let missed = lines(&results.join("missed.txt"))?;
    let note = if again {
        format!("{} of those of last time are still missed", missed.len())
    } else {
        let caught = lines(&results.join("caught.txt"))?.len();
        let timeout = lines(&results.join("timeout.txt"))?.len();
        score(caught, timeout, missed.len())
    };
    let explained = fs::read_to_string(workspace.root.join(EXPLAINED))
        .with_context(|| format!("cannot read {EXPLAINED}"))?;
    let unexplained = unexplained(&missed, &explained);
    if unexplained.is_empty() {
        return Ok(Outcome::done().with_note(note));
    }
    bail!(
        "{note}; test these, or say in {EXPLAINED} why they make no difference:\n{}",
        unexplained.join("\n")
    )
}

fn reads_again(arguments: Vec<OsString>) -> Result<bool> {
    let mut again = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("again") => again = true,
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(again)
}

fn lines(file: &Path) -> Result<Vec<String>> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// A change after which the tests never end was noticed, too.
fn score(caught: usize, timeout: usize, missed: usize) -> String {
    let noticed = caught + timeout;
    let all = noticed + missed;
    let percent = 100.0 * noticed as f64 / all.max(1) as f64;
    format!(
        "{noticed} of {all} changes noticed ({percent:.1} %), {timeout} of them by the time limit"
    )
}

/// Returns the missed changes that the page does not name: file, change and function, without the
/// line, which is another one tomorrow.
fn unexplained<'m>(missed: &'m [String], page: &str) -> Vec<&'m str> {
    let is_explained = |line: &str| {
        let mut parts = line.splitn(4, ':');
        let file = parts.next().and_then(|file| file.rsplit_once("/src/"));
        let change = parts.nth(2).map(str::trim);
        let named = file
            .zip(change)
            .map(|((_, file), change)| format!("`{file}`: `{change}`"));
        named.is_some_and(|named| page.contains(&named))
    };
    let lines = missed.iter().map(String::as_str);
    lines.filter(|line| !is_explained(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::{score, unexplained};

    #[test]
    fn a_change_is_explained_wherever_it_stands_in_its_file() {
        let missed = [
            "crates/heygen-upload-core/src/upload/react.rs:5:9: replace > with >= in Upload::wait",
            "crates/heygen-upload-core/src/call.rs:7:9: replace > with >= in Upload::wait",
        ];
        let missed = missed.map(str::to_owned);
        let page = "- `upload/react.rs`: `replace > with >= in Upload::wait`: no difference.";
        assert_eq!(unexplained(&missed, page), [&missed[1]]);
    }

    #[test]
    fn the_score_counts_what_the_tests_noticed() {
        assert_eq!(
            score(90, 5, 5),
            "95 of 100 changes noticed (95.0 %), 5 of them by the time limit"
        );
    }
}
