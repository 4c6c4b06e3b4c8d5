//! What a command is to do, from its arguments and the environment.

mod auth;
mod connection;
mod emulator;
#[cfg(test)]
pub(crate) mod fuzz;
mod journal;
mod upload;

pub(crate) use auth::{AuthConfig, LoginConfig, LogoutConfig, StatusConfig};
pub(crate) use connection::{Connection, Server};
pub(crate) use emulator::EmulatorConfig;
pub(crate) use journal::{JournalConfig, JournalFile, JournalTask, JournalUse, ResumeConfig};
pub(crate) use upload::{Batch, FileSettings, ProgressForm, UploadConfig, progress};

use crate::{
    args::{GlobalArgs, OutputFormat},
    environment::{Environment, OUTPUT},
    failure::Failure,
};

/// Returns the form of results and errors: by flag, else by variable, else by where they go.
pub(crate) fn output(
    args: &GlobalArgs,
    environment: &Environment,
) -> Result<OutputFormat, Failure> {
    form(args.json, args.output, environment)
}

/// Returns the form of results and errors from what the two flags for it say.
pub(crate) fn form(
    json: bool,
    output: Option<OutputFormat>,
    environment: &Environment,
) -> Result<OutputFormat, Failure> {
    match (json, output) {
        (true, Some(OutputFormat::Human)) => {
            return Err(Failure::usage(
                "--json and --output human contradict each other",
                "leave one of them out",
            ));
        }
        (true, _) => return Ok(OutputFormat::Json),
        (false, Some(output)) => return Ok(output),
        (false, None) => {}
    }
    match environment.text(OUTPUT)? {
        Some("json") => Ok(OutputFormat::Json),
        Some("human") => Ok(OutputFormat::Human),
        Some(_) => Err(Failure::usage(
            format!("the variable {OUTPUT} is neither human nor json"),
            format!("set {OUTPUT} to human or json, or unset it"),
        )),
        None => Ok(default_form(environment)),
    }
}

/// Returns the form where nothing was said of it, or nothing that can be followed.
pub(crate) const fn default_form(environment: &Environment) -> OutputFormat {
    if environment.stdout_is_terminal {
        OutputFormat::Human
    } else {
        OutputFormat::Json
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::args::Cli;

    fn decide(flags: &[&str], environment: &Environment) -> Result<OutputFormat, Failure> {
        let words = [&["heygen-rs"], flags, &["upload", "a"]].concat();
        output(&Cli::try_parse_from(words).unwrap().global, environment)
    }

    #[test]
    fn flags_go_before_the_variable_and_the_variable_before_the_terminal() {
        use OutputFormat::{Human, Json};
        let pipe = Environment::default;
        let terminal = || {
            let mut environment = Environment::default();
            environment.stdout_is_terminal = true;
            environment
        };
        assert_eq!(decide(&[], &pipe()).unwrap(), Json);
        assert_eq!(decide(&[], &terminal()).unwrap(), Human);
        assert_eq!(decide(&["--json"], &terminal()).unwrap(), Json);
        assert_eq!(decide(&[], &terminal().with(OUTPUT, "json")).unwrap(), Json);
        assert_eq!(decide(&[], &pipe().with(OUTPUT, "human")).unwrap(), Human);
        let human = ["--output", "human"];
        assert_eq!(decide(&human, &pipe().with(OUTPUT, "json")).unwrap(), Human);
        assert!(decide(&["--json", "--output", "human"], &pipe()).is_err());
        assert!(decide(&[], &pipe().with(OUTPUT, "xml")).is_err());
    }
}
