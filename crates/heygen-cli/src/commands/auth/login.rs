use serde_json::json;

use super::{VARIABLE_GOES_FIRST, account::Account, warn_if_exposed};
use crate::{
    args::OutputFormat,
    config::LoginConfig,
    console::Console,
    credentials::CredentialsFile,
    escape,
    exit::Exit,
    failure::Failure,
    key::{self, Found, KeySource},
    report::json::{line, path_text},
    resources::block_on,
    terminal,
};

/// Checks a key and stores it. Nothing is written before the API has accepted it.
pub(super) fn run(config: LoginConfig, console: Console) -> Result<Exit, Failure> {
    let LoginConfig {
        mut connection,
        key: source,
        file,
        variable_goes_first,
    } = config;
    // What cannot be stored is not asked for.
    let mut file = CredentialsFile::read(&file)?;
    file.check_place()?;

    let (text, origin) = match source {
        Some(source) => (source.read_text()?, source.origin()),
        None => (ask_key()?, "the terminal".to_owned()),
    };
    let api_key = key::parse(&text, &origin)?;
    let given = KeySource::Given(Found::ApiKey(api_key));
    connection.server = connection.server.with_key(given);
    let account = block_on(Account::fetch(connection)).map_err(nothing_stored)?;

    let is_replaced = file.api_key().is_some_and(|stored| stored != text);
    let has_session = file.session().is_some();
    warn_if_exposed(
        &file,
        "from now on you alone may, but replace the key that was in it",
        console,
    );
    file.set(&text, account.user());
    file.write()?;

    let path = escape::name(file.path().as_os_str());
    if variable_goes_first {
        console.note(VARIABLE_GOES_FIRST);
    }
    if has_session {
        console.note("the session of the official tool is kept; the key goes first");
    }
    let result = match console.format {
        OutputFormat::Human => {
            let name = escape::message(&account.name());
            format!("signed in as {name}\n  the key is stored in {path}\n")
        }
        OutputFormat::Json => {
            let mut answer = account.into_answer();
            let stored = json!({
                "file": path_text(file.path()),
                "replaced": is_replaced,
                "in_force": !variable_goes_first,
            });
            answer.insert("stored".to_owned(), stored);
            line(&answer)
        }
    };
    console.result(&result);
    Ok(Exit::Success)
}

/// What is pasted often brings spaces along.
fn ask_key() -> Result<String, Failure> {
    let text = terminal::ask_secret("API key: ")?;
    Ok(text.trim().to_owned())
}

fn nothing_stored(mut failure: Failure) -> Failure {
    failure.message.push_str("; the key was not stored");
    failure
}
