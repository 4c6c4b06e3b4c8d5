//! The file in which the official tool keeps its credential, and which `auth` shares with it.
//!
//! It is a JSON object with the members `api_key`, `oauth` and `user`, each of which may be
//! missing, or, as older versions wrote it, the key alone on one line. Members that are not known
//! here belong to others and are kept.

#[cfg(test)]
pub(crate) mod fuzz;
mod session;
mod write;

use std::{
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use serde_json::{Map, Value};

use crate::{escape, exit::Exit, failure::Failure, text};

pub(crate) use session::OAuthSession;

/// The file as it was read, and as it is to become.
pub(crate) struct CredentialsFile {
    path: PathBuf,
    content: Content,
    is_exposed: bool,
}

enum Content {
    /// There is no file, or nothing in it.
    Nothing,
    /// The key alone.
    Plain(String),
    Structured(Map<String, Value>),
}

impl CredentialsFile {
    /// Reads the file. One that does not exist is no failure; one that cannot be understood is,
    /// for what it holds would be lost with the next write.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let (text, is_exposed) = match read(path) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::NotFound => (Vec::new(), false),
            Err(error) => return Err(unreadable(path, &error)),
        };
        Self::parse(path, &text, is_exposed)
    }

    /// Reads the text of the file at a path.
    fn parse(path: &Path, text: &[u8], is_exposed: bool) -> Result<Self, Failure> {
        Ok(Self {
            content: parse(text).map_err(|problem| malformed(path, &problem))?,
            path: path.to_owned(),
            is_exposed,
        })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Tells whether others on this machine may read the file.
    pub(crate) const fn is_exposed(&self) -> bool {
        self.is_exposed
    }

    /// Returns the stored key.
    pub(crate) fn api_key(&self) -> Option<&str> {
        match &self.content {
            Content::Nothing => None,
            Content::Plain(key) => Some(key),
            Content::Structured(members) => {
                let key = members.get(API_KEY)?.as_str()?;
                Some(key).filter(|key| !key.is_empty())
            }
        }
    }

    /// Returns the session that the official tool stored.
    pub(crate) fn session(&self) -> Option<OAuthSession<'_>> {
        match &self.content {
            Content::Structured(members) => OAuthSession::new(members.get(OAUTH)?),
            _ => None,
        }
    }

    /// Returns what the official tool knows its user by: the address, else the name.
    pub(crate) fn user(&self) -> Option<&str> {
        let Content::Structured(members) = &self.content else {
            return None;
        };
        let user = members.get(USER)?;
        let text = |name| user.get(name)?.as_str().filter(|text| !text.is_empty());
        text("email").or_else(|| text("username"))
    }

    /// Replaces the credential by a key, and the user by its owner. Returns `true` if there was a
    /// session, which goes: the tools that share the file allow only one of the two.
    pub(crate) fn set(&mut self, api_key: &str, user: Map<String, Value>) -> bool {
        let mut members = self.take_members();
        // In whatever form: a newer tool may write one that is not known here.
        let session = members.remove(OAUTH);
        members.insert(API_KEY.to_owned(), api_key.into());
        if user.is_empty() {
            members.remove(USER);
        } else {
            members.insert(USER.to_owned(), user.into());
        }
        self.content = Content::Structured(members);
        session.is_some_and(|session| !session.is_null())
    }

    /// Takes the key out. What the file says of the user goes with the last credential.
    pub(crate) fn remove_key(&mut self) {
        let mut members = self.take_members();
        members.remove(API_KEY);
        if !members.contains_key(OAUTH) {
            members.remove(USER);
        }
        self.content = if members.is_empty() {
            Content::Nothing
        } else {
            Content::Structured(members)
        };
    }

    fn take_members(&mut self) -> Map<String, Value> {
        match std::mem::replace(&mut self.content, Content::Nothing) {
            Content::Structured(members) => members,
            Content::Nothing | Content::Plain(_) => Map::new(),
        }
    }
}

/// Reads the file, also through a link: managers of settings keep the real one elsewhere, and reading
/// changes nothing. It is never written through one.
fn read(path: &Path) -> io::Result<(Vec<u8>, bool)> {
    let file = fs::File::open(path)?;
    let is_exposed = is_exposed(&file.metadata()?);
    let mut text = Vec::new();
    file.take(LONGEST_FILE_BYTES).read_to_end(&mut text)?;
    Ok((text, is_exposed))
}

#[cfg(unix)]
fn is_exposed(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    metadata.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
const fn is_exposed(_metadata: &fs::Metadata) -> bool {
    false
}

fn parse(text: &[u8]) -> Result<Content, String> {
    let text = text::decode(text.to_vec()).map_err(str::to_owned)?;
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter == text::MARK);
    if text.is_empty() {
        return Ok(Content::Nothing);
    }
    if text.starts_with('{') {
        return serde_json::from_str(text)
            .map(Content::Structured)
            .map_err(|error| format!("is not valid JSON: {error}"));
    }
    if text.contains(['\n', '\r']) {
        return Err("is neither a JSON object nor a key on a line of its own".to_owned());
    }
    Ok(Content::Plain(text.to_owned()))
}

fn malformed(path: &Path, problem: &str) -> Failure {
    Failure::new(
        Exit::File,
        "malformed_credentials",
        format!(
            "the credentials file {} {problem}; nothing was changed",
            escape::name(path.as_os_str())
        ),
        "mend the file or move it away, then run `heygen-rs auth login`",
    )
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::new(
        Exit::File,
        "unreadable_api_key",
        format!(
            "the credentials file {} could not be read; nothing was sent",
            escape::name(path.as_os_str())
        ),
        "check the path and the permissions of the file",
    )
    .caused_by(Some(error))
}

const API_KEY: &str = "api_key";
const OAUTH: &str = "oauth";
const USER: &str = "user";

/// The real file is far shorter; what is longer is another file.
const LONGEST_FILE_BYTES: u64 = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_known_by_the_address_else_by_the_name() {
        let user = |text: &str| {
            let file = CredentialsFile {
                path: PathBuf::new(),
                content: parse(text.as_bytes()).unwrap(),
                is_exposed: false,
            };
            file.user().map(str::to_owned)
        };
        let both = r#"{"user": {"email": "s@x.example", "username": "sam"}}"#;
        assert_eq!(user(both).as_deref(), Some("s@x.example"));
        let name = r#"{"user": {"email": "", "username": "sam"}}"#;
        assert_eq!(user(name).as_deref(), Some("sam"));
        for none in [
            "",
            "key",
            "{}",
            r#"{"user": 1}"#,
            r#"{"user": {"email": null}}"#,
        ] {
            assert_eq!(user(none), None, "{none}");
        }
    }
}
