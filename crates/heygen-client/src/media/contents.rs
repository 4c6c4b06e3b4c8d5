use std::fmt;

use heygen_types::MediaType;

use super::text::{self, Text};

/// What is in a file, for those who are told that it cannot be uploaded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum Contents {
    /// Nothing that is known here, or nothing at all.
    #[default]
    Unknown,
    Media(MediaType),
    Text(Text),
    /// The hole that a file has which was made larger and never written to.
    Zeros,
    /// An image that went through something that takes it for text.
    DamagedPng,
}

impl Contents {
    pub(super) fn of(head: &[u8], by_content: Option<&MediaType>) -> Self {
        let text = text::kind(head);
        match (by_content, text) {
            // Signatures of text are shorter than what was looked at here.
            (None | Some(MediaType::Unknown(_)), Some(text)) if text != Text::Plain => {
                Self::Text(text)
            }
            (Some(media_type), _) => Self::Media(media_type.clone()),
            (None, Some(text)) => Self::Text(text),
            (None, None) if head.is_empty() => Self::Unknown,
            (None, None) if head.iter().all(|byte| *byte == 0) => Self::Zeros,
            (None, None) if is_damaged_png(head) => Self::DamagedPng,
            (None, None) => Self::Unknown,
        }
    }

    /// Follows the name of the file where it says more, such as which kind of text it is.
    pub(super) fn narrow(&mut self, name: &MediaType) {
        if matches!(self, Self::Unknown | Self::Text(Text::Plain)) {
            *self = Self::Media(name.clone());
        }
    }

    /// Returns what to do with a file of these contents instead of uploading it.
    pub(super) fn advice(&self) -> &'static str {
        match self {
            Self::Media(media_type) => advice_for_type(media_type.as_str()),
            Self::Text(Text::GitLfsPointer) => {
                "run `git lfs pull`, which puts the file in the place of its pointer"
            }
            Self::Text(Text::Svg) => "convert it to PNG; renaming it does not help",
            Self::Text(Text::Html | Text::Json | Text::Xml) => {
                "look into it: where a download was refused, the file holds the refusal"
            }
            Self::Text(Text::Blank | Text::Plain) => "check that this is the right file",
            Self::Zeros => "copy or download the file again: its content never arrived",
            Self::DamagedPng => "copy or download the file again, in binary mode",
            Self::Unknown => CONVERT,
        }
    }
}

/// Tells whether a PNG signature has lost what the signature was made to lose: the line ends were
/// converted, or the first byte was taken for broken UTF-8.
fn is_damaged_png(head: &[u8]) -> bool {
    const NAME: &[u8] = b"PNG";
    [&b"\x89"[..], b"\xEF\xBF\xBD"].iter().any(|first| {
        head.strip_prefix(*first)
            .is_some_and(|it| it.starts_with(NAME))
    })
}

fn advice_for_type(name: &str) -> &'static str {
    match name.split_once('/') {
        Some(("image", _)) => "convert it to PNG or JPEG; renaming it does not help",
        Some(("video", _)) => "convert it to MP4 or WebM; renaming it does not help",
        Some(("audio", _)) => "convert it to MP3 or WAV; renaming it does not help",
        Some(("application", kind)) => match kind {
            "gzip" | "x-bzip2" | "x-xz" | "zstd" | "x-tar" | "x-7z-compressed" | "vnd.rar"
            | "x-rar-compressed" | "x-lz4" => {
                "unpack it and upload the files in it; renaming it does not help"
            }
            _ if kind.starts_with("vnd.openxml") || kind.starts_with("vnd.oasis") => {
                "export it as PDF; renaming it does not help"
            }
            "x-ole-storage" | "msword" | "postscript" | "rtf" | "epub+zip" => {
                "export it as PDF; renaming it does not help"
            }
            _ => CONVERT,
        },
        _ => CONVERT,
    }
}

impl fmt::Display for Contents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Media(media_type) => media_type.as_str(),
            Self::Text(text) => match text {
                Text::GitLfsPointer => "a Git LFS pointer",
                Text::Svg => "an SVG image",
                Text::Html => "an HTML page",
                Text::Xml => "XML text",
                Text::Json => "JSON text",
                Text::Blank => "white space only",
                Text::Plain => "plain text",
            },
            Self::Zeros => "nothing but zero bytes",
            Self::DamagedPng => "a damaged PNG image",
            Self::Unknown => "data of an unknown kind",
        })
    }
}

const CONVERT: &str = "convert the file to one of these types; renaming it does not help";
