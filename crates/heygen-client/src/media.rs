//! Finds the media type of a file from its first bytes and its name.
//!
//! The bytes win: HeyGen judges a file by its content too, so a renamed file stays what it is.
//! The extension decides only where the content may be what it says and does not show it, and
//! [`Detection`] tells the two cases apart. A file that cannot be what its name says has no media
//! type: [`Detection::problem`] says what it is instead.
//!
//! ```
//! use heygen_client::media::{Evidence, detect};
//! use heygen_types::MediaType;
//!
//! let found = detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Some("holiday.jpg"));
//! assert_eq!(found.media_type(), Some(&MediaType::Png));
//! assert_eq!(found.evidence(), Some(Evidence::Content));
//! assert_eq!(found.contradicted_extension(), Some(&MediaType::Jpeg));
//!
//! let found = detect(b"{\"error\": \"not found\"}", Some("clip.mp4"));
//! assert_eq!(found.media_type(), None);
//! assert_eq!(found.contents(), "JSON text");
//! ```
//!
//! # What counts as which type
//!
//! | type | content | with the extension also |
//! | --- | --- | --- |
//! | PNG | the signature and the header behind it | |
//! | JPEG, ZIP | the signature; EPUB, OpenDocument and Office files are named as such, not as ZIP | |
//! | MP4 | an `ftyp` box whose major brand is an MP4 one, or is unknown or a 3GPP one beside a compatible brand that is one; or a file that starts with a `moov` box whose first child belongs there | a file of boxes that belong there, of any brand or none |
//! | WebM | an EBML header whose `DocType` is `webm`; Matroska is not WebM | |
//! | MP3 | a layer III frame whose header is valid and whose successor, where the bytes reach it, continues the stream; leading zero bytes are skipped; ID3v2 tags, unless another format is behind them | two frames in a row behind anything; frames of free format; a broken tag |
//! | WAV | `RIFF`, `RF64` or `BW64` with the form `WAVE` | `RIFX` |
//! | PDF | `%PDF-` within the first 1024 bytes, after nothing but a byte-order mark and white space | after anything but what makes the file JSON, HTML, XML, SVG or a Git LFS pointer |
//! | SRT | a cue number and a line `HH:MM:SS,mmm --> HH:MM:SS,mmm`, after an optional byte-order mark; UTF-16 with its mark is read too | such a line anywhere but in HTML, XML or SVG |
//!
//! QuickTime, M4A, HEIC, AVIF and 3GPP files share the structure of MP4 and are named as what they
//! are. A type that uploads do not accept comes back as [`MediaType::Unknown`], so that an error
//! can name it.

mod contents;
mod detection;
mod ebml;
mod iso_media;
mod mpeg_audio;
mod pdf;
mod plausible;
mod signatures;
mod subtitles;
mod text;

#[cfg(test)]
mod tests;

use std::io::{self, Read as _};

use heygen_types::MediaType;

pub use self::detection::{Detection, Evidence, contradicts, detect};

/// The number of first bytes of a file that are worth reading for [`sniff`] and [`detect`].
///
/// Fewer bytes, down to none, are taken for the whole file.
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

/// Reads what [`detect`] needs of a file: its first [`SNIFF_BYTES`], or all of it if it is shorter.
///
/// ID3v2 tags stand before audio of several kinds and can be longer than that, with the picture of
/// a cover in them. What is behind such tags is read, and an empty tag is put in their place.
///
/// ```
/// use heygen_client::media::{detect, read_head};
///
/// let tag = [&b"ID3\x03\0\0\0\x02\0\0"[..], &[b'x'; 0x8000]].concat();
/// let head = read_head(&[&tag[..], b"fLaC\0\0\0\x22"].concat()[..])?;
/// assert_eq!(detect(&head, Some("song.mp3")).media_type().unwrap().as_str(), "audio/flac");
/// # Ok::<(), std::io::Error>(())
/// ```
///
/// # Errors
///
/// What the reader says. A read that was interrupted is repeated.
pub fn read_head(mut reader: impl io::Read) -> io::Result<Vec<u8>> {
    const EMPTY_TAG: &[u8] = b"ID3\x04\0\0\0\0\0\0";
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    let window = SNIFF_BYTES as u64;
    (&mut reader).take(window).read_to_end(&mut head)?;
    while head.len() >= SNIFF_BYTES
        && let Some(end) = mpeg_audio::end_of_tags(&head)
    {
        let mut behind = EMPTY_TAG.to_vec();
        if let Some(unread) = end.checked_sub(head.len()) {
            io::copy(&mut (&mut reader).take(unread as u64), &mut io::sink())?;
        } else {
            behind.extend_from_slice(&head[end..]);
        }
        (&mut reader).take(window).read_to_end(&mut behind)?;
        head = behind;
    }
    Ok(head)
}
