//! Whether a local file is of the kind that its place takes, as far as its bytes tell.

use heygen_client::media;
use heygen_types::{MediaType, table::FileKind};

use super::{Draft, LocalFile, files};
use crate::{
    api::local_file::open,
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

/// A kind of files: its name, and the types that it has.
struct Kind(&'static str, &'static [MediaType]);

impl Kind {
    /// Returns `None` for a kind that any file is of.
    const fn of(kind: FileKind) -> Option<Self> {
        Some(match kind {
            FileKind::Image => Self("an image (png or jpeg)", &[MediaType::Png, MediaType::Jpeg]),
            FileKind::Video => Self("a video (mp4 or webm)", &[MediaType::Mp4, MediaType::Webm]),
            // A video has a sound, and some services take it from there.
            FileKind::Audio => Self(
                "a sound (mp3 or wav, or a video with one)",
                &[
                    MediaType::Mp3,
                    MediaType::Wav,
                    MediaType::Mp4,
                    MediaType::Webm,
                ],
            ),
            FileKind::Subtitles => Self("subtitles (srt)", &[MediaType::Srt]),
            FileKind::Archive => Self("a zip archive", &[MediaType::Zip]),
            _ => return None,
        })
    }
}

impl Draft {
    /// Refuses a file that is clearly something else than its place takes. A file that cannot be
    /// read, or whose type is not known, is left to the upload, which says more of it.
    pub(super) fn check_kinds(&self) -> Result<(), Failure> {
        self.files.iter().try_for_each(|file| self.check_kind(file))
    }

    fn check_kind(&self, file: &LocalFile) -> Result<(), Failure> {
        let kinds: Option<Vec<Kind>> = file.takes.iter().copied().map(Kind::of).collect();
        let Some(kinds) = kinds.filter(|kinds| !kinds.is_empty()) else {
            return Ok(());
        };
        let Some(found) = sniff(file) else {
            return Ok(());
        };
        let is_taken = kinds.iter().any(|Kind(_, types)| types.contains(&found));
        if is_taken || matches!(found, MediaType::Unknown(_)) {
            return Ok(());
        }
        let names: Vec<&str> = kinds.iter().map(|Kind(name, _)| *name).collect();
        let place = self.place(&files::shown(&file.place));
        let name = escape::name(file.path.as_os_str());
        let (found, takes) = (found.as_str(), names.join(" or "));
        Err(Failure::new(
            Exit::File,
            "unsupported_type",
            format!("{place}: {name} is {found}, but {takes} is taken here; nothing was sent"),
            format!("give {takes}"),
        )
        .at(steps::PREPARE))
    }
}

fn sniff(file: &LocalFile) -> Option<MediaType> {
    let (file, _) = open(&file.path).ok()?;
    media::sniff(&media::read_head(file).ok()?)
}
