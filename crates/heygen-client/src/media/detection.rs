use heygen_types::MediaType;

use super::sniff;

/// What a media type was concluded from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Evidence {
    /// The first bytes of the file.
    Content,
    /// The extension of the file name, because the content said nothing, or no more than "ZIP"
    /// where the extension stands for a format that is kept in ZIP archives.
    Extension,
}

/// The media type of a file, and how it was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Detection {
    by_content: Option<MediaType>,
    by_extension: Option<MediaType>,
}

/// Finds the media type of a file from its first bytes and, where they say nothing, from its name.
///
/// `head` is the beginning of the file, [`SNIFF_BYTES`](super::SNIFF_BYTES) or the whole file if
/// that is shorter. Of `file_name` only the extension matters, in any letter case; a path is fine.
#[must_use]
pub fn detect(head: &[u8], file_name: Option<&str>) -> Detection {
    let by_extension = file_name
        .and_then(|name| mime_guess::from_path(name).first_raw())
        .map(MediaType::from);
    // An office document is a ZIP archive in its first bytes, so its name contradicts nothing.
    let narrowed = by_extension.as_ref().is_some_and(is_kept_in_zip);
    let by_content = sniff(head).filter(|found| !(narrowed && *found == MediaType::Zip));
    Detection {
        by_content,
        by_extension,
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
    /// Returns the media type: that of the content, else that of the extension.
    ///
    /// A type that uploads do not accept is [`MediaType::Unknown`]; `None` means that neither the
    /// content nor the name is of a known kind.
    #[must_use]
    pub fn media_type(&self) -> Option<&MediaType> {
        self.by_content.as_ref().or(self.by_extension.as_ref())
    }

    /// Returns the media type, as [`media_type`](Self::media_type) does, without a copy.
    #[must_use]
    pub fn into_media_type(self) -> Option<MediaType> {
        self.by_content.or(self.by_extension)
    }

    /// Returns what the media type was concluded from, or `None` if there is none.
    #[must_use]
    pub fn evidence(&self) -> Option<Evidence> {
        match (&self.by_content, &self.by_extension) {
            (Some(_), _) => Some(Evidence::Content),
            (None, Some(_)) => Some(Evidence::Extension),
            (None, None) => None,
        }
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
