use heygen_types::MediaType;

use super::{is, name};
use crate::media::{SNIFF_BYTES, read_head, sniff};

/// A frame of `length` bytes with this header.
fn frame(header: [u8; 4], length: usize) -> Vec<u8> {
    let mut frame = header.to_vec();
    frame.resize(length, 0x55);
    frame
}

/// The headers of the six prefixes at some usual bit rate, and the frame lengths that follow.
const FRAMES: [([u8; 4], usize); 6] = [
    ([0xFF, 0xFB, 0x90, 0x64], 417),
    ([0xFF, 0xFA, 0x92, 0x64], 418),
    ([0xFF, 0xF3, 0x84, 0xC4], 192),
    ([0xFF, 0xF2, 0x80, 0xC4], 208),
    ([0xFF, 0xE3, 0x28, 0xC4], 144),
    ([0xFF, 0xE2, 0x44, 0xC4], 192),
];

fn id3(content_bytes: u8) -> Vec<u8> {
    let mut tag = b"ID3\x04\0\0\0\0\0".to_vec();
    tag.push(content_bytes);
    tag.resize(10 + usize::from(content_bytes), b'x');
    tag
}

#[test]
fn frames_of_every_version_are_mp3() {
    for (header, length) in FRAMES {
        let frame = frame(header, length);
        assert!(is(header, &MediaType::Mp3), "{header:02x?} alone");
        assert!(is(&frame, &MediaType::Mp3), "{header:02x?}, one frame");
        assert!(
            is(frame.repeat(3), &MediaType::Mp3),
            "{header:02x?}, three frames"
        );
    }
}

#[test]
fn a_stream_that_does_not_go_on_is_not_mp3() {
    for (header, length) in FRAMES {
        for wrong in [length - 1, length + 1] {
            assert_eq!(
                name(frame(header, wrong).repeat(3)),
                None,
                "{header:02x?}, {wrong}"
            );
        }
    }
    // Version and sample rate stay the same throughout a stream.
    let mixed = [
        frame(FRAMES[0].0, FRAMES[0].1),
        frame(FRAMES[2].0, FRAMES[2].1),
    ]
    .concat();
    assert_eq!(name(mixed), None);
}

#[test]
fn invalid_header_fields_are_not_mp3() {
    for header in [
        [0xFF, 0xFB, 0x00, 0x64], // Free format: the length of the frame is unknown.
        [0xFF, 0xFB, 0xF0, 0x64], // Bit rate 15.
        [0xFF, 0xFB, 0x9C, 0x64], // Sample rate 3.
        [0xFF, 0xFB, 0x90, 0x66], // Emphasis 2.
        [0xFF, 0xEB, 0x90, 0x64], // Version 1.
        [0xFF, 0xFD, 0x90, 0x64], // Layer II.
        [0xFF, 0xFF, 0x90, 0x64], // Layer I.
        [0xFF, 0xDB, 0x90, 0x64], // Ten bits of sync.
    ] {
        assert!(!is(header, &MediaType::Mp3), "{header:02x?}");
    }
}

#[test]
fn zeros_before_the_first_frame_are_skipped() {
    let frames = frame(FRAMES[0].0, FRAMES[0].1).repeat(2);
    for zeros in [1, 3, 400, 4000] {
        assert!(
            is([vec![0; zeros], frames.clone()].concat(), &MediaType::Mp3),
            "{zeros}"
        );
    }
    assert!(is([vec![0; 100], id3(20)].concat(), &MediaType::Mp3));
    assert_eq!(name([vec![0; 100], frames[..300].to_vec()].concat()), None);
    assert_eq!(name([0; 8192]), None);
}

/// What may stand behind a tag, and what the file is then.
fn tagged() -> Vec<(Vec<u8>, &'static str)> {
    let frames = frame(FRAMES[0].0, FRAMES[0].1).repeat(3);
    let wave = b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0".to_vec();
    vec![
        (frames.clone(), "audio/mpeg"),
        ([vec![0; 40], frames].concat(), "audio/mpeg"),
        (b"fLaC\0\0\0\x22".to_vec(), "audio/flac"),
        (vec![0xFF, 0xF1, 0x50, 0x80, 0x2E], "audio/aac"),
        (vec![0xFF, 0xF9, 0x50, 0x80, 0x2E], "audio/aac"),
        (wave, "audio/wav"),
        (b"OggS\0\x02\0\0".to_vec(), "audio/ogg"),
        (b"FORM\0\0\0\0AIFFCOMM".to_vec(), "audio/x-aiff"),
        (b"\0\0\0\x10ftypM4A \0\0\0\0".to_vec(), "audio/m4a"),
        // The tag was made for MP3.
        (b"something else".to_vec(), "audio/mpeg"),
    ]
}

#[test]
fn a_tag_is_mp3_unless_another_format_follows_it() {
    for (content, expected) in tagged() {
        let one = [id3(20), content.clone()].concat();
        assert_eq!(name(&one).as_deref(), Some(expected), "{content:02x?}");
        let two = [id3(5), vec![0; 7], id3(100), content.clone()].concat();
        assert_eq!(name(&two).as_deref(), Some(expected), "{content:02x?}");
    }
    assert!(is(&id3(100)[..50], &MediaType::Mp3));
}

#[test]
fn what_is_behind_tags_of_any_length_is_read() {
    let tag = |content_bytes: usize, footer: bool| {
        let size = [21, 14, 7, 0].map(|shift| (content_bytes >> shift & 0x7F) as u8);
        let flags = if footer { 0x10 } else { 0 };
        let filler = content_bytes + if footer { 10 } else { 0 };
        [&b"ID3\x04\0"[..], &[flags], &size, &vec![b'x'; filler]].concat()
    };
    let rest = vec![0x55; 20_000];
    for (content, expected) in tagged() {
        for tags in [
            vec![],
            tag(5000, false),
            tag(SNIFF_BYTES - 12, false),
            tag(SNIFF_BYTES - 10, true),
            tag(300_000, true),
            [tag(100, false), tag(60_000, false), tag(60_000, true)].concat(),
            [vec![0; 30], tag(60_000, false)].concat(),
        ] {
            let is_tagged = !tags.is_empty();
            let file = [&tags, &content[..], &rest].concat();
            let head = read_head(&file[..]).unwrap();
            assert!(head.len() < 3 * SNIFF_BYTES, "{}", head.len());
            match sniff(&head) {
                Some(found) if is_tagged => {
                    assert_eq!(found.as_str(), expected, "{} {content:02x?}", tags.len());
                }
                found => assert_eq!(found, sniff(&file), "{content:02x?}"),
            }
        }
    }
    // A file that ends in its tag, or right behind it, is read to its end.
    for length in [10, 5000, 70_000] {
        let head = read_head(&tag(60_000, false)[..length.min(60_010)]).unwrap();
        assert!(is(head, &MediaType::Mp3), "{length}");
    }
}

#[test]
fn a_read_that_is_interrupted_is_repeated() {
    struct Interrupted<'a>(&'a [u8], bool);
    impl std::io::Read for Interrupted<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
            self.1 = !self.1;
            if self.1 {
                return Err(std::io::ErrorKind::Interrupted.into());
            }
            let size = buffer.len().min(1000);
            self.0.read(&mut buffer[..size])
        }
    }
    let mut file = b"ID3\x04\0\0\0\x02\0\0".to_vec();
    file.resize(10 + 0x8000, b'x');
    file.extend(b"fLaC\0\0\0\x22");
    let head = read_head(Interrupted(&file, false)).unwrap();
    assert_eq!(name(head).as_deref(), Some("audio/flac"));
}

#[test]
fn text_that_starts_like_a_tag_is_not_mp3() {
    assert_eq!(name(b"ID3 tags are old."), None);
    assert_eq!(name(b"ID3\x04\0\0\0\0\0\x80"), None);
}

#[test]
fn wave_is_found_in_its_three_forms() {
    for container in [b"RIFF", b"RF64", b"BW64"] {
        let head = [container, &[0xFF; 4][..], b"WAVEds64"].concat();
        assert!(is(&head, &MediaType::Wav), "{container:?}");
        assert_eq!(name(&head[..11]), None);
    }
    assert_eq!(
        name(b"RIFF\0\0\0\0AVI LIST").as_deref(),
        Some("video/x-msvideo")
    );
}
