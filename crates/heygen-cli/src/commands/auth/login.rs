use serde_json::json;

use super::{VARIABLE_GOES_FIRST, checked::Checked, warn_if_exposed};
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
    let file = CredentialsFile::read(&file)?;
    file.check_place()?;

    let (text, origin) = match source {
        Some(source) => (source.read_text()?, source.origin()),
        None => (ask_key()?, "the terminal".to_owned()),
    };
    let api_key = key::parse(&text, &origin)?;
    let given = KeySource::Given(Found::ApiKey(api_key));
    connection.server = connection.server.with_key(given);
    let checked = block_on(Checked::fetch(connection, true)).map_err(nothing_stored)?;

    // What others stored in the meantime stays.
    let mut file = CredentialsFile::read(file.path())?;
    let is_replaced = file.api_key().is_some_and(|stored| stored != text);
    warn_if_exposed(
        &file,
        "from now on you alone may, but replace the key that was in it",
        console,
    );
    let is_session_removed = file.set(&text, checked.user());
    file.write()?;

    let path = escape::name(file.path().as_os_str());
    if variable_goes_first {
        console.note(VARIABLE_GOES_FIRST);
    }
    if is_session_removed {
        console.note(
            "the session of the official tool was removed from the file, which holds a key or a \
             session: tools read both in different orders, and each is billed in its own way",
        );
    }
    if let Some(note) = checked.note() {
        console.note(&note);
    }
    let result = match console.format {
        OutputFormat::Human => {
            let mut lines = vec![format!("signed in {}", checked.name())];
            lines.extend(
                checked
                    .scopes()
                    .map(|scopes| format!("  scopes      {scopes}")),
            );
            lines.extend(checked.expires().map(|end| format!("  expires     {end}")));
            let lines = lines.iter().map(|line| escape::message(line) + "\n");
            format!(
                "{}  the key is stored in {path}\n",
                lines.collect::<String>()
            )
        }
        OutputFormat::Json => {
            let mut answer = checked.into_answer();
            let stored = json!({
                "file": path_text(file.path()),
                "replaced": is_replaced,
                "in_force": !variable_goes_first,
                "oauth_removed": is_session_removed,
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
