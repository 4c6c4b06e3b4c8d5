//! Running tests, and noticing when there were none: a test that was renamed must not look like one
//! that holds.

use std::{
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::command::shown;

/// What test programs report at their end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Summary {
    /// How many tests passed.
    pub(crate) passed: u64,
    /// How long they took.
    pub(crate) time: Duration,
}

/// Runs tests whose output the reader sees. That not one of them ran is an error.
pub(crate) fn run_tests(command: &mut Command) -> Result<Summary> {
    println!("$ {}", shown(command));
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot start {}", shown(command)))?;
    let output = child.stdout.take().context("its output is not piped")?;
    let mut report = String::new();
    for line in BufReader::new(output).split(b'\n') {
        let line = line.context("its output cannot be read")?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        report.push_str(&line);
        report.push('\n');
    }
    let status = child.wait().context("it cannot be waited for")?;
    if !status.success() {
        bail!("{} ended with {status}", shown(command));
    }
    let summary = summary(&report);
    ensure!(
        summary.passed > 0,
        "no test ran: {} names none that there is",
        shown(command)
    );
    Ok(summary)
}

/// Adds up the last lines of all test programs.
fn summary(report: &str) -> Summary {
    let mut passed = 0;
    let mut seconds = 0.0;
    for line in report
        .lines()
        .filter(|line| line.starts_with("test result:"))
    {
        let number = |after: &str| {
            let (_, rest) = line.split_once(after)?;
            rest.split([' ', 's', ';']).next()?.parse::<f64>().ok()
        };
        passed += number("ok. ").unwrap_or(0.0) as u64;
        seconds += number("finished in ").unwrap_or(0.0);
    }
    Summary {
        passed,
        time: Duration::from_secs_f64(seconds),
    }
}

#[cfg(test)]
mod tests {
    use std::{process::Command, time::Duration};

    use super::{Summary, run_tests, summary};

    #[test]
    fn the_reports_of_all_programs_are_added_up() {
        let report = "running 2 tests\ntest props::a ... ok\n\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out; finished in 1.25s\n\n\
            test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.75s\n";
        let all = Summary {
            passed: 3,
            time: Duration::from_secs(2),
        };
        assert_eq!(summary(report), all);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_runs_no_test_fails() {
        let prints = |words: &str| run_tests(Command::new("echo").arg(words));
        let none = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 9 filtered out; finished in 0.00s";
        let error = prints(none).unwrap_err();
        assert!(error.to_string().starts_with("no test ran"), "{error}");
        assert!(prints("").is_err());
        assert!(prints(&none.replace("0 passed", "1 passed")).is_ok());
        assert!(run_tests(&mut Command::new("false")).is_err());
    }
}
