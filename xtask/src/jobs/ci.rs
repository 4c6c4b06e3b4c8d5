use std::{
    ffi::OsString,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};

use super::find;
use crate::{
    job::{Job, Outcome},
    table::Table,
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "ci",
    about: "everything that must hold before a change lands [--skip JOB]…",
    run,
};

/// The jobs in order: what is quick and often fails comes first.
const STEPS: &[(&str, &[&str])] = &[
    ("fmt", &[]),
    ("tidy", &[]),
    ("typos", &[]),
    ("codegen", &["--check"]),
    ("docs", &["--check"]),
    ("deps", &[]),
    ("clippy", &[]),
    ("test", &[]),
    ("doc", &[]),
    ("guide", &[]),
    ("openapi", &[]),
    ("new-operation", &[]),
    ("assets", &[]),
    ("api", &[]),
    ("external", &[]),
    ("features", &[]),
    ("nostd", &[]),
    ("wasm", &[]),
    ("msrv", &[]),
    ("minimal", &[]),
    ("semver", &[]),
    ("deny", &[]),
];

struct Finished {
    name: &'static str,
    time: Duration,
    result: Result<Outcome>,
}

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let skipped = skipped(arguments)?;
    let mut finished = Vec::new();
    for &(name, arguments) in STEPS {
        if skipped.iter().any(|skipped| skipped == name) {
            continue;
        }
        println!("\n==== {name} ====");
        let job = find(name).expect("every step of ci is a job");
        let start = Instant::now();
        let result = (job.run)(workspace, arguments.iter().map(OsString::from).collect());
        if let Err(error) = &result {
            eprintln!("xtask {name}: {error:#}");
        }
        finished.push(Finished {
            name,
            time: start.elapsed(),
            result,
        });
    }
    report(&finished, &skipped)
}

/// Reads `--skip JOB`, which may come several times.
fn skipped(arguments: Vec<OsString>) -> Result<Vec<String>> {
    let mut skipped = Vec::new();
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("skip") => {
                let name = parser.value()?.to_string_lossy().into_owned();
                if !STEPS.iter().any(|(step, _)| *step == name) {
                    bail!("ci has no job {name} to skip");
                }
                skipped.push(name);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    Ok(skipped)
}

/// Prints the summary; fails when any job failed.
fn report(finished: &[Finished], skipped: &[String]) -> Result<Outcome> {
    let mut table = Table::new(["job", "result", "time", "note"]);
    for Finished { name, time, result } in finished {
        let (verdict, note) = match result {
            Ok(outcome) => ("ok", outcome.notes().join("; ")),
            Err(error) => ("FAILED", error.to_string()),
        };
        table.push([
            (*name).to_owned(),
            verdict.to_owned(),
            format!("{:.1} s", time.as_secs_f64()),
            note,
        ]);
    }
    for name in skipped {
        table.push([
            name.clone(),
            "left out".to_owned(),
            String::new(),
            "as --skip asked".to_owned(),
        ]);
    }
    println!("\n==== summary ====\n{table}");
    let total: Duration = finished.iter().map(|job| job.time).sum();
    println!("{:.1} min in all", total.as_secs_f64() / 60.0);
    let failed: Vec<&str> = finished
        .iter()
        .filter(|job| job.result.is_err())
        .map(|job| job.name)
        .collect();
    if failed.is_empty() {
        Ok(Outcome::done())
    } else {
        bail!("failed: {}", failed.join(", "))
    }
}
