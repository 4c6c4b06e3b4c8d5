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
    about: "the command line is killed at any moment, at length: --files N [--seed N]",
    run,
};

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let (files, seed) = request(arguments)?;
    let mut command = cargo(["test", "--package", "heygen-rs", "--test", "it"]);
    command
        .args(["--", "--nocapture", "kill::"])
        .env("HEYGEN_KILL_FILES", files.to_string());
    if let Some(seed) = seed {
        command.env("HEYGEN_KILL_SEED", seed.to_string());
    }
    run_tests(&mut command).context("an upload did not survive its process, or none was tried")?;
    Ok(Outcome::done())
}

fn request(arguments: Vec<OsString>) -> Result<(u64, Option<u64>)> {
    let (mut files, mut seed) = (None, None);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        let value = match argument {
            lexopt::Arg::Long("files") => &mut files,
            lexopt::Arg::Long("seed") => &mut seed,
            other => return Err(other.unexpected().into()),
        };
        let text = parser.value()?.to_string_lossy().replace('_', "");
        let number = text.parse::<u64>();
        *value = Some(number.with_context(|| format!("{text} is not a number"))?);
    }
    Ok((files.context("say how many files: --files 200")?, seed))
}

#[cfg(test)]
mod tests {
    use super::request;

    #[test]
    fn the_number_of_files_must_be_given() {
        assert_eq!(request(vec!["--files=200".into()]).unwrap(), (200, None));
        let both = ["--seed", "7", "--files", "1_000"].map(Into::into);
        assert_eq!(request(both.to_vec()).unwrap(), (1000, Some(7)));
        assert!(request(vec![]).is_err());
        assert!(request(vec!["--files".into(), "many".into()]).is_err());
    }
}
