use serde_json::Map;

use super::{account::Account, described::Described, warn_if_exposed};
use crate::{
    args::OutputFormat,
    config::{Server, StatusConfig},
    console::Console,
    credentials::CredentialsFile,
    escape,
    exit::Exit,
    failure::Failure,
    key::KeySource,
    report::json::line,
    resources::block_on,
};

/// Says which credential is used, whether it works, and whose it is.
pub(super) fn run(config: StatusConfig, console: Console) -> Result<Exit, Failure> {
    let StatusConfig {
        mut connection,
        is_offline,
    } = config;
    let described = match &connection.server {
        Server::Emulator => Described::of_emulator(),
        Server::Remote { key, base_url, .. } => {
            let found = key.read()?;
            warn_about_file(key, console);
            let described = Described::new(key, &found, base_url);
            // Standard input can be read only once.
            connection.server = connection.server.with_key(KeySource::Given(found));
            described
        }
    };
    let account = if is_offline {
        None
    } else {
        let fetched = block_on(Account::fetch(connection));
        Some(fetched.map_err(|failure| with_origin(failure, &described))?)
    };
    let text = match console.format {
        OutputFormat::Human => in_words(account.as_ref(), &described),
        OutputFormat::Json => in_json(account, &described),
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

fn in_words(account: Option<&Account>, described: &Described) -> String {
    let mut lines = vec![match account {
        Some(account) => format!("signed in as {}", account.name()),
        None => "not checked".to_owned(),
    }];
    lines.push(format!("  credential  {described}"));
    if let Some(end) = described.expires_at {
        lines.push(format!("  until       {end}"));
    }
    if let Some(balance) = account.and_then(Account::balance) {
        lines.push(format!("  balance     {balance}"));
    }
    if let Some(server) = &described.server {
        lines.push(format!("  server      {server}"));
    }
    let lines = lines.iter().map(|line| escape::message(line) + "\n");
    lines.collect()
}

/// Returns the API's answer, whole, with what is known of the credential beside it, as the
/// official tool has it.
fn in_json(account: Option<Account>, described: &Described) -> String {
    let mut answer = account.map_or_else(Map::new, Account::into_answer);
    let described = serde_json::to_value(described).expect("texts serialise");
    answer.insert("credential".to_owned(), described);
    line(&answer)
}
