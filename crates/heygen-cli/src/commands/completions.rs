use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::{args::Cli, console::Console, exit::Exit};

/// Prints the completions of a shell.
pub(super) fn run(shell: Shell, console: &Console) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "heygen-rs", &mut script);
    console.result(&script);
    console.exit(Exit::Success)
}
