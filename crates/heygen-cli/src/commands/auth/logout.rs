use serde_json::json;

use crate::{
    args::OutputFormat,
    config::LogoutConfig,
    console::Console,
    credentials::CredentialsFile,
    escape,
    exit::Exit,
    failure::Failure,
    report::json::{line, path_text},
    terminal,
};

/// Removes the stored key, and says what is used from now on.
pub(super) fn run(config: &LogoutConfig, console: Console) -> Result<Exit, Failure> {
    let mut file = CredentialsFile::read(&config.file)?;
    file.check_place()?;
    let path = escape::name(file.path().as_os_str());
    let has_key = file.api_key().is_some();
    if has_key {
        if config.asks && !terminal::confirm(&format!("Remove the API key from {path}?"))? {
            console.note("nothing was changed");
            return Ok(Exit::Success);
        }
        file.remove_key();
        file.write()?;
    }
    let has_session = file.session().is_some();
    let still_in_force = match (config.variable_goes_first, has_session) {
        (true, _) => Some("env"),
        (false, true) => Some("oauth"),
        (false, false) => None,
    };
    let result = match console.format {
        OutputFormat::Human if has_key => format!("the API key is gone from {path}\n"),
        OutputFormat::Human => format!("there is no API key in {path}\n"),
        OutputFormat::Json => line(&json!({
            "file": path_text(file.path()),
            "removed": has_key,
            "still_in_force": still_in_force,
        })),
    };
    console.result(&result);
    if config.variable_goes_first {
        console.note(VARIABLE_STAYS);
    }
    if has_session {
        console
            .note("the session of the official tool is still there; `heygen auth logout` ends it");
    }
    Ok(Exit::Success)
}

const VARIABLE_STAYS: &str = "the variable HEYGEN_API_KEY is set and stays in force: unset it too";
