/// An input in parts, written like an HTTP message: a line, headers, an empty line, a body.
///
/// Any bytes are one. Lines end with a line feed; a header line without a colon is left out.
#[derive(Debug)]
#[non_exhaustive]
pub struct Message<'a> {
    /// The first line.
    pub line: &'a [u8],
    /// The headers in order, names and values without the spaces around them.
    pub headers: Vec<(&'a [u8], &'a [u8])>,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Message<'a> {
    /// Takes bytes apart.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Self {
        let end = bytes.windows(2).position(|pair| pair == b"\n\n");
        let (head, body) = match end {
            Some(end) => (&bytes[..end], &bytes[end + 2..]),
            None => (bytes, &[][..]),
        };
        let mut lines = head.split(|byte| *byte == b'\n');
        Self {
            line: lines.next().unwrap_or_default(),
            headers: lines.filter_map(header).collect(),
            body,
        }
    }

    /// Returns the first line as text, as far as it is text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(self.line).into_owned()
    }

    /// Returns the first line as a status that an answer can have; 500 when it is none.
    #[must_use]
    pub fn status(&self) -> u16 {
        let text = std::str::from_utf8(self.line).unwrap_or_default();
        let status = text.parse().ok();
        status
            .filter(|status| (100..1000).contains(status))
            .unwrap_or(500)
    }
}

fn header(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    Some((line[..colon].trim_ascii(), line[colon + 1..].trim_ascii()))
}

#[cfg(test)]
mod tests {
    use super::Message;

    #[test]
    fn a_message_is_taken_apart() {
        let message = Message::read(b"429\nretry-after: 7\nodd\na:b:c\n\n{\n\n}");
        assert_eq!((message.line, message.status()), (&b"429"[..], 429));
        let headers: [(&[u8], &[u8]); 2] = [(b"retry-after", b"7"), (b"a", b"b:c")];
        assert_eq!(message.headers, headers);
        assert_eq!(message.body, b"{\n\n}");
    }

    #[test]
    fn any_bytes_are_a_message() {
        for bytes in [&b""[..], b"\n", b"\n\n", b"\xff\n:\n\nx", b"99"] {
            assert_eq!(Message::read(bytes).status(), 500);
        }
    }
}
