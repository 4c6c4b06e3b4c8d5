//! Making text safe for a terminal: file names and servers say what they like.
//!
//! All output passes one function of this module per form: [`lines`] for people, [`json`] for
//! programs, [`foreign`] for what somebody else wrote. Neither loses anything: characters that are not shown appear as escapes.

use std::{borrow::Cow, ffi::OsStr, fmt::Write as _};

/// Returns a file name as people can read it. What is not UTF-8 is shown as bytes, and what would
/// move the cursor, turn the text around or not be seen as an escape.
pub(crate) fn name(name: &OsStr) -> String {
    let mut shown = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        push(&mut shown, chunk.valid(), |_| None);
        push_bytes(&mut shown, chunk.invalid());
    }
    shown
}

/// Returns a message as a terminal can take it. Line ends become spaces.
pub(crate) fn message(text: &str) -> String {
    let mut shown = String::new();
    push(&mut shown, text, |letter| match letter {
        '\n' | '\r' => Some(' '),
        _ => None,
    });
    shown
}

/// Returns text of several lines as a terminal can take it. The styles of this program are kept,
/// such as the red of `error:`.
pub(crate) fn lines(text: &[u8]) -> String {
    let mut shown = String::new();
    for chunk in text.utf8_chunks() {
        let mut rest = chunk.valid();
        while let Some(start) = rest.find(STYLE) {
            let (before, style) = rest.split_at(start);
            push(&mut shown, before, layout);
            let end = style_len(style);
            shown.push_str(&style[..end]);
            rest = &style[end..];
            if end == 0 {
                push(&mut shown, STYLE, layout);
                rest = &rest[STYLE.len()..];
            }
        }
        push(&mut shown, rest, layout);
        push_bytes(&mut shown, chunk.invalid());
    }
    shown
}

/// Returns JSON with the same content in which everything can be seen: outside of its strings JSON
/// has ASCII only, so that a letter can be replaced by its escape without looking where it stands.
pub(crate) fn json(text: &str) -> Cow<'_, str> {
    if !text.contains(|letter| needs_escape(letter) && letter != '\n') {
        return text.into();
    }
    let mut shown = String::with_capacity(text.len() + 64);
    for letter in text.chars() {
        match letter {
            '\n' => shown.push(letter),
            // Between two values, where they are as good as a space. In a string they are escaped.
            '\r' | '\t' => shown.push(' '),
            letter if needs_escape(letter) => {
                for unit in letter.encode_utf16(&mut [0; 2]) {
                    // Writing to a string never fails.
                    let _ = write!(shown, "\\u{unit:04x}");
                }
            }
            letter => shown.push(letter),
        }
    }
    shown.into()
}

/// Returns text of several lines that this program did not write. It has no styles: some of them hide
/// letters, or make them look like the program's own.
pub(crate) fn foreign(text: &[u8]) -> String {
    let mut shown = String::new();
    for chunk in text.utf8_chunks() {
        push(&mut shown, chunk.valid(), layout);
        push_bytes(&mut shown, chunk.invalid());
    }
    shown
}

fn layout(letter: char) -> Option<char> {
    matches!(letter, '\n' | '\t').then_some(letter)
}

/// Adds a text, with other letters for those that the caller knows.
fn push(shown: &mut String, text: &str, known: impl Fn(char) -> Option<char>) {
    let mut before = shown.chars().next_back().unwrap_or_default();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if let Some(other) = known(letter) {
            shown.push(other);
        } else if needs_escape(letter) && !belongs(before, letter, letters.peek()) {
            shown.extend(letter.escape_unicode_or_short());
        } else {
            shown.push(letter);
        }
        before = letter;
    }
}

fn push_bytes(shown: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Writing to a string never fails.
        let _ = write!(shown, "\\x{byte:02X}");
    }
}

trait Escape {
    fn escape_unicode_or_short(self) -> std::char::EscapeDefault;
}

impl Escape for char {
    /// Returns `\n` for a line end and `\u{1b}` for what has no short form.
    fn escape_unicode_or_short(self) -> std::char::EscapeDefault {
        self.escape_default()
    }
}

/// Returns whether an invisible letter is part of how the visible one before it is written: emoji
/// and several scripts join and vary letters with it. Between letters of ASCII it has no use.
fn belongs(before: char, letter: char, after: Option<&char>) -> bool {
    const KEYCAP: char = '\u{20E3}';
    match letter {
        '\u{FE0F}' if after == Some(&KEYCAP) => true,
        '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' => {
            !before.is_ascii() && !needs_escape(before)
        }
        _ => false,
    }
}

/// Returns whether a letter does something else than to be seen: controls (C0, C1 and DEL), changes
/// of direction, line ends that are none to most programs, and letters without any width.
const fn needs_escape(letter: char) -> bool {
    matches!(letter,
        '\0'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{AD}' | '\u{34F}' | '\u{61C}'
        | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
        | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}'
        | '\u{E0000}'..='\u{E0FFF}'
    )
}

const STYLE: &str = "\u{1b}[";

/// Returns the length of the sequence of colours at the start of a text, or 0 for any other.
fn style_len(text: &str) -> usize {
    let parameters = &text[STYLE.len()..];
    let end = parameters.find(|letter: char| !letter.is_ascii_digit() && letter != ';');
    match end {
        Some(end) if parameters[end..].starts_with('m') => STYLE.len() + end + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One letter of every kind that is not seen, or that does more than to be seen.
    const HIDDEN: &str = "\0\u{1b}\u{7f}\u{85}\u{9b}\u{ad}\u{34f}\u{61c}\u{115f}\u{180e}\u{200b}\u{200c}\
        \u{200d}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{206f}\
        \u{3164}\u{fe0f}\u{feff}\u{ffa0}\u{fff9}\u{1d173}\u{e0001}\u{e0041}\u{e01ef}";

    #[test]
    fn nothing_hides_in_any_form() {
        for letter in HIDDEN.chars() {
            let text = format!("pay{letter}pal");
            let escape = format!("pay{}pal", letter.escape_default());
            assert_eq!(name(OsStr::new(&text)), escape);
            assert_eq!(message(&text), escape);
            assert_eq!(lines(text.as_bytes()), escape);
            assert_eq!(foreign(text.as_bytes()), escape);
            let value = serde_json::to_string(&text).unwrap();
            let shown = json(&value);
            assert!(shown.is_ascii(), "{shown:?}");
            assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), text);
        }
    }

    #[test]
    fn json_keeps_every_letter() {
        let all: String = ('\0'..=char::MAX).collect();
        let shown = json(&serde_json::to_string(&all).unwrap()).into_owned();
        assert!(!shown.contains(needs_escape));
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), all);
    }

    #[test]
    fn what_is_seen_stays_as_it_is() {
        for text in [
            "Übung \"1\"; 'x' 日本語.png",
            // A family, a heart, a keycap; Persian with a joiner that separates.
            "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467} \u{2764}\u{FE0F} 5\u{FE0F}\u{20E3}",
            "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}",
        ] {
            assert_eq!(name(OsStr::new(text)), text);
            assert_eq!(message(text), text);
            assert_eq!(lines(text.as_bytes()), text);
        }
        // A joiner that joins nothing is not seen.
        assert_eq!(message("é\u{200D}\u{200D}"), "é\u{200D}\\u{200d}");
    }

    #[test]
    fn lines_and_the_styles_of_this_program_are_kept() {
        assert_eq!(message("two\nlines\u{7}"), "two lines\\u{7}");
        assert_eq!(name(OsStr::new("a\nb")), "a\\nb");
        let styled = "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m a\nb\n";
        assert_eq!(lines(styled.as_bytes()), styled);
        assert_eq!(
            foreign(styled.as_bytes()),
            "\\u{1b}[1m\\u{1b}[31merror:\\u{1b}[0m a\nb\n"
        );
        let moves = "\u{1b}[2J\u{1b}]0;t\u{7}\u{1b}[";
        assert_eq!(
            lines(moves.as_bytes()),
            "\\u{1b}[2J\\u{1b}]0;t\\u{7}\\u{1b}["
        );
        assert_eq!(lines(b"a\x9bJ\r\tb"), "a\\x9BJ\\r\tb");
        assert_eq!(json("{\r\n\t\"a\":\"é\"}\n"), "{ \n \"a\":\"é\"}\n");
    }

    #[cfg(unix)]
    #[test]
    fn bytes_outside_utf8_are_shown() {
        use std::os::unix::ffi::OsStrExt as _;
        assert_eq!(name(OsStr::from_bytes(b"a\xFFb.png")), "a\\xFFb.png");
    }
}
