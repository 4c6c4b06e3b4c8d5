mod package;
mod random;
mod search;

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use self::search::Report;
use crate::{
    command::run as run_command,
    job::{Job, Outcome},
    table::Table,
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "fuzz",
    about: "searches for inputs that break a parser or the machine [--target T] [--seconds N] [--input FILE]",
    run,
};

/// Every target has a folder of its name in here.
const CORPUS: &str = "crates/heygen-testing/corpus";

struct Arguments {
    /// All when `None`.
    target: Option<String>,
    seconds: u64,
    /// One input to be played in place of a search.
    input: Option<PathBuf>,
}

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let arguments = Arguments::read(arguments)?;
    let targets = targets(&workspace.root.join(CORPUS), arguments.target.as_deref())?;
    if let Some(input) = &arguments.input {
        let [target] = &targets[..] else {
            bail!("say which target the input is for: --target T");
        };
        let program = package::build(workspace)?;
        run_command(&mut search::play(&program, target, input))?;
        return Ok(Outcome::done());
    }
    let (inside, outside): (Vec<_>, Vec<_>) = targets
        .into_iter()
        .partition(|target| random::TARGETS.contains(&target.as_str()));
    let mut reports = Vec::new();
    if !outside.is_empty() {
        let program = package::build(workspace)?;
        for target in outside {
            reports.push(search::run(workspace, &program, target, arguments.seconds)?);
        }
    }
    for target in inside {
        reports.push(random::run(target, arguments.seconds)?);
    }
    report(&reports)
}

impl Arguments {
    fn read(arguments: Vec<OsString>) -> Result<Self> {
        let mut read = Self {
            target: None,
            seconds: 60,
            input: None,
        };
        let mut parser = lexopt::Parser::from_args(arguments);
        while let Some(argument) = parser.next()? {
            match argument {
                lexopt::Arg::Long("target") => {
                    read.target = Some(parser.value()?.to_string_lossy().into_owned());
                }
                lexopt::Arg::Long("seconds") => {
                    let value = parser.value()?.to_string_lossy().into_owned();
                    let seconds = value.parse();
                    read.seconds =
                        seconds.with_context(|| format!("{value} is not a number of seconds"))?;
                }
                lexopt::Arg::Long("input") => read.input = Some(parser.value()?.into()),
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(read)
    }
}

/// Returns the names of all targets, or the one that was asked for.
fn targets(corpus: &Path, wanted: Option<&str>) -> Result<Vec<String>> {
    let entries =
        fs::read_dir(corpus).with_context(|| format!("{} is missing", corpus.display()))?;
    let mut names = entries
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<Vec<_>>>()?;
    names.sort();
    let Some(wanted) = wanted else {
        return Ok(names);
    };
    if !names.iter().any(|name| name == wanted) {
        bail!(
            "there is no target {wanted}; there are {}",
            names.join(", ")
        );
    }
    Ok(vec![wanted.to_owned()])
}

/// Prints what was done; fails when anything was found.
fn report(reports: &[Report]) -> Result<Outcome> {
    let mut table = Table::new([
        "target",
        "seconds",
        "executions",
        "coverage",
        "new inputs",
        "found",
    ]);
    for report in reports {
        let found = if report.found.is_empty() {
            "nothing"
        } else {
            "A FAULT"
        };
        table.push([
            report.target.clone(),
            report.seconds.to_string(),
            report.executions.to_string(),
            report.coverage.clone(),
            report.new_inputs.to_string(),
            found.to_owned(),
        ]);
    }
    println!("\n{table}");
    // A target that was renamed must not look like one in which there is nothing to be found.
    let idle: Vec<&str> = reports
        .iter()
        .filter(|report| report.executions == 0)
        .map(|report| report.target.as_str())
        .collect();
    let found: Vec<&str> = reports
        .iter()
        .flat_map(|report| &report.found)
        .map(String::as_str)
        .collect();
    if !found.is_empty() {
        bail!(
            "faults were found; to see them again:\n{}",
            found.join("\n")
        );
    }
    if reports.is_empty() {
        bail!("there is no target");
    }
    if !idle.is_empty() {
        bail!("nothing was tried of {}", idle.join(", "));
    }
    Ok(Outcome::done())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Arguments, Report, report, targets};

    #[test]
    fn a_search_that_tries_nothing_fails() {
        let search = |executions, found: &[&str]| Report {
            target: "form".to_owned(),
            seconds: 1,
            executions,
            coverage: String::new(),
            new_inputs: 0,
            found: found.iter().map(ToString::to_string).collect(),
        };
        assert!(report(&[search(7, &[])]).is_ok());
        assert!(report(&[search(7, &[]), search(0, &[])]).is_err());
        assert!(report(&[search(7, &["a command"])]).is_err());
        assert!(report(&[]).is_err());
    }

    #[test]
    fn arguments_are_read() {
        let read = |words: &[&str]| Arguments::read(words.iter().map(Into::into).collect());
        let arguments = read(&["--target", "form", "--seconds=5"]).unwrap();
        assert_eq!(
            (arguments.target.as_deref(), arguments.seconds),
            (Some("form"), 5)
        );
        assert_eq!(read(&[]).unwrap().seconds, 60);
        assert!(read(&["--seconds", "long"]).is_err() && read(&["form"]).is_err());
    }

    #[test]
    fn targets_are_the_folders_of_the_corpus() {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(super::CORPUS);
        let all = targets(&corpus, None).unwrap();
        assert!(all.contains(&"machine".to_owned()), "{all:?}");
        assert_eq!(targets(&corpus, Some("form")).unwrap(), ["form"]);
        assert!(targets(&corpus, Some("none")).is_err());
    }
}
