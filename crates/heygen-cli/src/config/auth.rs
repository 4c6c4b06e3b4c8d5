use std::path::PathBuf;

use super::{Connection, Server};
use crate::{
    args::{AuthCommand, GlobalArgs},
    environment::{API_KEY, Environment},
    exit::Exit,
    failure::Failure,
    key::{KeySource, credentials_path},
};

/// What `heygen-rs auth` is to do.
#[derive(Debug)]
pub(crate) enum AuthConfig {
    Status(StatusConfig),
    Login(LoginConfig),
    Logout(LogoutConfig),
}

#[derive(Debug)]
pub(crate) struct StatusConfig {
    pub(crate) connection: Connection,
    pub(crate) is_offline: bool,
}

#[derive(Debug)]
pub(crate) struct LoginConfig {
    pub(crate) connection: Connection,
    /// Where the new key comes from; `None` asks for it.
    pub(crate) key: Option<KeySource>,
    pub(crate) file: PathBuf,
    pub(crate) variable_goes_first: bool,
}

#[derive(Debug)]
pub(crate) struct LogoutConfig {
    pub(crate) asks: bool,
    pub(crate) file: PathBuf,
    pub(crate) variable_goes_first: bool,
}

impl AuthConfig {
    pub(crate) fn new(
        command: &AuthCommand,
        global: &GlobalArgs,
        environment: &Environment,
    ) -> Result<Self, Failure> {
        let variable_goes_first = environment.raw(API_KEY).is_some();
        match command {
            AuthCommand::Status(args) => Ok(Self::Status(StatusConfig {
                connection: Connection::new(global, environment)?,
                is_offline: args.offline,
            })),
            AuthCommand::Login => {
                refuse_emulator(global, "login")?;
                Ok(Self::Login(LoginConfig {
                    connection: Connection::new(global, environment)?,
                    key: login_source(global, environment),
                    file: file(environment)?,
                    variable_goes_first,
                }))
            }
            AuthCommand::Logout(args) => {
                refuse_emulator(global, "logout")?;
                if !args.yes && !environment.can_ask() {
                    return Err(Failure::usage(
                        "nobody can be asked whether to remove the key; nothing was changed",
                        "add --yes",
                    ));
                }
                Ok(Self::Logout(LogoutConfig {
                    asks: !args.yes,
                    file: file(environment)?,
                    variable_goes_first,
                }))
            }
        }
    }
}

impl Server {
    /// Returns the same server, called with another key.
    pub(crate) fn with_key(self, key: KeySource) -> Self {
        match self {
            Self::Emulator => Self::Emulator,
            Self::Remote {
                base_url,
                allow_http,
                ..
            } => Self::Remote {
                base_url,
                allow_http,
                key,
            },
        }
    }
}

/// The variable is no source here: what is in it already works without being stored.
fn login_source(global: &GlobalArgs, environment: &Environment) -> Option<KeySource> {
    if let Some(file) = &global.api_key_file {
        return Some(KeySource::new(Some(file), environment));
    }
    (!environment.can_ask()).then_some(KeySource::Stdin)
}

fn refuse_emulator(global: &GlobalArgs, command: &str) -> Result<(), Failure> {
    if global.emulator {
        return Err(Failure::usage(
            format!("--emulator has no meaning with the command auth {command}"),
            "leave out --emulator, which needs no key",
        ));
    }
    Ok(())
}

fn file(environment: &Environment) -> Result<PathBuf, Failure> {
    credentials_path(environment).ok_or_else(|| {
        Failure::new(
            Exit::File,
            "no_home",
            "there is no home folder to keep the credentials file in; nothing was changed",
            "name a folder in HEYGEN_CONFIG_DIR",
        )
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser as _;

    use super::*;
    use crate::args::{Cli, Command};

    fn decide(words: &[&str], environment: &Environment) -> Result<AuthConfig, Failure> {
        let cli = Cli::try_parse_from([&["heygen-rs", "auth"], words].concat()).unwrap();
        let Command::Auth { command } = cli.command else {
            panic!("{words:?} is no command of auth");
        };
        AuthConfig::new(&command, &cli.global, environment)
    }

    fn at_home() -> Environment {
        let mut environment = Environment::default();
        environment.home = Some("/home/me".into());
        environment
    }

    fn on_terminal() -> Environment {
        let mut environment = at_home();
        environment.stdin_is_terminal = true;
        environment.stderr_is_terminal = true;
        environment
    }

    #[test]
    fn people_are_asked_and_pipes_are_read() {
        let source = |words: &[&str], environment: &Environment| {
            let AuthConfig::Login(config) = decide(words, environment).unwrap() else {
                panic!("{words:?} is no login");
            };
            config.key.map(|key| format!("{key:?}"))
        };
        assert_eq!(source(&["login"], &on_terminal()), None);
        assert_eq!(source(&["login"], &at_home()).as_deref(), Some("Stdin"));
        let named = ["login", "--api-key-file", "k.txt"];
        let file = Some("File(\"k.txt\")");
        assert_eq!(source(&named, &on_terminal()).as_deref(), file);
        // A question that nobody sees is none.
        let mut unseen = on_terminal();
        unseen.stderr_is_terminal = false;
        assert_eq!(source(&["login"], &unseen).as_deref(), Some("Stdin"));
    }

    #[test]
    fn only_who_is_there_is_asked() {
        let asks = |words: &[&str], environment: &Environment| match decide(words, environment) {
            Ok(AuthConfig::Logout(config)) => Some(config.asks),
            _ => None,
        };
        assert_eq!(asks(&["logout"], &on_terminal()), Some(true));
        assert_eq!(asks(&["logout", "--yes"], &on_terminal()), Some(false));
        assert_eq!(asks(&["logout", "--yes"], &at_home()), Some(false));
        assert_eq!(asks(&["logout"], &at_home()), None);
    }

    #[test]
    fn without_a_home_there_is_no_place() {
        for words in [&["login"][..], &["logout", "--yes"]] {
            let failure = decide(words, &Environment::default()).unwrap_err();
            assert_eq!(failure.exit, Exit::File);
            assert!(failure.hint.contains("HEYGEN_CONFIG_DIR"), "{failure:?}");
        }
    }
}
