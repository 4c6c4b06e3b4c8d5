use std::{ffi::OsString, time::Duration};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    command::{cargo, output, run as run_command},
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "props",
    about: "the property tests at scale, optimised: --cases N",
    run,
};

/// The tests below `props` in the integration tests of these packages.
const TESTS: &[&str] = &[
    "test",
    "--release",
    "--package",
    "heygen-testing",
    "--package",
    "heygen-upload-core",
    "--test",
    "it",
];

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let cases = cases(arguments)?;
    let mut build: Vec<&str> = TESTS.to_vec();
    build.push("--no-run");
    run_command(&mut cargo(build))?;

    let mut command = cargo(TESTS.iter().copied());
    command
        .arg("props")
        .env("PROPTEST_CASES", cases.to_string());
    let report = output(&mut command);
    let report = report.context("a property does not hold, or its tests do not run")?;
    print!("{report}");

    let (properties, time) = summary(&report);
    ensure!(properties > 0, "there are no tests named props");
    let all = cases * properties;
    let speed = all as f64 / time.as_secs_f64().max(0.001);
    println!(
        "{properties} properties × {cases} cases = {all} in {:.1} s: {speed:.0} cases per second",
        time.as_secs_f64()
    );
    Ok(Outcome::done())
}

fn cases(arguments: Vec<OsString>) -> Result<u64> {
    let mut cases = None;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("cases") => {
                let value = parser.value()?;
                let text = value.to_string_lossy().replace('_', "");
                let number = text.parse::<u64>();
                cases = Some(number.with_context(|| format!("{text} is not a number of cases"))?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    match cases {
        Some(0) | None => bail!("say how many cases each property gets: --cases 100000"),
        Some(cases) => Ok(cases),
    }
}

/// Reads from the report of the test binaries how many properties held and how long they took.
fn summary(report: &str) -> (u64, Duration) {
    let mut properties = 0;
    let mut seconds = 0.0;
    for line in report
        .lines()
        .filter(|line| line.starts_with("test result:"))
    {
        let number = |after: &str| {
            let (_, rest) = line.split_once(after)?;
            rest.split([' ', 's', ';']).next()?.parse::<f64>().ok()
        };
        properties += number("ok. ").unwrap_or(0.0) as u64;
        seconds += number("finished in ").unwrap_or(0.0);
    }
    (properties, Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{cases, summary};

    #[test]
    fn the_reports_of_all_binaries_are_added_up() {
        let report = "running 2 tests\ntest props::a ... ok\n\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out; finished in 1.25s\n\n\
            test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.75s\n";
        assert_eq!(summary(report), (3, Duration::from_secs(2)));
    }

    #[test]
    fn the_number_of_cases_must_be_given() {
        assert_eq!(cases(vec!["--cases=1_000".into()]).unwrap(), 1000);
        assert!(cases(vec![]).is_err());
        assert!(cases(vec!["--cases".into(), "many".into()]).is_err());
    }
}
