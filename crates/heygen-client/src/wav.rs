//! Speech that comes in pieces, each of which is a WAV file, as one.

use base64::{
    Engine as _, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use heygen_types::models::SpeechAudio;

use crate::{Error, ErrorKind};

/// Joins the pieces of streamed speech into one WAV file.
///
/// The file can be written while the pieces come: the first bytes are a header that leaves the
/// length open, as players expect of a stream, and [`header`](Self::header) is the one to put in its
/// place when all pieces are there.
///
/// ```
/// use std::io::{Seek, Write};
/// # use heygen_client::{Client, Error, SpeechWav};
/// # use heygen_client::types::models::{SpeechEvent, StreamModelSpeech};
/// # type Failure = Box<dyn std::error::Error>;
/// # async fn save(client: &Client, request: &StreamModelSpeech) -> Result<(), Failure> {
///
/// let mut file = std::fs::File::create("speech.wav")?;
/// let mut wav = SpeechWav::new();
/// let mut speech = client.models().audio().tts_stream(request).await?;
/// while let Some(event) = speech.next().await {
///     if let SpeechEvent::Audio(piece) = event? {
///         file.write_all(&wav.push(&piece)?)?;
///     }
/// }
/// file.rewind()?;
/// file.write_all(&wav.header().ok_or("no sound came")?)?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, Default)]
pub struct SpeechWav {
    format: Option<Format>,
    /// How many bytes of samples came.
    len_bytes: u32,
    last_part: u32,
}

/// How the samples are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Format {
    channels: u16,
    rate: u32,
    bits: u16,
}

impl SpeechWav {
    /// Starts without a piece.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Returns what a piece adds to the file: its samples, and before the first ones a header that
    /// leaves the length open.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Protocol`] when the piece is not a whole WAV file, is in another format than the
    /// first one, or belongs before one that has come, and when the file gets larger than WAV files
    /// can be.
    pub fn push(&mut self, piece: &SpeechAudio) -> Result<Vec<u8>, Error> {
        self.add(piece).map_err(|problem| {
            Error::local(
                ErrorKind::Protocol,
                format!("part {} of the speech {problem}", piece.part_index),
                "check any proxy on the way to the API, then send the request again",
            )
        })
    }

    fn add(&mut self, piece: &SpeechAudio) -> Result<Vec<u8>, String> {
        if piece.part_index < self.last_part {
            return Err(format!("came after part {}", self.last_part));
        }
        let file = BASE64.decode(piece.audio.as_str());
        let file = file.map_err(|error| format!("is not base64: {error}"))?;
        let (format, samples) = read(&file)?;
        let known = *self.format.get_or_insert(format);
        if format != known {
            return Err(format!("is {format:?}, those before were {known:?}"));
        }
        let is_first = self.len_bytes == 0;
        let len_bytes = u64::from(self.len_bytes) + samples.len() as u64;
        self.len_bytes = u32::try_from(len_bytes)
            .ok()
            .filter(|len_bytes| *len_bytes <= LEN_MAX)
            .ok_or("makes the file larger than a WAV file can be")?;
        self.last_part = piece.part_index;
        if !is_first || samples.is_empty() {
            return Ok(samples.to_vec());
        }
        Ok([&known.header(u32::MAX)[..], samples].concat())
    }

    /// Returns the header of the file with its length, `None` before there are samples. It is as
    /// long as the one that came first.
    #[must_use]
    pub fn header(&self) -> Option<[u8; 44]> {
        let format = self.format.filter(|_| self.len_bytes > 0)?;
        Some(format.header(self.len_bytes))
    }

    /// Returns how much was spoken so far, in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.format.map_or(0.0, |format| {
            f64::from(self.len_bytes) / f64::from(format.bytes_per_second())
        })
    }
}

impl Format {
    const fn frame(self) -> u16 {
        self.channels * (self.bits / 8)
    }

    const fn bytes_per_second(self) -> u32 {
        self.rate.saturating_mul(self.frame() as u32)
    }

    /// Writes the header of a file with so many bytes of samples, or, for the largest number, of a
    /// file of unknown length.
    fn header(self, len_bytes: u32) -> [u8; 44] {
        let mut header = [0; 44];
        let mut put = |at: usize, bytes: &[u8]| header[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, b"RIFF");
        put(4, &len_bytes.saturating_add(36).to_le_bytes());
        put(8, b"WAVEfmt ");
        put(16, &16_u32.to_le_bytes());
        put(20, &PCM.to_le_bytes());
        put(22, &self.channels.to_le_bytes());
        put(24, &self.rate.to_le_bytes());
        put(28, &self.bytes_per_second().to_le_bytes());
        put(32, &self.frame().to_le_bytes());
        put(34, &self.bits.to_le_bytes());
        put(36, b"data");
        put(40, &len_bytes.to_le_bytes());
        header
    }
}

/// Takes a WAV file apart: its format and its samples.
fn read(file: &[u8]) -> Result<(Format, &[u8]), String> {
    if file.len() < 12 || &file[..4] != b"RIFF" || &file[8..12] != b"WAVE" {
        return Err("is no WAV file".to_owned());
    }
    let mut rest = &file[12..];
    let mut format = None;
    while let Some((head, content)) = rest.split_at_checked(8) {
        let length = u32::from_le_bytes([head[4], head[5], head[6], head[7]]) as usize;
        let content = match content.get(..length) {
            Some(content) => content,
            // The length of a file that was itself written as a stream.
            None if &head[..4] == b"data" && length == u32::MAX as usize => content,
            None => return Err("is a WAV file that breaks off".to_owned()),
        };
        match &head[..4] {
            b"fmt " => format = Some(read_format(content)?),
            b"data" => {
                let format = format.ok_or("is a WAV file without a format")?;
                if content.len() % usize::from(format.frame()) != 0 {
                    return Err("is a WAV file that breaks off in a sample".to_owned());
                }
                return Ok((format, content));
            }
            _ => {}
        }
        // Every chunk begins at an even place.
        rest = rest.get(8 + length + length % 2..).unwrap_or_default();
    }
    Err("is a WAV file without sound".to_owned())
}

fn read_format(chunk: &[u8]) -> Result<Format, String> {
    let word = |at: usize| u16::from_le_bytes([chunk[at], chunk[at + 1]]);
    if chunk.len() < 16 {
        return Err("is a WAV file without a format".to_owned());
    }
    let format = Format {
        channels: word(2),
        rate: u32::from_le_bytes([chunk[4], chunk[5], chunk[6], chunk[7]]),
        bits: word(14),
    };
    let is_known = word(0) == PCM
        && (1..=8).contains(&format.channels)
        && (1..=384_000).contains(&format.rate)
        && matches!(format.bits, 8 | 16 | 24 | 32);
    if is_known {
        return Ok(format);
    }
    Err(format!(
        "is a WAV file in a format that cannot be joined: {}, {format:?}",
        word(0)
    ))
}

/// Base64 with its padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The number of the format in which samples are numbers as they are.
const PCM: u16 = 1;

/// The most bytes of samples: the length of the rest of the file counts the header, too.
const LEN_MAX: u32 = u32::MAX - 36 - 1;

#[cfg(test)]
mod tests {
    use base64::prelude::BASE64_STANDARD;
    use heygen_types::Base64Data;

    use super::*;

    const FORMAT: Format = Format {
        channels: 1,
        rate: 44_100,
        bits: 16,
    };

    fn file(format: Format, samples: &[u8]) -> Vec<u8> {
        let len_bytes = u32::try_from(samples.len()).unwrap();
        [&format.header(len_bytes)[..], samples].concat()
    }

    fn piece(file: &[u8], part_index: u32) -> SpeechAudio {
        SpeechAudio::new(Base64Data::new(BASE64_STANDARD.encode(file)), part_index)
    }

    fn problem(wav: &mut SpeechWav, file: &[u8]) -> String {
        let error = wav.push(&piece(file, 1)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
        error.to_string()
    }

    #[test]
    fn pieces_become_one_file() {
        let mut wav = SpeechWav::new();
        assert_eq!(wav.header(), None);
        let mut written = Vec::new();
        for (index, samples) in [&b"abcd"[..], b"", b"efgh"].into_iter().enumerate() {
            let piece = piece(&file(FORMAT, samples), index.try_into().unwrap());
            written.extend(wav.push(&piece).unwrap());
        }
        // Until the end nobody knows how long it is.
        assert_eq!(
            written,
            [&FORMAT.header(u32::MAX)[..], b"abcdefgh"].concat()
        );
        written[..44].copy_from_slice(&wav.header().unwrap());
        assert_eq!(written, file(FORMAT, b"abcdefgh"));
        assert_eq!(wav.seconds(), 4.0 / 44_100.0);
    }

    #[test]
    fn a_first_piece_without_sound_leaves_the_header_to_the_next() {
        let mut wav = SpeechWav::new();
        assert_eq!(wav.push(&piece(&file(FORMAT, b""), 0)).unwrap(), b"");
        assert_eq!(wav.header(), None);
        let next = wav.push(&piece(&file(FORMAT, b"ab"), 0)).unwrap();
        assert_eq!(next.len(), 46);
    }

    #[test]
    fn other_chunks_are_skipped_and_lengths_may_be_open() {
        let plain = file(FORMAT, b"abcd");
        // A chunk of an odd length is followed by a byte that fills it up.
        let list = [&plain[..12], b"LIST\x03\0\0\0xyz\0", &plain[12..]].concat();
        let mut open = plain.clone();
        open[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        let trailing = [&plain[..], b"LIST\x02\0\0\0xy"].concat();
        for file in [list, open, trailing] {
            let mut wav = SpeechWav::new();
            assert!(wav.push(&piece(&file, 0)).unwrap().ends_with(b"abcd"));
        }
        let text = BASE64_STANDARD.encode(&plain);
        let bare = Base64Data::new(text.trim_end_matches('='));
        assert!(SpeechWav::new().push(&SpeechAudio::new(bare, 0)).is_ok());
    }

    #[test]
    fn what_cannot_be_joined_is_refused_and_changes_nothing() {
        let mut wav = SpeechWav::new();
        wav.push(&piece(&file(FORMAT, b"abcd"), 1)).unwrap();
        let plain = file(FORMAT, b"abcd");
        let stereo = Format {
            channels: 2,
            ..FORMAT
        };
        let mut float = plain.clone();
        float[20] = 3;
        let mut silent = plain.clone();
        silent[36..40].copy_from_slice(b"LIST");
        for (file, part) in [
            (plain[..47].to_vec(), "breaks off"),
            (plain[..11].to_vec(), "is no WAV file"),
            (b"ID3".to_vec(), "is no WAV file"),
            (plain[..30].to_vec(), "breaks off"),
            (plain[..12].to_vec(), "without sound"),
            (silent, "without sound"),
            (file(FORMAT, b"abc"), "in a sample"),
            (float, "cannot be joined: 3"),
            (file(stereo, b"abcd"), "those before were"),
            ([&plain[..12], &plain[36..]].concat(), "without a format"),
        ] {
            let problem = problem(&mut wav, &file);
            assert!(problem.contains(part), "{problem}");
        }
        let before = wav.push(&piece(&plain, 0)).unwrap_err().to_string();
        assert_eq!(before, "part 0 of the speech came after part 1");
        let odd = SpeechAudio::new(Base64Data::new("!"), 1);
        assert!(wav.push(&odd).unwrap_err().to_string().contains("base64"));
        wav.len_bytes = LEN_MAX - 3;
        assert!(problem(&mut wav, &plain).contains("larger than a WAV file"));
        wav.len_bytes = 4;
        assert_eq!(wav.header(), Some(FORMAT.header(4)));
    }
}
