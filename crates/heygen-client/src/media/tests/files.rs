use std::path::{Path, PathBuf};

use heygen_types::MediaType;

use crate::media::{SNIFF_BYTES, detect, sniff};

/// Every media file of the tests and what it is.
pub(super) const FILES: &[(&str, &str)] = &[
    ("clip.mp4", "video/mp4"),
    ("clip.webm", "video/webm"),
    ("tone.mp3", "audio/mpeg"),
    ("tone.wav", "audio/wav"),
    ("photo.jpg", "image/jpeg"),
    ("image.png", "image/png"),
    ("report.pdf", "application/pdf"),
    ("captions.srt", "application/x-subrip"),
    ("project.zip", "application/zip"),
    ("odd/cmaf.mp4", "video/mp4"),
    ("odd/iso8.mp4", "video/mp4"),
    ("odd/android.mp4", "video/mp4"),
    ("odd/av1.mp4", "video/mp4"),
    ("odd/bare.mp3", "audio/mpeg"),
    ("odd/mpeg25.mp3", "audio/mpeg"),
    ("odd/padded.mp3", "audio/mpeg"),
    ("odd/rf64.wav", "audio/wav"),
    ("odd/marked.pdf", "application/pdf"),
    ("odd/utf16.srt", "application/x-subrip"),
    ("odd/quicktime.mov", "video/quicktime"),
    ("odd/sound.m4a", "audio/m4a"),
    ("odd/still.avif", "image/avif"),
    ("odd/matroska.mkv", "video/x-matroska"),
    ("odd/captions.vtt", "text/vtt"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/media")
}

/// Returns the bytes of a file that detection would be given.
pub(super) fn head(file: &str) -> Vec<u8> {
    let mut bytes = std::fs::read(folder().join(file)).unwrap();
    bytes.truncate(SNIFF_BYTES);
    bytes
}

#[test]
fn every_file_is_found_by_content_and_its_name_agrees() {
    for (file, expected) in FILES {
        let head = head(file);
        assert_eq!(sniff(&head), Some(MediaType::from(*expected)), "{file}");
        assert_eq!(
            detect(&head, Some(file)).contradicted_extension(),
            None,
            "{file}"
        );
    }
}

#[test]
fn every_file_of_the_folder_is_listed() {
    let own = ["README.md", "make.sh", "report.ps"];
    let mut found = Vec::new();
    for sub in ["", "odd/"] {
        for entry in std::fs::read_dir(folder().join(sub)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{sub}{}", entry.file_name().into_string().unwrap());
            if entry.file_type().unwrap().is_file() && !own.contains(&name.as_str()) {
                found.push(name);
            }
        }
    }
    let mut listed: Vec<_> = FILES.iter().map(|(file, _)| (*file).to_owned()).collect();
    found.sort();
    listed.sort();
    assert_eq!(found, listed);
}

#[test]
fn a_shorter_prefix_says_the_same_or_nothing() {
    for (file, expected) in FILES {
        let head = head(file);
        for length in 0..head.len().min(1200) {
            let found = sniff(&head[..length]);
            let right = found.is_none() || found == Some(MediaType::from(*expected));
            assert!(right, "{file}: {found:?} from {length} bytes");
        }
    }
}
