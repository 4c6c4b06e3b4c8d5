use heygen_types::MediaType;

use super::{is, name};

/// The head of a ZIP archive whose first entry has this name.
fn zip(entry: &str) -> Vec<u8> {
    let length = u16::try_from(entry.len()).unwrap().to_le_bytes();
    let name = entry.as_bytes();
    [
        b"PK\x03\x04",
        &[0; 22][..],
        &length,
        &[0; 2],
        name,
        &[0; 40],
    ]
    .concat()
}

#[test]
fn images_and_archives_are_found_by_their_signature() {
    assert!(is(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", &MediaType::Png));
    assert!(is(b"\x89PNG\r\n\x1A\n\0\0\0\x04CgBI", &MediaType::Png));
    assert!(is(b"\xFF\xD8\xFF\xE0\0\x10JFIF", &MediaType::Jpeg));
    assert!(is(zip("index.html"), &MediaType::Zip));
    assert!(is(b"PK\x05\x06\0\0", &MediaType::Zip));
}

#[test]
fn unaccepted_types_are_named() {
    for (head, expected) in [
        (&b"GIF89a\x01\0\x01\0"[..], "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0", "image/bmp"),
        (b"OggS\0\x02\0\0", "audio/ogg"),
        (b"fLaC\0\0\0\x22", "audio/x-flac"),
        (b"\x1F\x8B\x08\0\0\0", "application/gzip"),
        (
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
            "application/x-ole-storage",
        ),
        (b"\0\0\0\x20moof", "none"),
        (b"\0\0\x20\0\0\0\0\x08wide\0\0\0\x08mdat", "none"),
        (b"\0\0\0\x08wide\0\0\0\x08mdat", "video/quicktime"),
        (b"<!DOCTYPE html>", "text/html"),
    ] {
        let expected = Some(expected).filter(|expected| *expected != "none");
        assert_eq!(name(head).as_deref(), expected, "{head:02x?}");
    }
}

#[test]
fn two_bytes_are_no_evidence() {
    for head in [
        "BMW and other cars",
        "BC and AD",
        "d\u{86}",
        "0\u{82}",
        "L\u{1}.",
    ] {
        assert_eq!(name(head), None, "{head:?}");
    }
    assert_eq!(name(b"\x00\x02\x00\x00uuid\0\0\0\0"), None);
    assert_eq!(name(b"\x64\x86\x00\x00"), None);
    assert_eq!(name(b"\x30\x82\x00\x00"), None);
}

#[test]
fn a_project_folder_does_not_make_an_archive_an_office_file() {
    for entry in ["word/index.html", "xl/data.csv", "ppt/logo.png"] {
        assert!(is(zip(entry), &MediaType::Zip), "{entry}");
    }
    let entries = [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/document.xml",
        "word/styles.xml",
    ];
    let office = entries.map(zip);
    let found = name(office.concat()).unwrap();
    assert!(found.ends_with("wordprocessingml.document"), "{found}");
}
