//! Where the credential comes from. It is never shown, whatever is wrong with it.

mod found;

use std::{
    ffi::OsString,
    fs, io,
    io::Read as _,
    path::{Path, PathBuf},
};

use heygen_client::{AccessToken, ApiKey, types::Invalid};
use jiff::Timestamp;

use crate::{
    credentials::CredentialsFile,
    environment::{API_KEY, CONFIG_DIR, Environment},
    escape,
    exit::Exit,
    failure::Failure,
    text,
};

pub(crate) use found::{Found, Session};

/// Where to look for the credential.
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
    /// Nowhere any more: it is here.
    Given(Found),
}

impl KeySource {
    pub(crate) fn new(file: Option<&Path>, environment: &Environment) -> Self {
        match (file, environment.raw(API_KEY)) {
            (Some(file), _) if file == Path::new("-") => Self::Stdin,
            (Some(file), _) => Self::File(file.to_owned()),
            (None, Some(value)) => Self::Variable(value.to_owned()),
            (None, None) => Self::Stored(credentials_path(environment)),
        }
    }

    /// Returns whether reading may wait for another program, as for one behind a FIFO.
    pub(crate) fn may_wait(&self) -> bool {
        match self {
            Self::Stdin => true,
            Self::File(path) | Self::Stored(Some(path)) => path.exists() && !path.is_file(),
            Self::Variable(_) | Self::Stored(None) | Self::Given(_) => false,
        }
    }

    /// Reads the credential.
    pub(crate) fn read(&self) -> Result<Found, Failure> {
        let key = match self {
            Self::Stdin | Self::File(_) => parse(&self.read_text()?, &self.origin())?,
            Self::Variable(value) => {
                let text = value.to_str().ok_or_else(|| not_text(&self.origin()))?;
                parse(text::without_mark(text), &self.origin())?
            }
            Self::Stored(None) => return Err(no_key()),
            Self::Stored(Some(path)) => return self.read_stored(path),
            Self::Given(found) => return Ok(found.clone()),
        };
        Ok(Found::ApiKey(key))
    }

    /// Reads the text of a key from standard input or a file, which may end their line.
    pub(crate) fn read_text(&self) -> Result<String, Failure> {
        let text = match self {
            Self::File(path) => fs::File::open(path).and_then(read_to_end),
            _ => read_to_end(io::stdin()),
        };
        let origin = self.origin();
        let text = text.map_err(|error| unreadable(&origin, &error))?;
        let mut text =
            text::decode(text).map_err(|problem| unusable("API key", &origin, problem))?;
        text.truncate(text.trim_ascii_end().len());
        Ok(text)
    }

    /// Takes from the stored file what the official tool would take: the key, else the session.
    fn read_stored(&self, path: &Path) -> Result<Found, Failure> {
        let file = CredentialsFile::read(path).map_err(|mut failure| {
            failure.exit = Exit::Authentication;
            failure
        })?;
        let origin = self.origin();
        if let Some(key) = file.api_key() {
            return Ok(Found::ApiKey(parse(key, &origin)?));
        }
        let session = file.session().ok_or_else(no_key)?;
        let token = session
            .token(Timestamp::now())
            .ok_or_else(|| session_is_over(&origin))?;
        let token: AccessToken = token
            .parse()
            .map_err(|invalid| refused("access token", &origin, &invalid))?;
        Ok(Found::Session(Session {
            token,
            expires_at: session.expires_at,
            scope: session.scope.map(str::to_owned),
            user: file.user().map(str::to_owned),
        }))
    }

    /// Returns the words for where it comes from.
    pub(crate) fn origin(&self) -> String {
        match self {
            Self::Stdin => "standard input".to_owned(),
            Self::File(path) | Self::Stored(Some(path)) => escape::name(path.as_os_str()),
            Self::Variable(_) => API_KEY.to_owned(),
            Self::Stored(None) => "the credentials file".to_owned(),
            Self::Given(_) => "the input".to_owned(),
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
            Self::Given(_) => f.write_str("Given(hidden)"),
        }
    }
}

/// Returns where the official tool keeps its credential, unless there is no home.
pub(crate) fn credentials_path(environment: &Environment) -> Option<PathBuf> {
    let folder = environment.raw(CONFIG_DIR).map(PathBuf::from);
    let folder = folder.or_else(|| Some(environment.home.as_ref()?.join(".heygen")))?;
    Some(folder.join("credentials"))
}

/// Makes a key of a text.
pub(crate) fn parse(text: &str, origin: &str) -> Result<ApiKey, Failure> {
    // A key has no such letter at its start; a file of settings has.
    if text.starts_with(['{', '[', '"', '\'']) {
        return Err(unusable(
            "API key",
            origin,
            "is JSON or quoted text, and not the key alone",
        ));
    }
    if text.starts_with(&format!("{API_KEY}=")) {
        return Err(unusable(
            "API key",
            origin,
            "begins with the name of a variable, and is not the key alone",
        ));
    }
    text.parse()
        .map_err(|invalid| refused("API key", origin, &invalid))
}

fn read_to_end(source: impl io::Read) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    source.take(LONGEST_FILE_BYTES).read_to_end(&mut text)?;
    Ok(text)
}

fn refused(what: &str, origin: &str, invalid: &Invalid) -> Failure {
    unusable(what, origin, invalid.problem())
}

fn not_text(origin: &str) -> Failure {
    unusable("API key", origin, "is not text")
}

fn unusable(what: &str, origin: &str, problem: &str) -> Failure {
    Failure::new(
        Exit::Authentication,
        "invalid_api_key",
        format!("the {what} from {origin} {problem}; nothing was sent"),
        "copy the key again from the HeyGen settings, without line breaks or spaces",
    )
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
        format!(
            "run `heygen-rs auth login`, set {API_KEY}, use --api-key-file, or try --emulator, \
             which needs none"
        ),
    )
}

fn session_is_over(origin: &str) -> Failure {
    Failure::new(
        Exit::Authentication,
        "session_expired",
        format!("the session of the official tool in {origin} has expired; nothing was sent"),
        found::RENEW,
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
        let given = KeySource::Given(Found::ApiKey("secret".parse().unwrap()));
        let shown = format!("{given:?} {:?}", given.read().unwrap());
        assert!(!shown.contains("secret"), "{shown}");
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
