use heygen_types::MediaType;

use super::{is, name};

const CUE: &str = "1\n00:00:00,000 --> 00:00:01,500\nHello\n";

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    format!("\u{FEFF}{text}")
        .encode_utf16()
        .flat_map(bytes)
        .collect()
}

#[test]
fn subtitles_are_found_in_the_forms_that_editors_write() {
    for text in [
        CUE.to_owned(),
        format!("\u{FEFF}{CUE}"),
        format!("\u{FEFF}\r\n\r\n{CUE}"),
        format!("\n\n\n{CUE}"),
        CUE.replace('\n', "\r\n"),
        CUE.replace('\n', "\r"),
        CUE.replace('\n', "\n\n"),
        CUE.replace('\n', " \n"),
        CUE.replace(',', "."),
        CUE.replace("1,500", "1,500 X1:40 X2:600 Y1:20 Y2:50"),
        CUE.replace("00:00:0", "0:0:"),
        CUE.replace("00:00:01", "100:00:01"),
        CUE.replace('1', "0"),
    ] {
        assert!(is(&text, &MediaType::Srt), "{text:?}");
    }
}

#[test]
fn subtitles_in_utf_16_are_found_by_their_mark() {
    assert!(is(utf_16(CUE, u16::to_le_bytes), &MediaType::Srt));
    assert!(is(utf_16(CUE, u16::to_be_bytes), &MediaType::Srt));
    assert!(!is(&utf_16(CUE, u16::to_le_bytes)[2..], &MediaType::Srt));
    // U+0131 has the low byte of the digit 1, but it is a letter.
    assert_eq!(
        name(utf_16(&CUE.replacen('1', "\u{131}", 1), u16::to_le_bytes)),
        None
    );
}

#[test]
fn other_text_is_not_subtitles() {
    for text in [
        "1\n",
        "1\n00:00:00,000 --> \nHello",
        "00:00:00,000 --> 00:00:01,500\nHello",
        "one\n00:00:00,000 --> 00:00:01,500\nHello",
        "1234567890\n00:00:00,000 --> 00:00:01,500\nHello",
        "1\n00:00:00,000 -> 00:00:01,500\nHello",
        "1\n00:00,000 --> 00:01,500\nHello",
        "1\n00:00:00:000 --> 00:00:01:500\nHello",
        "1\n00,00,00,000 --> 00:00:01,500\nHello",
        "1\n00:00:00,0000 --> 00:00:01,500\nHello",
        "1\n00:00:00,000 --> 00:00:01,500,2\nHello",
        "1\n00:00:00,000 --> 00:00:01,5a0\nHello",
        "1. Introduction\n",
        "",
    ] {
        assert_eq!(name(text), None, "{text:?}");
    }
}

#[test]
fn web_vtt_is_named() {
    for text in [
        "WEBVTT\n\n00:00.000 --> 00:01.500\n",
        "\u{FEFF}WEBVTT - title\n",
        "WEBVTT",
    ] {
        assert_eq!(name(text).as_deref(), Some("text/vtt"), "{text:?}");
    }
    assert_eq!(name("WEBVTTX\n"), None);
}

#[test]
fn pdf_is_found_after_marks_and_white_space() {
    for prefix in [
        &b""[..],
        b"\xEF\xBB\xBF",
        b"\xFE\xFF",
        b"\xFF\xFE",
        b"\r\n \t\0",
        b"\xEF\xBB\xBF\n",
    ] {
        assert!(
            is([prefix, b"%PDF-1.7\n"].concat(), &MediaType::Pdf),
            "{prefix:02x?}"
        );
    }
    assert!(is(
        [vec![b' '; 1019], b"%PDF-".to_vec()].concat(),
        &MediaType::Pdf
    ));
}

#[test]
fn text_about_pdf_is_not_pdf() {
    assert_eq!(name(b"Every file starts with %PDF-1.4."), None);
    assert_eq!(name(b"%PDF is a prefix"), None);
    assert_eq!(
        name([vec![b' '; 1020], b"%PDF-1.7".to_vec()].concat()),
        None
    );
}
