//! Where the API key comes from. It is never shown, whatever is wrong with it.

use std::{
    ffi::OsString,
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use heygen_client::ApiKey;

use crate::{
    environment::{API_KEY, CONFIG_DIR, Environment},
    escape,
    exit::Exit,
    failure::Failure,
};

/// Where to look for the key.
#[derive(Clone)]
pub(crate) enum KeySource {
    /// Standard input.
    Stdin,
    /// A file that was named for this.
    File(PathBuf),
    /// The value of the variable.
    Variable(OsString),
    /// The file in which the official tool keeps it, where there is one.
    Stored(Option<PathBuf>),
}

impl KeySource {
    pub(crate) fn new(file: Option<&Path>, environment: &Environment) -> Self {
        match (file, environment.raw(API_KEY)) {
            (Some(file), _) if file == Path::new("-") => Self::Stdin,
            (Some(file), _) => Self::File(file.to_owned()),
            (None, Some(value)) => Self::Variable(value.to_owned()),
            (None, None) => {
                let folder = environment.raw(CONFIG_DIR).map(PathBuf::from);
                let folder = folder.or_else(|| Some(environment.home.as_ref()?.join(".heygen")));
                Self::Stored(folder.map(|folder| folder.join("credentials")))
            }
        }
    }

    /// Reads the key.
    pub(crate) fn read(&self) -> Result<ApiKey, Failure> {
        match self {
            Self::Stdin => {
                let mut text = Vec::new();
                io::stdin()
                    .take(LONGEST_FILE_BYTES)
                    .read_to_end(&mut text)
                    .map_err(|error| unreadable("standard input", &error))?;
                parse(without_line_end(&text), "standard input")
            }
            Self::File(path) => {
                let origin = escape::name(path.as_os_str());
                let text = read(path).map_err(|error| unreadable(&origin, &error))?;
                parse(without_line_end(&text), &origin)
            }
            Self::Variable(value) => parse(value.as_encoded_bytes(), API_KEY),
            Self::Stored(None) => Err(no_key()),
            Self::Stored(Some(path)) => {
                let origin = escape::name(path.as_os_str());
                match read(path) {
                    Ok(text) => parse(without_line_end(&stored_key(text)), &origin),
                    Err(error) if error.kind() == io::ErrorKind::NotFound => Err(no_key()),
                    Err(error) => Err(unreadable(&origin, &error)),
                }
            }
        }
    }
}

impl std::fmt::Debug for KeySource {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Stdin => f.write_str("Stdin"),
            Self::File(path) => f.debug_tuple("File").field(path).finish(),
            Self::Variable(_) => f.write_str("Variable(hidden)"),
            Self::Stored(path) => f.debug_tuple("Stored").field(path).finish(),
        }
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    fs::File::open(path)?
        .take(LONGEST_FILE_BYTES)
        .read_to_end(&mut text)?;
    Ok(text)
}

/// Returns the key in a stored file: the text itself, or the field `api_key` of a JSON object.
fn stored_key(text: Vec<u8>) -> Vec<u8> {
    let json: Option<serde_json::Value> = serde_json::from_slice(&text).ok();
    match json {
        Some(serde_json::Value::Object(fields)) => {
            let key = fields.get("api_key").and_then(|key| key.as_str());
            key.unwrap_or_default().as_bytes().to_owned()
        }
        _ => text,
    }
}

/// Files end with a line end more often than not; a variable does not.
fn without_line_end(text: &[u8]) -> &[u8] {
    text.trim_ascii_end()
}

fn parse(text: &[u8], origin: &str) -> Result<ApiKey, Failure> {
    let problem = match std::str::from_utf8(text) {
        Ok(text) => match text.parse() {
            Ok(key) => return Ok(key),
            Err(error) => {
                let error: heygen_client::types::Invalid = error;
                error.problem().to_owned()
            }
        },
        Err(_) => "is not text".to_owned(),
    };
    Err(Failure::new(
        Exit::Authentication,
        "invalid_api_key",
        format!("the API key from {origin} {problem}; nothing was sent"),
        "copy the key again from the HeyGen settings, without line breaks or spaces",
    ))
}

fn unreadable(origin: &str, error: &io::Error) -> Failure {
    Failure::new(
        Exit::Authentication,
        "unreadable_api_key",
        format!("the API key could not be read from {origin}; nothing was sent"),
        "check the path and the permissions of the file",
    )
    .caused_by(Some(error))
}

fn no_key() -> Failure {
    Failure::new(
        Exit::Authentication,
        "no_api_key",
        "there is no API key; nothing was sent",
        format!("set {API_KEY}, use --api-key-file, or try --emulator, which needs none"),
    )
}

/// A key is far shorter; what is longer is another file.
const LONGEST_FILE_BYTES: u64 = 64 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_and_no_debug_shows_a_key() {
        for text in ["sec ret", "sec\nret", "secrét", "sec\u{0}ret", ""] {
            let source = KeySource::Variable(text.into());
            let failure = source.read().unwrap_err();
            let shown = format!("{failure:?} {source:?}");
            assert!(!shown.contains("sec") && !shown.contains("rét"), "{shown}");
            assert_eq!(failure.exit, Exit::Authentication);
        }
    }

    #[test]
    fn a_stored_key_is_plain_or_json() {
        assert_eq!(stored_key(b"abc\n".to_vec()), b"abc\n");
        assert_eq!(stored_key(br#"{"api_key": "abc"}"#.to_vec()), b"abc");
        assert_eq!(stored_key(br#"{"access_token": "abc"}"#.to_vec()), b"");
    }

    #[test]
    fn the_flag_goes_before_the_variable_and_the_variable_before_the_folder() {
        let mut environment = Environment::default();
        environment.home = Some("/home/me".into());
        let shown = |file: Option<&str>, environment: &Environment| {
            format!("{:?}", KeySource::new(file.map(Path::new), environment))
        };
        assert_eq!(
            shown(None, &environment),
            "Stored(Some(\"/home/me/.heygen/credentials\"))"
        );
        let environment = environment.with(CONFIG_DIR, "/etc/heygen");
        assert_eq!(
            shown(None, &environment),
            "Stored(Some(\"/etc/heygen/credentials\"))"
        );
        let environment = environment.with(API_KEY, "k");
        assert_eq!(shown(None, &environment), "Variable(hidden)");
        assert_eq!(shown(Some("k.txt"), &environment), "File(\"k.txt\")");
        assert_eq!(shown(Some("-"), &environment), "Stdin");
    }
}
