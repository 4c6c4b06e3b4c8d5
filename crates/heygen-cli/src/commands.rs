mod auth;
mod completions;
mod emulator;
mod journal;
mod man;
mod raw;
pub(crate) mod upload;

use crate::{
    api,
    args::{Cli, Command, OutputFormat},
    config::{self, AuthConfig, EmulatorConfig, JournalConfig, UploadConfig},
    console::Console,
    environment::Environment,
    exit::Exit,
    failure::Failure,
};

/// Carries out the command line and returns how it ended.
pub(crate) fn run(cli: Cli) -> Exit {
    let environment = Environment::of_process();
    let format = config::output(&cli.global, &environment);
    let console = Console::new(match &format {
        Ok(format) => *format,
        Err(_) => config::default_form(&environment),
    });
    let end = format.and_then(|format| carry_out(cli, &environment, format));
    let exit = end.unwrap_or_else(|failure| {
        console.failure(&failure);
        failure.exit
    });
    console.finish(exit)
}

fn carry_out(cli: Cli, environment: &Environment, format: OutputFormat) -> Result<Exit, Failure> {
    let Cli { global, command } = cli;
    match command {
        Command::Upload(args) => {
            let config = UploadConfig::new(args, &global, environment)?;
            upload::run(config, Console::new(format))
        }
        Command::Emulator(args) => {
            let config = EmulatorConfig::new(*args, &global, environment)?;
            emulator::run(config, Console::new(format))
        }
        Command::Api(args) => raw::run(args, &global, environment, format),
        Command::Resource(command) => api::run(command, &global, environment, format),
        Command::Journal { command } => {
            let config = JournalConfig::new(command, &global, environment)?;
            journal::run(config, Console::new(format))
        }
        Command::Auth { command } => {
            let config = AuthConfig::new(&command, &global, environment)?;
            auth::run(config, Console::new(format))
        }
        Command::Man { out } => man::run(&out, Console::new(format)),
        Command::Completions { shell } => Ok(completions::run(shell, Console::new(format))),
    }
}
