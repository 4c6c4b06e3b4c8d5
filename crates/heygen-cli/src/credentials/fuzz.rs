//! Any bytes as the credentials file.

use std::path::Path;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{API_KEY, CredentialsFile, OAUTH, USER};

/// A part of every credential in the corpus: no message may show it.
const SECRET: &str = "SECRET";

pub(crate) fn run(bytes: &[u8]) {
    let Some(mut file) = read(bytes) else { return };
    if let Some(session) = file.session() {
        let _ = session.token(Timestamp::UNIX_EPOCH);
    }
    let key = file.api_key().map(str::to_owned);
    let written = file.text();
    let again = read(written.as_deref().unwrap_or_default()).expect("what was written is read");
    assert_eq!(again.api_key(), key.as_deref());
    assert_eq!(again.session().is_some(), file.session().is_some());

    let others = others(written.as_deref());
    let has_session = member(written.as_deref(), OAUTH);
    assert_eq!(file.set("a-new-key", Map::new()), has_session);
    let again = rewritten(&file);
    assert_eq!(again.api_key(), Some("a-new-key"));
    assert!(again.session().is_none());
    assert_eq!(self::others(file.text().as_deref()), others);

    file.remove_key();
    let again = rewritten(&file);
    assert_eq!(again.api_key(), None);
    assert_eq!(self::others(file.text().as_deref()), others);
}

fn read(bytes: &[u8]) -> Option<CredentialsFile> {
    match CredentialsFile::parse(Path::new("credentials"), bytes, false) {
        Ok(file) => Some(file),
        Err(failure) => {
            let shown = format!("{failure:?}");
            assert!(!shown.contains(SECRET), "{shown}");
            None
        }
    }
}

fn rewritten(file: &CredentialsFile) -> CredentialsFile {
    let text = file.text();
    read(text.as_deref().unwrap_or_default()).expect("what was written is read")
}

/// Returns whether the file has a member, whatever it is.
fn member(text: Option<&[u8]>, name: &str) -> bool {
    let members = text.and_then(|text| serde_json::from_slice::<Map<String, Value>>(text).ok());
    members.is_some_and(|members| members.get(name).is_some_and(|it| !it.is_null()))
}

/// Returns the members that are not this program's to change.
fn others(text: Option<&[u8]>) -> Map<String, Value> {
    let members = text.and_then(|text| serde_json::from_slice::<Map<String, Value>>(text).ok());
    let mut members = members.unwrap_or_default();
    members.retain(|name, _| name != API_KEY && name != OAUTH && name != USER);
    members
}
