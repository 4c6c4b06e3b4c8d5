use std::sync::LazyLock;

use bytes::Bytes;
use heygen_types::MediaType;

use crate::Blob;

/// Detects the type of content from its first bytes, whatever it was called.
pub(crate) fn detect(content: &Blob) -> Option<MediaType> {
    heygen_client::media::sniff(content.first_bytes())
}

const _: () = assert!(Blob::FIRST_BYTES >= heygen_client::media::SNIFF_BYTES);

/// The forms that the results of jobs come in. All results of one form have the same content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Medium {
    Gif,
    Mov,
    Mp3,
    Mp4,
    Png,
    Srt,
    Vtt,
    Wav,
    Webm,
}

/// A result as storage serves it.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) content: Blob,
    pub(crate) media_type: MediaType,
}

/// Returns the key under which storage serves a result.
pub(crate) fn result_key(name: &str, medium: Medium) -> String {
    format!("{PREFIX}{name}.{}", medium.extension())
}

/// Finds the result that a key stands for.
pub(crate) fn result(key: &str) -> Option<&'static Stored> {
    let (_, extension) = key.strip_prefix(PREFIX)?.rsplit_once('.')?;
    RESULTS
        .iter()
        .find(|(medium, _)| medium.extension() == extension)
        .map(|(_, stored)| stored)
}

impl Medium {
    const fn extension(self) -> &'static str {
        match self {
            Self::Gif => "gif",
            Self::Mov => "mov",
            Self::Mp3 => "mp3",
            Self::Mp4 => "mp4",
            Self::Png => "png",
            Self::Srt => "srt",
            Self::Vtt => "vtt",
            Self::Wav => "wav",
            Self::Webm => "webm",
        }
    }
}

/// How long the videos are.
pub(crate) const VIDEO_SECONDS: f64 = 2.0;

/// How long the sound is.
pub(crate) const AUDIO_SECONDS: f64 = 2.088;

/// How long the sound of the speech model is.
pub(crate) const WAV_SECONDS: f64 = 0.5;

/// Makes a sound of that length as a WAV file: 44.1 kHz, mono, 16 bits a sample.
pub(crate) fn wav(seconds: f64) -> Vec<u8> {
    const RATE: u32 = 44_100;
    let samples = (seconds * f64::from(RATE)).round() as u32;
    let data_bytes = samples * 2;
    let mut file = Vec::with_capacity(44 + data_bytes as usize);
    file.extend(b"RIFF");
    file.extend((36 + data_bytes).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    // PCM, one channel.
    file.extend(1_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend(RATE.to_le_bytes());
    file.extend((RATE * 2).to_le_bytes());
    file.extend(2_u16.to_le_bytes());
    file.extend(16_u16.to_le_bytes());
    file.extend(b"data");
    file.extend(data_bytes.to_le_bytes());
    // A triangle of 441 Hz, which is a hundred samples long.
    let tone = (0..samples).flat_map(|sample| {
        let phase = (sample % 100) as i16;
        let height = if phase < 50 { phase } else { 100 - phase };
        ((height - 25) * 400).to_le_bytes()
    });
    file.extend(tone);
    file
}

const PREFIX: &str = "results/";

#[rustfmt::skip]
static RESULTS: LazyLock<Vec<(Medium, Stored)>> = LazyLock::new(|| {
    let made = |medium, media_type: &str, content: Bytes| {
        let stored = Stored {
            content: Blob::from_bytes(content),
            media_type: MediaType::from(media_type),
        };
        (medium, stored)
    };
    let stored = |medium, media_type, content: &'static [u8]| {
        made(medium, media_type, Bytes::from_static(content))
    };
    vec![
        made(Medium::Wav, "audio/wav", wav(WAV_SECONDS).into()),
        stored(Medium::Gif, "image/gif", include_bytes!("../media/video.gif")),
        stored(Medium::Mov, "video/quicktime", include_bytes!("../media/video.mov")),
        stored(Medium::Mp3, "audio/mpeg", include_bytes!("../media/audio.mp3")),
        stored(Medium::Mp4, "video/mp4", include_bytes!("../media/video.mp4")),
        stored(Medium::Png, "image/png", include_bytes!("../media/image.png")),
        stored(Medium::Srt, "application/x-subrip", include_bytes!("../media/captions.srt")),
        stored(Medium::Vtt, "text/vtt", include_bytes!("../media/captions.vtt")),
        stored(Medium::Webm, "video/webm", include_bytes!("../media/video.webm")),
    ]
});
