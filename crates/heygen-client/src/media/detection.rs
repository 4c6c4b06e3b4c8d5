use heygen_types::MediaType;

use super::{contents::Contents, plausible::could_be, sniff};

/// What a media type was concluded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The first bytes of the file.
    Content,
    /// The extension of the file name, because the content does not show what it is and may be
    /// that, or shows no more than "ZIP" where the extension stands for a format that is kept in ZIP
    /// archives.
    Extension,
}

/// The media type of a file, and how it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detection {
    by_content: Option<MediaType>,
    by_extension: Option<MediaType>,
    /// The content may be what the extension says, although it does not show it.
    is_plausible: bool,
    contents: Contents,
}

/// Finds the media type of a file from its first bytes and, where they say nothing, from its name.
///
/// The name is believed only where the bytes may be of the type that it stands for: a file of text
/// named `.mp4`, or one of zero bytes, has no media type.
///
/// `head` is what [`read_head`](super::read_head) returns, or the beginning of the file:
/// [`SNIFF_BYTES`](super::SNIFF_BYTES) or the whole file if that is shorter. Of `file_name` only the
/// extension matters, in any letter case; a path is fine.
#[must_use]
pub fn detect(head: &[u8], file_name: Option<&str>) -> Detection {
    let by_extension = file_name
        .and_then(|name| mime_guess::from_path(name).first_raw())
        .map(MediaType::from);
    // An office document is a ZIP archive in its first bytes, so its name contradicts nothing.
    let narrowed = by_extension.as_ref().is_some_and(is_kept_in_zip);
    let by_content = sniff(head).filter(|found| !(narrowed && *found == MediaType::Zip));
    let mut contents = Contents::of(head, by_content.as_ref());
    if let Some(name @ MediaType::Unknown(_)) = &by_extension {
        contents.narrow(name);
    }
    Detection {
        is_plausible: by_extension
            .as_ref()
            .is_some_and(|media_type| could_be(head, media_type)),
        by_content,
        by_extension,
        contents,
    }
}

/// Returns `true` if the first bytes of a file show that it is not of a media type.
///
/// `head` is what [`read_head`](super::read_head) returns.
#[must_use]
pub fn contradicts(head: &[u8], media_type: &MediaType) -> bool {
    match sniff(head) {
        Some(found) => found != *media_type,
        None => !could_be(head, media_type),
    }
}

fn is_kept_in_zip(media_type: &MediaType) -> bool {
    let name = media_type.as_str();
    name.starts_with("application/vnd.openxmlformats-officedocument.")
        || name.starts_with("application/vnd.oasis.opendocument.")
        || name.ends_with("+zip")
        || name == "application/java-archive"
        || name == "application/vnd.android.package-archive"
}

impl Detection {
    /// Returns the media type: that of the content, else that of the extension where the content
    /// may be of that type.
    ///
    /// A type that uploads do not accept is [`MediaType::Unknown`]; `None` means that neither the
    /// content nor the name is of a known kind, or that the content cannot be what the name says.
    #[must_use]
    pub fn media_type(&self) -> Option<&MediaType> {
        let by_extension = || self.by_extension.as_ref().filter(|_| self.is_plausible);
        self.by_content.as_ref().or_else(by_extension)
    }

    /// Returns the media type, as [`media_type`](Self::media_type) does, without a copy.
    #[must_use]
    pub fn into_media_type(self) -> Option<MediaType> {
        let by_extension = self.by_extension.filter(|_| self.is_plausible);
        self.by_content.or(by_extension)
    }

    /// Returns what the media type was concluded from, or `None` if there is none.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        match (&self.by_content, self.media_type()) {
            (Some(_), _) => Some(Evidence::Content),
            (None, Some(_)) => Some(Evidence::Extension),
            (None, None) => None,
        }
    }

    /// Returns what is in the file, in words for an error: `JSON text`, `a Git LFS pointer`,
    /// `image/gif`.
    #[must_use]
    pub fn contents(&self) -> String {
        self.contents.to_string()
    }

    /// Returns why the file cannot be uploaded, as the beginning of an error message.
    #[must_use]
    pub fn problem(&self) -> String {
        let named = self.by_extension.as_ref();
        match (
            &self.contents,
            named.filter(|it| MediaType::ACCEPTED.contains(it)),
        ) {
            (Contents::Media(found), _) => format!("the file is {found}"),
            (contents, Some(named)) => {
                format!("the name of the file says {named}, but it is {contents}")
            }
            (Contents::Unknown, None) => "the type of the file is not known".to_owned(),
            (contents, None) => format!("the file is {contents}"),
        }
    }

    /// Returns what to do instead of uploading the file, in one sentence.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        self.contents.advice()
    }

    /// Returns the media type that the extension stands for, whether or not it was followed.
    #[must_use]
    pub fn extension_type(&self) -> Option<&MediaType> {
        self.by_extension.as_ref()
    }

    /// Returns the media type that the extension stands for if the content is of another one.
    ///
    /// Two types that uploads do not accept never count as a contradiction: many of those have
    /// several names, and the file is refused anyway.
    #[must_use]
    pub fn contradicted_extension(&self) -> Option<&MediaType> {
        let content = self.by_content.as_ref()?;
        let extension = self.by_extension.as_ref()?;
        let accepted = MediaType::ACCEPTED;
        let matters = accepted.contains(content) || accepted.contains(extension);
        (matters && content != extension).then_some(extension)
    }
}
