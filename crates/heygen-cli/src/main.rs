//! `heygen-rs`: media into HeyGen from a shell.
//!
//! Arguments ([`args`]) become a configuration ([`config`]), and a command ([`commands`]) carries
//! it out over `heygen-client`. Results go to standard output, everything else to standard error
//! ([`console`]), written by threads of their own ([`output`]); how it ended is one number
//! ([`exit`]).

mod api;
mod args;
mod commands;
mod config;
mod console;
mod credentials;
mod environment;
mod escape;
mod exit;
mod failure;
mod files;
#[cfg(test)]
mod fuzz;
mod journal;
mod key;
mod output;
mod progress;
mod refusal;
mod report;
mod resources;
mod session;
mod signals;
mod terminal;
mod text;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    match args::Cli::try_parse() {
        Ok(cli) => commands::run(cli).into(),
        Err(error) => refusal::report(error).into(),
    }
}
