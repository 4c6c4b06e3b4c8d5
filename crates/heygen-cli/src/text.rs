//! Text files in the encodings that editors and shells write.

/// Returns the text of a file: UTF-8, or UTF-16 as PowerShell and Notepad write it, without the
/// byte-order mark that tells them apart.
pub(crate) fn decode(bytes: Vec<u8>) -> Result<String, &'static str> {
    let text = match &bytes[..] {
        [0xFF, 0xFE, units @ ..] => utf16(units, u16::from_le_bytes)?,
        [0xFE, 0xFF, units @ ..] => utf16(units, u16::from_be_bytes)?,
        _ => String::from_utf8(bytes).map_err(|_| "is not UTF-8 text")?,
    };
    // No text that is meant here has this letter, and UTF-16 without a mark is full of it.
    if text.contains('\0') {
        return Err("has zero bytes; if it is UTF-16, save it as UTF-8");
    }
    match without_mark(&text) {
        rest if rest.len() < text.len() => Ok(rest.to_owned()),
        _ => Ok(text),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, &'static str> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
    let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
    text.ok_or("begins as UTF-16 with a byte-order mark, and is not UTF-16 to its end")
}

/// Returns a text without the byte-order mark that it may begin with, also when a program that did
/// not know the mark added another one.
pub(crate) fn without_mark(text: &str) -> &str {
    text.trim_start_matches(MARK)
}

pub(crate) const MARK: char = '\u{FEFF}';

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_every_usual_encoding() {
        let utf16 = |unit: fn(u16) -> [u8; 2]| {
            let units = "\u{FEFF}k\u{E9}y\r\n".encode_utf16();
            units.flat_map(unit).collect::<Vec<u8>>()
        };
        for bytes in [
            "k\u{E9}y\r\n".as_bytes(),
            "\u{FEFF}k\u{E9}y\r\n".as_bytes(),
            "\u{FEFF}\u{FEFF}k\u{E9}y\r\n".as_bytes(),
            &utf16(u16::to_le_bytes),
            &utf16(u16::to_be_bytes),
        ] {
            let text = decode(bytes.to_vec());
            assert_eq!(text.as_deref(), Ok("k\u{E9}y\r\n"), "{bytes:?}");
        }
        for (bytes, says) in [
            (&b"\xff\xfek"[..], "UTF-16"),
            (b"\xff\xfe\x00\xd8", "UTF-16"),
            (b"k\0e\0y\0", "UTF-16"),
            (b"\xff\xfe\0\0k\0", "zero"),
            (b"k\xe9y", "not UTF-8"),
        ] {
            let error = decode(bytes.to_vec()).unwrap_err();
            assert!(error.contains(says), "{bytes:?}: {error}");
        }
    }
}
