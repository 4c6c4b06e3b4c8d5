//! Finds the media type of a file from its first bytes and its name.
//!
//! The bytes win: HeyGen judges a file by its content too, so a renamed file stays what it is.
//! The extension is asked only where the content says nothing, and [`Detection`] tells the two
//! cases apart.
//!
//! ```
//! use heygen_client::media::{Evidence, detect};
//! use heygen_types::MediaType;
//!
//! let found = detect(b"\x89PNG\r\n\x1a\n", Some("holiday.jpg"));
//! assert_eq!(found.media_type(), Some(&MediaType::Png));
//! assert_eq!(found.evidence(), Some(Evidence::Content));
//! assert_eq!(found.contradicted_extension(), Some(&MediaType::Jpeg));
//! ```
//!
//! # What counts as which type
//!
//! | type | content |
//! | --- | --- |
//! | PNG, JPEG, ZIP | the signature; EPUB, OpenDocument and Office files are named as such, not as ZIP |
//! | MP4 | an `ftyp` box whose major brand is an MP4 one, or is unknown beside a compatible brand that is one; or a file that starts with a `moov` box whose first child belongs there |
//! | WebM | an EBML header whose `DocType` is `webm`; Matroska is not WebM |
//! | MP3 | an ID3v2 tag, or a layer III frame whose header is valid and whose successor, where the bytes reach it, continues the stream; leading zero bytes are skipped |
//! | WAV | `RIFF`, `RF64` or `BW64` with the form `WAVE` |
//! | PDF | `%PDF-` within the first 1024 bytes, after nothing but a byte-order mark and white space |
//! | SRT | a cue number and a line `HH:MM:SS,mmm --> HH:MM:SS,mmm`, after an optional byte-order mark; UTF-16 with its mark is read too |
//!
//! QuickTime, M4A, HEIC, AVIF and 3GPP files share the structure of MP4 and are named as what they
//! are. A type that uploads do not accept comes back as [`MediaType::Unknown`], so that an error
//! can name it.

mod detection;
mod ebml;
mod iso_media;
mod mpeg_audio;
mod pdf;
mod signatures;
mod subtitles;

#[cfg(test)]
mod tests;

use heygen_types::MediaType;

pub use self::detection::{Detection, Evidence, detect};

/// The number of first bytes of a file that are worth reading for [`sniff`] and [`detect`].
///
/// Fewer bytes, down to none, are fine but may hide what a longer prefix would show.
pub const SNIFF_BYTES: usize = 8192;

/// Finds the media type of a file from its first bytes alone.
///
/// `head` is the beginning of the file, [`SNIFF_BYTES`] or the whole file if that is shorter.
/// `None` means that the content is of no kind that is known here, as for plain text.
#[must_use]
pub fn sniff(head: &[u8]) -> Option<MediaType> {
    iso_media::sniff(head)
        .or_else(|| ebml::sniff(head))
        .or_else(|| signatures::wave(head))
        .or_else(|| pdf::sniff(head))
        .or_else(|| mpeg_audio::sniff(head))
        .or_else(|| subtitles::sniff(head))
        .or_else(|| signatures::other(head))
}
