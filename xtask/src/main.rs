//! The jobs of this repository: `cargo xtask JOB`. `cargo xtask help` lists them.
#![expect(
    clippy::print_stdout,
    reason = "the jobs report to whoever runs them, on standard output"
)]

mod bench;
mod codegen;
mod command;
mod docs;
mod emulator;
mod generated;
mod job;
mod jobs;
mod spec_diff;
mod table;
mod tested;
mod tool;
mod workspace;

use std::{ffi::OsString, process::ExitCode};

use crate::{job::Job, workspace::Workspace};

fn main() -> ExitCode {
    if let Some(end) = jobs::stand_in(std::env::args_os().skip(1)) {
        return end;
    }
    let mut arguments = std::env::args_os().skip(1);
    let name = arguments.next().unwrap_or_else(|| OsString::from("help"));
    let Some(job) = name.to_str().and_then(jobs::find) else {
        if name == "help" || name == "--help" || name == "-h" {
            print!("{}", jobs::help());
            return ExitCode::SUCCESS;
        }
        eprintln!("xtask: there is no job {}", name.display());
        eprint!("{}", jobs::help());
        return ExitCode::from(2);
    };
    run(job, arguments.collect())
}

fn run(job: &Job, arguments: Vec<OsString>) -> ExitCode {
    match Workspace::load().and_then(|workspace| (job.run)(&workspace, arguments)) {
        Ok(outcome) => {
            for note in outcome.notes() {
                println!("note: {note}");
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("xtask {}: {error:#}", job.name);
            ExitCode::FAILURE
        }
    }
}
