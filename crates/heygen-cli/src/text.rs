//! Text files of people, whatever wrote them.

/// Returns the text of a file: UTF-8, or UTF-16 as PowerShell and Notepad write it, with or without
/// the byte-order mark that tells them apart.
pub(crate) fn decode(bytes: &[u8]) -> Result<String, &'static str> {
    let units = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().copied().map(unit).collect();
        let text = String::from_utf16(&units).ok().filter(|_| rest.is_empty());
        text.ok_or("begins as UTF-16 with a byte-order mark, and is not UTF-16 to its end")
    };
    match bytes {
        [0xFF, 0xFE, rest @ ..] => units(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => units(rest, u16::from_be_bytes),
        // No text that is meant here has this byte, and UTF-16 without a mark is full of it.
        bytes if bytes.contains(&0) => Err("is not UTF-8; save it as UTF-8 if it is UTF-16"),
        bytes => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(without_mark(text).to_owned()),
            Err(_) => Err("is not UTF-8 text"),
        },
    }
}

/// Returns a text without the byte-order mark that it may begin with.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

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
            &utf16(u16::to_le_bytes),
            &utf16(u16::to_be_bytes),
        ] {
            assert_eq!(decode(bytes).as_deref(), Ok("k\u{E9}y\r\n"), "{bytes:?}");
        }
        for (bytes, says) in [
            (&b"\xff\xfek"[..], "UTF-16"),
            (b"\xff\xfe\x00\xd8", "UTF-16"),
            (b"k\0e\0y\0", "UTF-16"),
            (b"k\xe9y", "not UTF-8"),
        ] {
            let error = decode(bytes).unwrap_err();
            assert!(error.contains(says), "{bytes:?}: {error}");
        }
    }
}
