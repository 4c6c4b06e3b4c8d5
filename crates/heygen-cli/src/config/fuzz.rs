//! Any words on the command line, and any values of the variables.

use clap::Parser;
use heygen_client::BaseUrl;
use heygen_testing::fuzz::Message;

use super::{Connection, Server, output};
use crate::{
    args::GlobalArgs,
    environment::{
        ALLOW_HTTP, API_BASE, API_KEY, CONFIG_DIR, EMULATOR_API_KEY, Environment, MAX_RETRIES,
        OUTPUT,
    },
    key::KeySource,
};

/// A part of every credential in the corpus: nothing may show it.
const SECRET: &str = "SECRET";

const VARIABLES: &[&str] = &[
    ALLOW_HTTP,
    API_BASE,
    API_KEY,
    CONFIG_DIR,
    EMULATOR_API_KEY,
    MAX_RETRIES,
    OUTPUT,
];

#[derive(Parser)]
#[command(disable_help_flag = true)]
struct Globals {
    #[command(flatten)]
    args: GlobalArgs,
}

/// The first line is the command line; the headers are variables.
pub(crate) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    let line = message.text();
    let words = std::iter::once("heygen-rs").chain(line.split_whitespace());
    // A word that is refused is shown: it was typed in plain sight.
    let Ok(Globals { args }) = Globals::try_parse_from(words) else {
        return;
    };
    let environment = environment(&message);
    if shows(&args, &environment) {
        return;
    }
    let _ = output(&args, &environment).map_err(|failure| hides(&failure));
    match Connection::new(&args, &environment) {
        Ok(connection) => {
            hides(&connection);
            check(&connection);
        }
        Err(failure) => hides(&failure),
    }
}

/// Tells whether what is no credential has the text that is looked for: it is shown as it is.
fn shows(args: &GlobalArgs, environment: &Environment) -> bool {
    let settings = [ALLOW_HTTP, CONFIG_DIR, MAX_RETRIES, OUTPUT];
    let mut settings = settings.iter().filter_map(|name| environment.raw(name));
    // So is an address, which is refused when it has a user name or a query.
    let variable = environment.text(API_BASE).ok().flatten();
    let address = args.api_base.as_deref().or(variable);
    let address = address.and_then(|text| text.parse::<BaseUrl>().ok());
    settings.any(|value| value.to_string_lossy().contains(SECRET))
        || address.is_some_and(|url| url.as_str().contains(SECRET))
}

fn environment(message: &Message<'_>) -> Environment {
    let mut environment = Environment::default();
    for (name, value) in &message.headers {
        let known = VARIABLES.iter().find(|known| known.as_bytes() == *name);
        if let (Some(known), Ok(value)) = (known, std::str::from_utf8(value)) {
            environment = environment.with(known, value);
        }
    }
    environment
}

/// Holds a connection to what it promises, whatever it was made of.
fn check(connection: &Connection) {
    assert!(connection.retry.max_attempts > 0);
    let Server::Remote {
        base_url,
        allow_http,
        key,
    } = &connection.server
    else {
        return;
    };
    assert!(!base_url.is_plain_http() || base_url.is_loopback() || *allow_http);
    if let KeySource::Variable(_) = key {
        match key.read() {
            Ok(found) => hides(&found),
            Err(failure) => hides(&failure),
        }
    }
}

fn hides(shown: &dyn std::fmt::Debug) {
    let shown = format!("{shown:?}");
    assert!(!shown.contains(SECRET), "{shown}");
}
