use heygen_types::MediaType;

use super::{is, name};

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

#[test]
fn a_tag_is_mp3_unless_another_format_follows_it() {
    let frame = frame(FRAMES[0].0, FRAMES[0].1);
    assert!(is([id3(20), frame].concat(), &MediaType::Mp3));
    assert!(is(&id3(100)[..50], &MediaType::Mp3));
    assert_eq!(
        name([id3(5), b"fLaC".to_vec()].concat()).as_deref(),
        Some("audio/flac")
    );
    assert_eq!(
        name([id3(5), vec![0xFF, 0xF1, 0x50]].concat()).as_deref(),
        Some("audio/aac")
    );
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
