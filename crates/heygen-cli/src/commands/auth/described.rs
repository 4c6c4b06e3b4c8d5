use std::fmt;

use heygen_client::BaseUrl;
use jiff::Timestamp;
use serde::Serialize;

use crate::{
    key::{Found, KeySource},
    report::json::path_text,
};

/// What can be said of a credential without showing it.
#[derive(Serialize)]
pub(super) struct Described {
    r#type: Kind,
    source: &'static str,
    /// The file it came from, for people too.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(skip)]
    origin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expires_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) server: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    ApiKey,
    Oauth,
}

impl Described {
    pub(super) fn new(key: &KeySource, found: &Found, server: &BaseUrl) -> Self {
        let (source, file) = match key {
            KeySource::Variable(_) => ("env", None),
            KeySource::Stored(path) => ("file", path.as_ref()),
            KeySource::File(path) => ("api_key_file", Some(path)),
            KeySource::Stdin | KeySource::Given(_) => ("stdin", None),
        };
        let session = match found {
            Found::ApiKey(_) => None,
            Found::Session(session) => Some(session),
        };
        Self {
            r#type: session.map_or(Kind::ApiKey, |_| Kind::Oauth),
            source,
            file: file.map(|path| path_text(path).into_owned()),
            origin: key.origin(),
            expires_at: session.and_then(|session| session.expires_at),
            scope: session.and_then(|session| session.scope.clone()),
            server: Some(server.to_string()),
        }
    }

    pub(super) fn of_emulator() -> Self {
        Self {
            r#type: Kind::ApiKey,
            source: "emulator",
            file: None,
            origin: "the emulator inside this command".to_owned(),
            expires_at: None,
            scope: None,
            server: None,
        }
    }
}

impl fmt::Display for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.r#type {
            Kind::ApiKey => "API key",
            Kind::Oauth => "session of the official tool",
        };
        write!(f, "{kind} from {}", self.origin)
    }
}
