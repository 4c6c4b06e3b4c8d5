use std::ffi::OsString;

use anyhow::{Context as _, Result, bail};

use crate::{
    command::{cargo, run as run_command},
    job::{Job, Outcome},
    tested::run_tests,
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "props",
    about: "the property tests and the simulation at scale, optimised: --cases N [--from SEED], or the story of one schedule: --seed N",
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

/// The simulation, whose cases are schedules.
const SIMULATION: &str = "props::simulation::nothing_is_lost_and_nothing_is_doubled";
const STORY: &str = "props::simulation::a_story_is_told";

/// What is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Request {
    Cases { cases: u64, from: u64 },
    Story { seed: u64 },
}

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let (cases, from) = match request(arguments)? {
        Request::Cases { cases, from } => (cases, from),
        Request::Story { seed } => return tell(seed),
    };
    let mut build: Vec<&str> = TESTS.to_vec();
    build.push("--no-run");
    run_command(&mut cargo(build))?;

    let mut simulation = cargo(TESTS.iter().copied());
    simulation
        .args(["--", "--exact", SIMULATION, "--nocapture"])
        .env("PROPTEST_CASES", cases.to_string())
        .env("HEYGEN_SIM_FROM", from.to_string());
    run_tests(&mut simulation).context("a schedule broke a promise, or none was tried")?;

    let mut command = cargo(TESTS.iter().copied());
    command
        .args(["props", "--", "--skip", "props::simulation"])
        .env("PROPTEST_CASES", cases.to_string());
    let properties = run_tests(&mut command).context("a property does not hold")?;

    let all = cases * properties.passed;
    let seconds = properties.time.as_secs_f64();
    println!(
        "{} properties × {cases} cases = {all} in {seconds:.1} s: {:.0} cases per second",
        properties.passed,
        all as f64 / seconds.max(0.001),
    );
    Ok(Outcome::done())
}

/// Tells what happens in one schedule of the simulation.
fn tell(seed: u64) -> Result<Outcome> {
    let mut story = cargo(TESTS.iter().copied());
    story
        .args(["--", "--exact", STORY, "--nocapture"])
        .env("HEYGEN_SIM_SEED", seed.to_string());
    run_tests(&mut story).context("the schedule breaks a promise")?;
    Ok(Outcome::done())
}

fn request(arguments: Vec<OsString>) -> Result<Request> {
    let (mut cases, mut from, mut seed) = (None, None, None);
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        let place = match argument {
            lexopt::Arg::Long("cases") => &mut cases,
            lexopt::Arg::Long("from") => &mut from,
            lexopt::Arg::Long("seed") => &mut seed,
            other => return Err(other.unexpected().into()),
        };
        let value = parser.value()?;
        let text = value.to_string_lossy().replace('_', "");
        let number = text.parse::<u64>();
        *place = Some(number.with_context(|| format!("{text} is not a number"))?);
    }
    match (cases, seed) {
        (None, Some(seed)) if from.is_none() => Ok(Request::Story { seed }),
        (Some(cases), None) if cases > 0 => Ok(Request::Cases {
            cases,
            from: from.unwrap_or_default(),
        }),
        (_, Some(_)) => bail!("--seed tells the story of one schedule and stands alone"),
        _ => bail!("say how many cases each property gets: --cases 100000"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, request};

    #[test]
    fn the_number_of_cases_must_be_given() {
        let asked = |arguments: &[&str]| request(arguments.iter().map(Into::into).collect());
        let cases = Request::Cases {
            cases: 1000,
            from: 7,
        };
        assert_eq!(asked(&["--cases=1_000", "--from", "7"]).unwrap(), cases);
        assert_eq!(asked(&["--seed=3"]).unwrap(), Request::Story { seed: 3 });
        for wrong in [
            &[][..],
            &["--cases", "0"],
            &["--cases", "many"],
            &["--seed", "1", "--cases", "2"],
            &["--seed", "1", "--from", "2"],
        ] {
            assert!(asked(wrong).is_err(), "{wrong:?}");
        }
    }
}
