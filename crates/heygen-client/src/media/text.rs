/// What a file of text is, told apart as far as that helps to find out how it came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    GitLfsPointer,
    Svg,
    Html,
    Xml,
    Json,
    Blank,
    Plain,
}

/// Recognises text in UTF-8, in UTF-16, and in the encodings of one byte that contain ASCII.
///
/// Control characters are what tells binary data from text: formats of media have some in their
/// first bytes.
pub(super) fn kind(head: &[u8]) -> Option<Text> {
    let text = as_bytes(head)?;
    let is_text = |byte: &u8| !byte.is_ascii_control() || b"\t\n\r\x08\x0C\x1B".contains(byte);
    let ascii = text.iter().filter(|byte| byte.is_ascii()).count();
    // In every language there are spaces, digits and ends of lines.
    if !text.iter().all(is_text) || ascii * 16 < text.len() {
        return None;
    }
    let text = text.trim_ascii();
    Some(if text.is_empty() {
        Text::Blank
    } else if text.starts_with(b"version https://git-lfs.github.com/spec/")
        || text.starts_with(b"version http://git-media.io/v/")
    {
        Text::GitLfsPointer
    } else if text[0] == b'<' {
        by_element(text)
    } else if is_json(text) {
        Text::Json
    } else {
        Text::Plain
    })
}

/// Takes the marks and the zero bytes out that UTF-16 puts around ASCII. `None` means that there is
/// nothing.
fn as_bytes(head: &[u8]) -> Option<Vec<u8>> {
    let every_other = |start: usize| head.iter().skip(start).step_by(2);
    let is_utf_16 = |zeros_from| head.len() > 3 && every_other(zeros_from).all(|byte| *byte == 0);
    let units = |bytes: &[u8], high: usize| -> Vec<u8> {
        // What is not ASCII is a letter of some kind.
        let fold = |pair: &[u8]| {
            if pair[high] == 0 {
                pair[1 - high]
            } else {
                b'x'
            }
        };
        bytes.chunks_exact(2).map(fold).collect()
    };
    let text = match head {
        [] => return None,
        [0xEF, 0xBB, 0xBF, rest @ ..] => rest.to_vec(),
        [0xFF, 0xFE, rest @ ..] => units(rest, 1),
        [0xFE, 0xFF, rest @ ..] => units(rest, 0),
        _ if is_utf_16(1) => units(head, 1),
        _ if is_utf_16(0) => units(head, 0),
        _ => head.to_vec(),
    };
    Some(text)
}

/// Looks for the first element behind declarations and comments.
fn by_element(mut text: &[u8]) -> Text {
    let mut is_declared = false;
    loop {
        text = text.trim_ascii_start();
        let end: &[u8] = match text {
            [b'<', b'?', ..] => b"?>",
            [b'<', b'!', b'-', b'-', ..] => b"-->",
            [b'<', b'!', ..] => b">",
            [b'<', ..] => break,
            _ => return if is_declared { Text::Xml } else { Text::Plain },
        };
        if text.len() > 9 && text[..9].eq_ignore_ascii_case(b"<!doctype") {
            let name = text[9..].trim_ascii_start();
            if name.len() >= 4 && name[..4].eq_ignore_ascii_case(b"html") {
                return Text::Html;
            }
        }
        is_declared = true;
        let Some(at) = text.windows(end.len()).position(|window| window == end) else {
            return Text::Xml;
        };
        text = &text[at + end.len()..];
    }
    let is_name = |byte: &&u8| byte.is_ascii_alphanumeric() || b":_-".contains(byte);
    let name: Vec<u8> = text[1..].iter().take_while(is_name).copied().collect();
    let name = name.to_ascii_lowercase();
    match name.rsplit(|byte| *byte == b':').next().unwrap_or(&name) {
        b"svg" => Text::Svg,
        b"html" | b"head" | b"body" | b"title" | b"script" | b"meta" | b"div" | b"p" | b"h1"
        | b"center" => Text::Html,
        b"" => Text::Plain,
        _ => Text::Xml,
    }
}

/// Tells whether a text begins as JSON does. Its end may be out of sight.
fn is_json(text: &[u8]) -> bool {
    let inner = text[1..].trim_ascii_start().first();
    match text[0] {
        b'{' => matches!(inner, None | Some(b'"' | b'}')),
        b'[' => inner.is_none_or(|byte| b"[]{\"-0123456789tfn".contains(byte)),
        _ => false,
    }
}
