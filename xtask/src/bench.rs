mod budget;
mod contender;
mod direct;
mod discard;
mod files;
mod machine;
mod many;
mod measure;
mod memory;
mod round;
mod server;
mod startup;

use std::{ffi::OsString, fs, path::PathBuf};

use anyhow::{Context as _, Result};

use self::{contender::Peers, server::Server};
use crate::{
    command::{cargo, run as run_command},
    job::{Job, Outcome},
    workspace::Workspace,
};

pub(crate) use self::discard::JOB as DISCARD;

pub(crate) const JOB: Job = Job {
    name: "bench",
    about: "speed and memory beside other clients [--quick] [--rounds N]",
    run,
};

/// Everything that a benchmark needs.
struct Bench {
    scale: Scale,
    /// Our command line.
    binary: PathBuf,
    /// Where files of the benchmarks are.
    folder: PathBuf,
    peers: Peers,
    server: Server,
}

/// How much is done.
struct Scale {
    rounds: usize,
    video_bytes: u64,
    images: usize,
    sparse_bytes: u64,
    startups: usize,
}

const FULL: Scale = Scale {
    rounds: 7,
    video_bytes: 1 << 30,
    images: 500,
    sparse_bytes: 4 << 30,
    startups: 50,
};

/// Enough to see that everything runs, too little to measure anything.
const QUICK: Scale = Scale {
    rounds: 1,
    video_bytes: 64 << 20,
    images: 50,
    sparse_bytes: 256 << 20,
    startups: 5,
};

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    let (scale, is_quick) = scale(arguments)?;
    run_command(&mut cargo([
        "build",
        "--release",
        "--package",
        "heygen-rs",
        "--package",
        "xtask",
    ]))?;
    let release = workspace.target.join("release");
    let folder = workspace.target.join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let bench = Bench {
        scale,
        binary: release.join("heygen-rs"),
        peers: Peers::find(&folder)?,
        folder,
        // Optimised, unlike this process: what the server costs, everyone pays.
        server: Server::start(&release.join("xtask"))?,
    };
    print_surroundings();

    let mut budgets = direct::run(&bench)?;
    budgets.extend(many::run(&bench)?);
    budgets.extend(memory::run(&bench)?);
    budgets.extend(startup::run(&bench)?);
    budgets.extend(machine::run(workspace)?);

    println!("\nBudgets\n\n{}", budget::table(&budgets));
    let over = budgets.iter().filter(|budget| budget.is_over()).count();
    let mut outcome =
        Outcome::done().with_note(format!("{over} budgets of {} are over", budgets.len()));
    if is_quick {
        outcome = outcome.with_note("--quick: too small for the budgets to mean anything");
    }
    for missing in bench.peers.missing() {
        outcome = outcome.with_note(format!("SKIPPED {missing}: not installed"));
    }
    Ok(outcome)
}

/// Reads the options; tells whether they ask for the small scale.
fn scale(arguments: Vec<OsString>) -> Result<(Scale, bool)> {
    let mut rounds = None;
    let mut is_quick = false;
    let mut parser = lexopt::Parser::from_args(arguments);
    while let Some(argument) = parser.next()? {
        match argument {
            lexopt::Arg::Long("quick") => is_quick = true,
            lexopt::Arg::Long("rounds") => {
                let value = parser.value()?.to_string_lossy().into_owned();
                let number = value.parse().ok().filter(|number| *number > 0);
                rounds =
                    Some(number.with_context(|| format!("{value} is not a number of rounds"))?);
            }
            other => return Err(other.unexpected().into()),
        }
    }
    let scale = if is_quick { QUICK } else { FULL };
    let rounds = rounds.unwrap_or(scale.rounds);
    Ok((Scale { rounds, ..scale }, is_quick))
}

/// Says what a reader of the numbers has to know of the machine.
fn print_surroundings() {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    println!("\n{cores} cores, load {load} before the start (above 0.5 spoils the numbers)");
}
