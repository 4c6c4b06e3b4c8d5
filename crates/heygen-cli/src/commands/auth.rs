mod account;
mod checked;
mod described;
mod login;
mod logout;
mod status;

use crate::{
    config::AuthConfig, console::Console, credentials::CredentialsFile, exit::Exit,
    failure::Failure,
};

/// Carries out a command about the credential.
pub(super) fn run(config: AuthConfig, console: Console) -> Result<Exit, Failure> {
    match config {
        AuthConfig::Status(config) => status::run(config, console),
        AuthConfig::Login(config) => login::run(config, console),
        AuthConfig::Logout(config) => logout::run(&config, console),
    }
}

fn warn_if_exposed(file: &CredentialsFile, advice: &str, console: Console) {
    if file.is_exposed() {
        let text = format!("others on this machine may read it; {advice}");
        console.warning(Some(file.path()), "exposed_credentials", &text);
    }
}

const VARIABLE_GOES_FIRST: &str =
    "the variable HEYGEN_API_KEY is set and goes first: unset it to use the stored credential";

const ACCOUNT_IS_HIDDEN: &str = "this credential works, but may not read the account (scope \
     account:read), so its name and balance are not known";
