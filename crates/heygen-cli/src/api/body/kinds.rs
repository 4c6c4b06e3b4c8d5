//! Whether a local file is of the kind that its place takes, as far as its bytes tell.

use heygen_client::media;
use heygen_types::{Json, MediaType};

use super::{Draft, Key, LocalFile, files};
use crate::{
    api::local_file::open,
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

/// What a place takes.
struct Kind {
    name: &'static str,
    types: &'static [MediaType],
}

const IMAGE: Kind = Kind {
    name: "an image (png or jpeg)",
    types: &[MediaType::Png, MediaType::Jpeg],
};
const VIDEO: Kind = Kind {
    name: "a video (mp4 or webm)",
    types: &[MediaType::Mp4, MediaType::Webm],
};
// A video has a sound, and some services take it from there.
const AUDIO: Kind = Kind {
    name: "a sound (mp3 or wav, or a video with one)",
    types: &[
        MediaType::Mp3,
        MediaType::Wav,
        MediaType::Mp4,
        MediaType::Webm,
    ],
};
const SUBTITLES: Kind = Kind {
    name: "subtitles (srt)",
    types: &[MediaType::Srt],
};
const PROJECT: Kind = Kind {
    name: "a zip archive",
    types: &[MediaType::Zip],
};

impl Draft {
    /// Refuses a file that is clearly something else than its place takes. A file that cannot be
    /// read, or whose type is not known, is left to the upload, which says more of it.
    pub(super) fn check_kinds(&self) -> Result<(), Failure> {
        self.files.iter().try_for_each(|file| self.check_kind(file))
    }

    fn check_kind(&self, file: &LocalFile) -> Result<(), Failure> {
        let Some(kind) = kind(&self.json, &file.place) else {
            return Ok(());
        };
        let Some(found) = sniff(file) else {
            return Ok(());
        };
        if kind.types.contains(&found) || matches!(found, MediaType::Unknown(_)) {
            return Ok(());
        }
        let place = self.place(&files::shown(&file.place));
        let name = escape::name(file.path.as_os_str());
        let (found, takes) = (found.as_str(), kind.name);
        Err(Failure::new(
            Exit::File,
            "unsupported_type",
            format!("{place}: {name} is {found}, but {takes} is taken here; nothing was sent"),
            format!("give {takes}"),
        )
        .at(steps::PREPARE))
    }
}

/// Returns what a place takes, where its name or the object around it tells.
fn kind(body: &Json, place: &[Key]) -> Option<Kind> {
    let mut names = place.iter().filter_map(|key| match key {
        Key::Member(name) => Some(name.as_str()),
        Key::Item(_) => None,
    });
    let mut name = names.next_back()?;
    if name == "asset_id" {
        name = names.next_back()?;
    }
    let around = place[..place.len() - 1]
        .iter()
        .try_fold(body, |value, key| match (value, key) {
            (Json::Object(members), Key::Member(name)) => members.get(name),
            (Json::Array(items), Key::Item(index)) => items.get(*index),
            _ => None,
        });
    let tag = || around?.member("type")?.as_str();
    match name.strip_suffix("_asset_id").unwrap_or(name) {
        "video" | "consent_video" | "reference_videos" => Some(VIDEO),
        "audio" | "reference_audio" => Some(AUDIO),
        "image" | "background" | "identity_images" | "reference_images" => Some(IMAGE),
        "srt" => Some(SUBTITLES),
        "project" => Some(PROJECT),
        "file" | "source" | "asset" => match tag()? {
            "photo" | "image" => Some(IMAGE),
            "digital_twin" | "video" => Some(VIDEO),
            "audio" => Some(AUDIO),
            _ => None,
        },
        _ => None,
    }
}

fn sniff(file: &LocalFile) -> Option<MediaType> {
    let (file, _) = open(&file.path).ok()?;
    media::sniff(&media::read_head(file).ok()?)
}
