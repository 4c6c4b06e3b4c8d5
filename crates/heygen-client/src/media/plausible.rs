use heygen_types::MediaType;

use super::{
    iso_media, mpeg_audio, pdf, subtitles,
    text::{self, Text},
};

/// Tells whether a file may be of a type whose marks are not in its first bytes.
///
/// PNG, JPEG, WebM and ZIP have theirs at the start, always. The others are found in forms that
/// only the name of the file can vouch for, since other files may look like that by chance.
pub(super) fn could_be(head: &[u8], media_type: &MediaType) -> bool {
    match media_type {
        MediaType::Mp4 => iso_media::has_boxes(head),
        MediaType::Mp3 => {
            mpeg_audio::has_frames(head)
                || (text::kind(head).is_none() && mpeg_audio::starts_with_any_tag(head))
        }
        // The form of the machines that write the high byte first.
        MediaType::Wav => head.starts_with(b"RIFX") && head.get(8..12) == Some(b"WAVE"),
        // What speaks of a PDF or of subtitles is neither.
        MediaType::Pdf => {
            let kind = text::kind(head);
            pdf::has_header(head)
                && !is_markup(kind)
                && !matches!(kind, Some(Text::Json | Text::GitLfsPointer))
        }
        MediaType::Srt => subtitles::has_timing(head) && !is_markup(text::kind(head)),
        // What is not accepted is refused, whatever it contains.
        MediaType::Unknown(_) => true,
        _ => false,
    }
}

const fn is_markup(kind: Option<Text>) -> bool {
    matches!(kind, Some(Text::Html | Text::Xml | Text::Svg))
}
