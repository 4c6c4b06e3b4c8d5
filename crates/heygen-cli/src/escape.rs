//! Making text safe for a terminal: file names and servers say what they like.

use std::{ffi::OsStr, fmt::Write as _};

/// Returns a file name as people can read it. What is not UTF-8 is shown as bytes, and what would
/// move the cursor or turn the text around as an escape.
pub(crate) fn name(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        push(&mut shown, chunk.valid(), false);
        for byte in chunk.invalid() {
            // Writing to a string never fails.
            let _ = write!(shown, "\\x{byte:02X}");
        }
    }
    shown
}

/// Returns a message as a terminal can take it. Line ends become spaces.
pub(crate) fn message(text: &str) -> String {
    let mut shown = String::new();
    push(&mut shown, text, true);
    shown
}

fn push(shown: &mut String, text: &str, folds_lines: bool) {
    for letter in text.chars() {
        if folds_lines && matches!(letter, '\n' | '\r') {
            shown.push(' ');
        } else if letter.is_control() || turns_text_around(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
}

/// Tells whether a letter changes the direction of the text around it.
const fn turns_text_around(letter: char) -> bool {
    matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_letters_and_lose_controls() {
        for (given, shown) in [
            ("Übung \"1\"; 'x'.png", "Übung \"1\"; 'x'.png"),
            ("a\nb\u{1b}[31m.png", "a\\nb\\u{1b}[31m.png"),
            ("gnp.\u{202E}exe", "gnp.\\u{202e}exe"),
        ] {
            assert_eq!(name(OsStr::new(given)), shown);
        }
        assert_eq!(message("two\nlines\u{7}"), "two lines\\u{7}");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_outside_utf8_are_shown() {
        use std::os::unix::ffi::OsStrExt as _;
        assert_eq!(name(OsStr::from_bytes(b"a\xFFb.png")), "a\\xFFb.png");
    }
}
