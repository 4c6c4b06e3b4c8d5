use serde_json::Map;

use super::{account::Account, checked::Checked, described::Described, warn_if_exposed};
use crate::{
    args::OutputFormat,
    config::{Server, StatusConfig},
    console::Console,
    credentials::CredentialsFile,
    escape,
    exit::Exit,
    failure::Failure,
    key::{Found, KeySource},
    report::json::line,
    resources::block_on,
};

/// Says which credential is used, whether it works, and whose it is.
pub(super) fn run(config: StatusConfig, console: Console) -> Result<Exit, Failure> {
    let StatusConfig {
        mut connection,
        is_offline,
    } = config;
    let mut is_key = true;
    let described = match &connection.server {
        Server::Emulator => Described::of_emulator(),
        Server::Remote { key, base_url, .. } => {
            let found = key.read()?;
            warn_about_file(key, console);
            let described = Described::new(key, &found, base_url);
            is_key = matches!(found, Found::ApiKey(_));
            // Standard input can be read only once.
            connection.server = connection.server.with_key(KeySource::Given(found));
            described
        }
    };
    let checked = if is_offline {
        None
    } else {
        let fetched = block_on(Checked::fetch(connection, is_key));
        Some(fetched.map_err(|failure| with_origin(failure, &described))?)
    };
    if let Some(note) = checked.as_ref().and_then(Checked::note) {
        console.note(&note);
    }
    let text = match console.format {
        OutputFormat::Human => in_words(checked.as_ref(), &described),
        OutputFormat::Json => in_json(checked, &described),
    };
    console.result(&text);
    Ok(Exit::Success)
}

fn warn_about_file(key: &KeySource, console: Console) {
    if let KeySource::Stored(Some(path)) = key
        && let Ok(file) = CredentialsFile::read(path)
    {
        warn_if_exposed(&file, "make it yours alone with `chmod 600`", console);
    }
}

/// Whoever has several keys has to know which one was refused.
fn with_origin(mut failure: Failure, described: &Described) -> Failure {
    if failure.exit == Exit::Authentication {
        failure.hint = format!("it was the {described}; {}", failure.hint);
    }
    failure
}

fn in_words(checked: Option<&Checked>, described: &Described) -> String {
    let mut lines = vec![match checked {
        Some(checked) => format!("signed in {}", checked.name()),
        None => "not checked".to_owned(),
    }];
    lines.push(format!("  credential  {described}"));
    if let Some(scopes) = checked.and_then(Checked::scopes) {
        lines.push(format!("  scopes      {scopes}"));
    }
    let end = described.expires_at.map(|end| end.to_string());
    if let Some(end) = end.or_else(|| Some(checked?.expires()?.to_owned())) {
        lines.push(format!("  expires     {end}"));
    }
    let account = checked.and_then(Checked::account);
    if let Some(balance) = account.and_then(Account::balance) {
        lines.push(format!("  balance     {balance}"));
    }
    if let Some(server) = &described.server {
        lines.push(format!("  server      {server}"));
    }
    let lines = lines.iter().map(|line| escape::message(line) + "\n");
    lines.collect()
}

/// Returns the API's answers with what is known of the credential.
fn in_json(checked: Option<Checked>, described: &Described) -> String {
    let mut answer = checked.map_or_else(Map::new, Checked::into_answer);
    let described = serde_json::to_value(described).expect("texts serialise");
    answer.insert("credential".to_owned(), described);
    line(&answer)
}
