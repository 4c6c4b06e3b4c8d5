//! What a file may be written as: a path, a URL or an asset id.

use std::path::{Path, PathBuf};

use heygen_types::{AssetId, Json, Origin, Url};

use crate::{
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

/// A file, however it is given.
#[derive(Debug)]
pub(super) enum FileInput {
    /// A local file that is uploaded first.
    Upload(PathBuf),
    /// A local file that is sent inside the request.
    Inline(PathBuf),
    /// HeyGen fetches it.
    Url(Url),
    /// It was uploaded before.
    Asset(AssetId),
}

impl FileInput {
    /// Reads what stands at a place of the request. What begins as a URL is one, and `file:` makes
    /// a file of anything; else an existing file goes before what its name looks like.
    pub(super) fn read(text: &str, place: &str, inline: bool) -> Result<Self, Failure> {
        let local = |path: &str, inline| {
            let mut path = existing(path, place)?;
            if path.is_relative() && path.to_string_lossy().contains(':') {
                // The client takes such a path for a URL.
                path = Path::new(".").join(path);
            }
            Ok(if inline {
                Self::Inline(path)
            } else {
                Self::Upload(path)
            })
        };
        if let Some(path) = text.strip_prefix("base64:") {
            return local(path, true);
        }
        if let Some(path) = text.strip_prefix("file:") {
            return local(path, inline);
        }
        if let Ok(url) = text.parse::<Url>() {
            return remote(url, place).map(Self::Url);
        }
        if Path::new(text).is_file() {
            return local(text, inline);
        }
        if text.is_empty() {
            return Err(Failure::usage(
                format!("{place} is empty; nothing was sent"),
                "give a path, an https URL or an asset id",
            ));
        }
        if let Some((scheme, _)) = text.split_once(':')
            && scheme.len() > 1
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric())
        {
            return Err(Failure::usage(
                format!(
                    "{place} {} is neither a file nor an https URL; nothing was sent",
                    shown(text)
                ),
                "write a URL as https://…, and a file with such a name as file:NAME",
            ));
        }
        if looks_like_id(text) {
            let id = text.parse::<AssetId>();
            return Ok(Self::Asset(id.expect("letters and digits make an id")));
        }
        local(text, inline)
    }

    /// Returns what stands in the request; for a local file what stands there until it is known.
    pub(super) fn to_json(&self) -> Json {
        let member = |name: &str, value: &str| (name.to_owned(), Json::String(value.to_owned()));
        Json::Object(match self {
            Self::Url(url) => [member("type", "url"), member("url", url.as_str())].into(),
            Self::Asset(id) => asset([member("type", "asset_id")], id.as_str()),
            Self::Upload(_) | Self::Inline(_) => asset([member("type", "asset_id")], PENDING),
        })
    }
}

/// Checks that HeyGen can be asked to fetch a URL.
fn remote(url: Url, place: &str) -> Result<Url, Failure> {
    if is_secure(&url) {
        return Ok(url);
    }
    Err(Failure::usage(
        format!(
            "{place} {} is not an https URL; nothing was sent",
            shown(url.as_str())
        ),
        "HeyGen fetches files over https only: write https://, or download the file and give its path",
    ))
}

/// Tells whether a URL is https, or leads to this machine, where only an emulator can fetch it.
pub(super) fn is_secure(url: &Url) -> bool {
    let text = url.as_str().to_ascii_lowercase();
    let is_loopback = |origin: Origin| origin.is_loopback();
    !text.starts_with("http://") || text.parse().is_ok_and(is_loopback)
}

fn asset<const N: usize>(
    members: [(String, Json); N],
    id: &str,
) -> std::collections::BTreeMap<String, Json> {
    let id = ("asset_id".to_owned(), Json::String(id.to_owned()));
    members.into_iter().chain([id]).collect()
}

/// Checks that a path leads to a file, so that nothing is uploaded when another one is missing.
fn existing(path: &str, place: &str) -> Result<PathBuf, Failure> {
    let path = PathBuf::from(path);
    let problem = match path.metadata() {
        Ok(metadata) if metadata.is_dir() => ("is_a_directory", "is a folder", None),
        Ok(_) => return Ok(path),
        Err(error) => match error.kind() {
            std::io::ErrorKind::NotFound => ("source_unreadable", "does not exist", None),
            _ => ("source_unreadable", "could not be looked at", Some(error)),
        },
    };
    let (code, what, cause) = problem;
    let name = escape::name(path.as_os_str());
    Err(Failure::new(
        Exit::File,
        code,
        format!("{place}: the file {name} {what}; nothing was sent"),
        "check the path; a URL begins with https://, an asset id has neither dots nor slashes",
    )
    .at(steps::PREPARE)
    .caused_by(cause.as_ref().map(|error| error as _)))
}

/// Ids are opaque, but a word with a dot or a slash is a file that was not found.
fn looks_like_id(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-');
    !text.is_empty() && text.len() <= 256 && text.bytes().all(is_part)
}

pub(super) fn shown(text: &str) -> String {
    // A URL that was mistyped may still carry its signature.
    let text = text.split(['?', '#']).next().unwrap_or_default();
    escape::message(text)
}

/// What stands in a request in place of an asset id that is not known yet.
pub(super) const PENDING: &str = "pending";

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match FileInput::read(text, "--video", false) {
            Ok(input) => format!("{input:?}"),
            Err(failure) => format!("{:?}", failure.exit),
        }
    }

    #[test]
    fn words_are_told_apart_by_what_they_look_like() {
        for (text, is) in [
            ("Cargo.toml", "Upload(\"Cargo.toml\")"),
            ("./Cargo.toml", "Upload(\"./Cargo.toml\")"),
            ("file:Cargo.toml", "Upload(\"Cargo.toml\")"),
            ("base64:Cargo.toml", "Inline(\"Cargo.toml\")"),
            (
                "https://a.example/v.mp4",
                "Url(\"https://a.example/v.mp4\")",
            ),
            ("asset_0-9aZ", "Asset(AssetId(\"asset_0-9aZ\"))"),
            ("missing.mp4", "File"),
            ("a/b", "File"),
            ("src", "Asset(AssetId(\"src\"))"),
            ("./src", "File"),
            ("", "Usage"),
            ("http://a.example/v.mp4", "Usage"),
            (
                "http://127.0.0.1:9/v.mp4",
                "Url(\"http://127.0.0.1:9/v.mp4\")",
            ),
            ("http://[::1]:9/v", "Url(\"http://[::1]:9/v\")"),
            ("http://127.0.0.1@a.example/v", "Usage"),
            ("file:https://a.example/v.mp4", "File"),
            ("https:missing.mp4", "Usage"),
            ("https://", "Usage"),
            ("s3://bucket/v.mp4", "Usage"),
            ("file:missing.mp4", "File"),
        ] {
            assert_eq!(read(text), is, "{text}");
        }
    }

    #[test]
    fn a_mistyped_url_keeps_its_signature_to_itself() {
        let failure = FileInput::read("htps://a.example/v?sig=canary", "--video", false);
        let failure = failure.unwrap_err();
        assert!(!format!("{failure:?}").contains("canary"));
    }
}
