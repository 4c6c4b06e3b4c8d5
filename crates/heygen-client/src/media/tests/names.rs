use heygen_types::MediaType;

use crate::media::{Detection, Evidence, detect};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n";
const GIF: &[u8] = b"GIF89a\x01\0\x01\0";

#[test]
fn the_content_decides_and_the_name_agrees() {
    let found = detect(PNG, Some("image.PNG"));
    assert_eq!(found.media_type(), Some(&MediaType::Png));
    assert_eq!(found.evidence(), Some(Evidence::Content));
    assert_eq!(found.extension_type(), Some(&MediaType::Png));
    assert_eq!(found.contradicted_extension(), None);
}

#[test]
fn the_content_wins_over_the_name_which_is_told() {
    let found = detect(PNG, Some("folder.mp4/image.jpg"));
    assert_eq!(found.evidence(), Some(Evidence::Content));
    assert_eq!(found.contradicted_extension(), Some(&MediaType::Jpeg));
    assert_eq!(found.into_media_type(), Some(MediaType::Png));
}

#[test]
fn an_unaccepted_type_is_named_whatever_the_name_says() {
    let found = detect(GIF, Some("image.png"));
    assert_eq!(found.media_type(), Some(&MediaType::from("image/gif")));
    assert_eq!(found.contradicted_extension(), Some(&MediaType::Png));
}

#[test]
fn the_extension_is_asked_where_the_content_says_nothing() {
    for (name, expected) in [
        ("a.png", MediaType::Png),
        ("a.JPG", MediaType::Jpeg),
        ("a.jpeg", MediaType::Jpeg),
        ("a.mp4", MediaType::Mp4),
        ("a.m4v", MediaType::Mp4),
        ("a.webm", MediaType::Webm),
        ("a.mp3", MediaType::Mp3),
        ("a.wav", MediaType::Wav),
        ("a.pdf", MediaType::Pdf),
        ("a.srt", MediaType::Srt),
        ("two.parts.zip", MediaType::Zip),
        ("a.txt", MediaType::from("text/plain")),
    ] {
        let found = detect(b"nothing in particular", Some(name));
        assert_eq!(found.media_type(), Some(&expected), "{name}");
        assert_eq!(found.evidence(), Some(Evidence::Extension), "{name}");
        assert_eq!(found.contradicted_extension(), None, "{name}");
    }
}

#[test]
fn a_name_without_a_known_extension_says_nothing() {
    for name in [
        "",
        ".",
        "..",
        ".png",
        "png",
        "a.",
        "a.unheard-of",
        "a.png/",
        "a.png/b",
        "\0",
    ] {
        let found = detect(b"", Some(name));
        let followed_a_folder = name == "a.png/";
        assert_eq!(
            found == Detection::default(),
            !followed_a_folder,
            "{name:?}"
        );
    }
    assert_eq!(detect(b"", None).media_type(), None);
    assert_eq!(detect(b"", None).evidence(), None);
    assert_eq!(detect(PNG, None).media_type(), Some(&MediaType::Png));
}

#[test]
fn two_names_of_an_unaccepted_type_are_no_contradiction() {
    let found = detect(b"fLaC\0\0\0\x22", Some("a.flac"));
    assert_eq!(found.evidence(), Some(Evidence::Content));
    assert_eq!(found.contradicted_extension(), None);
}

#[test]
fn a_format_kept_in_zip_archives_is_named_by_its_extension() {
    const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\0\0";
    for name in ["a.docx", "a.pptx", "a.odt", "a.epub", "a.jar", "a.apk"] {
        let found = detect(ZIP, Some(name));
        assert_eq!(found.media_type(), found.extension_type(), "{name}");
        assert_eq!(found.evidence(), Some(Evidence::Extension), "{name}");
        assert_eq!(found.contradicted_extension(), None, "{name}");
    }
    for name in ["a.zip", "a.txt", "a.png", "a"] {
        let found = detect(ZIP, Some(name));
        assert_eq!(found.media_type(), Some(&MediaType::Zip), "{name}");
    }
}
