use heygen_types::MediaType;

use crate::media::{Detection, Evidence, SNIFF_BYTES, contradicts, detect};

const PNG: &[u8] = b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR";
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
fn the_extension_decides_where_the_content_may_be_what_it_says() {
    let frame = |header: [u8; 4], length| {
        let mut frame = header.to_vec();
        frame.resize(length, 0x55);
        frame
    };
    let frames = frame([0xFF, 0xFB, 0x90, 0x64], 417).repeat(3);
    let free_format = frame([0xFF, 0xFB, 0x00, 0x64], 400);
    let timing = "Title\n00:00:01,000 --> 00:00:02,000\nHello\n";
    let utf_16: Vec<u8> = timing.bytes().flat_map(|byte| [byte, 0]).collect();
    let long_box = [&b"\0\0\0\x20ftypzzzz"[..], &[0; 8180]].concat();
    for (name, content, expected) in [
        ("a.mp4", &b"\0\0\0\x10ftypzzzz\0\0\0\0"[..], MediaType::Mp4),
        ("a.M4V", b"\0\0\0\x08free\0\0\0\x08skip", MediaType::Mp4),
        ("a.mp4", b"\0\0\0\x0Cstypmsdh\0\0\0\0moof", MediaType::Mp4),
        ("a.mp3", &[b"junk", &frames[..]].concat(), MediaType::Mp3),
        ("a.mp3", &free_format, MediaType::Mp3),
        ("a.mp3", b"APETAGEX\xD0\x07\0\0", MediaType::Mp3),
        ("a.mp3", b"ID3\x09\0\0", MediaType::Mp3),
        ("a.wav", b"RIFX\0\0\0\x24WAVE", MediaType::Wav),
        ("a.pdf", b"\x1B%-12345X@PJL\n%PDF-1.7\n", MediaType::Pdf),
        ("a.srt", timing.as_bytes(), MediaType::Srt),
        ("two.parts.srt", &utf_16, MediaType::Srt),
        (
            "a.txt",
            b"nothing in particular",
            MediaType::from("text/plain"),
        ),
    ] {
        let found = detect(content, Some(name));
        assert_eq!(
            found.media_type(),
            Some(&expected),
            "{name}: {content:02x?}"
        );
        assert_eq!(found.evidence(), Some(Evidence::Extension), "{name}");
        assert_eq!(found.contradicted_extension(), None, "{name}");
        assert!(!contradicts(content, &expected), "{name}");
        // Without its name it is nothing that could be sent.
        assert_eq!(detect(content, None).media_type(), None, "{name}");
    }
    let found = detect(&long_box, Some("a.mp4"));
    assert_eq!(found.media_type(), None, "a box of no known kind follows");
}

#[test]
fn a_file_that_cannot_be_what_its_name_says_is_nothing() {
    const NAMES: [&str; 9] = [
        "a.png", "a.jpg", "a.mp4", "a.webm", "a.mp3", "a.wav", "a.pdf", "a.srt", "a.zip",
    ];
    let lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    let utf_16 = |text: &str| -> Vec<u8> {
        let text = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xFF, 0xFE].into_iter().chain(text).collect()
    };
    for (content, expected) in [
        (lfs.as_bytes().to_vec(), "a Git LFS pointer"),
        (b"{\"error\":{\"code\":1}}".to_vec(), "JSON text"),
        (b"\xEF\xBB\xBF [\n{".to_vec(), "JSON text"),
        (b"<svg xmlns=\"\">".to_vec(), "an SVG image"),
        (
            b"<?xml version=\"1.0\"?>\n<!-- <html> -->\n<!DOCTYPE svg>\n<svg:svg>".to_vec(),
            "an SVG image",
        ),
        (b"\n<!doctype HTML>\n<title>".to_vec(), "an HTML page"),
        (b"<!-- x --><Html lang=en>".to_vec(), "an HTML page"),
        (b"<?xml version=\"1.0\"?><Error><Code>".to_vec(), "XML text"),
        (
            b"{\"message\":\"no such file: %PDF-1.7 was expected\"}".to_vec(),
            "JSON text",
        ),
        (
            b"<html><p>What begins with %PDF-1.7 is a PDF.</p>".to_vec(),
            "an HTML page",
        ),
        (
            b"<?xml version=\"1.0\"?><note>%PDF-1.4</note>".to_vec(),
            "XML text",
        ),
        (b"<svg><!-- %PDF-1.4 --></svg>".to_vec(), "an SVG image"),
        (
            [lfs.as_bytes(), b"x-note %PDF-1.4\n"].concat(),
            "a Git LFS pointer",
        ),
        (
            b"<pre>\n1\n00:00:01,000 --> 00:00:02,000\nHello\n</pre>".to_vec(),
            "XML text",
        ),
        (b"Hello, world\n".to_vec(), "plain text"),
        ("Gr\u{FC}\u{DF}e".as_bytes().to_vec(), "plain text"),
        (b"Gr\xFC\xDFe".to_vec(), "plain text"),
        (utf_16("Hello, world\n"), "plain text"),
        (utf_16("{\"a\": 1}"), "JSON text"),
        (b"1\n".to_vec(), "plain text"),
        (b" \r\n".to_vec(), "white space only"),
        (vec![0; 5], "nothing but zero bytes"),
        (vec![0; SNIFF_BYTES], "nothing but zero bytes"),
        (
            b"\x89PNG\n\x1A\n\0\0\0\rIHDR".to_vec(),
            "a damaged PNG image",
        ),
        (
            b"\xEF\xBF\xBDPNG\r\n\x1A\n\0".to_vec(),
            "a damaged PNG image",
        ),
        // Headers that are cut off, and what is none.
        (b"\x89PNG\r\n\x1A".to_vec(), "a damaged PNG image"),
        (b"\xFF\xD8\xFF".to_vec(), "data of an unknown kind"),
        (b"\xFF\xD8\xFF\0\0\0".to_vec(), "data of an unknown kind"),
        (b"RIFF\x24\0\0\0".to_vec(), "data of an unknown kind"),
        (
            b"\0\0\0\x20ftypisom\0\0".to_vec(),
            "data of an unknown kind",
        ),
        (
            b"\x1A\x45\xDF\xA3\x9F\x42\x86".to_vec(),
            "data of an unknown kind",
        ),
        (b"\x01\x02\x03\x04\x05".to_vec(), "data of an unknown kind"),
        ((0..=255).collect(), "data of an unknown kind"),
    ] {
        for name in NAMES {
            let found = detect(&content, Some(name));
            let is_named = matches!(found.media_type(), None | Some(MediaType::Unknown(_)));
            assert!(is_named, "{name}: {found:?}");
            assert_eq!(found.contents(), expected, "{name}: {content:02x?}");
            let problem = found.problem();
            assert!(
                problem.ends_with(&format!("but it is {expected}")),
                "{problem}"
            );
            let named = found.extension_type().unwrap();
            assert!(problem.contains(named.as_str()), "{problem}");
            assert!(contradicts(&content, named), "{name}: {content:02x?}");
        }
    }
}

#[test]
fn what_is_refused_is_named_and_something_is_advised() {
    for (content, name, problem, hint) in [
        (GIF, "a.png", "the file is image/gif", "PNG or JPEG"),
        (
            b"RIFF\0\0\0\0AVI LIST",
            "a.avi",
            "the file is video/x-msvideo",
            "MP4",
        ),
        (
            b"fLaC\0\0\0\x22",
            "a.flac",
            "the file is audio/x-flac",
            "MP3 or WAV",
        ),
        (
            b"\x1F\x8B\x08\0\0\0",
            "a.mp4",
            "the file is application/gzip",
            "unpack",
        ),
        (
            b"Rar!\x1A\x07\x01\0",
            "a.zip",
            "the file is application/vnd.rar",
            "unpack",
        ),
        (
            b"PK\x03\x04\x14\0",
            "a.docx",
            "wordprocessingml.document",
            "PDF",
        ),
        (
            b"version https://git-lfs.github.com/spec/v1\n",
            "a",
            "the file is a Git LFS pointer",
            "git lfs pull",
        ),
        (b"<svg>", "a.svg", "the file is an SVG image", "PNG"),
        (b"<html>", "a.mp4", "but it is an HTML page", "download"),
        (b"{}", "a.json", "the file is JSON text", "download"),
        (b"a,b\n", "a.csv", "the file is text/csv", "convert"),
        (b"a,b\n", "a", "the file is plain text", "right file"),
        (
            b"\x01\x02",
            "a",
            "the type of the file is not known",
            "convert",
        ),
        (b"\x01\x02", "a.tiff", "the file is image/tiff", "PNG"),
        (b"", "a", "the type of the file is not known", "convert"),
    ] {
        let found = detect(content, Some(name));
        assert!(
            found.problem().contains(problem),
            "{name}: {}",
            found.problem()
        );
        assert!(found.hint().contains(hint), "{name}: {}", found.hint());
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
