//! The format `text/event-stream`, as the HTML standard describes it, within bounds.

/// Takes a stream apart as its bytes come. Only the data of events counts: their names, ids and
/// everything else is skipped.
#[derive(Debug, Default)]
pub(super) struct Parser {
    /// What came and was not taken apart yet.
    buffer: Vec<u8>,
    /// How much of the buffer was taken apart.
    taken: usize,
    /// Up to where there is no end of a line.
    searched: usize,
    /// Whether a line feed only ends the line that a carriage return has ended already.
    skips_line_feed: bool,
    has_begun: bool,
    /// The data of the event whose lines are being read.
    data: Option<Vec<u8>>,
    /// All bytes so far.
    total: u64,
}

/// What a stream consists of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// The data of an event.
    Data(Vec<u8>),
    /// The end: the data of the last event.
    End,
}

/// A bound that a stream exceeded, in bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Excess {
    Event(usize),
    Stream(u64),
}

impl Parser {
    /// Takes more of the stream.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), Excess> {
        self.total += bytes.len() as u64;
        if self.total > STREAM_MAX {
            return Err(Excess::Stream(STREAM_MAX));
        }
        self.buffer.drain(..self.taken);
        self.searched -= self.taken;
        self.taken = 0;
        self.buffer.extend_from_slice(bytes);
        Ok(())
    }

    /// Returns the next part that is complete.
    pub(super) fn next(&mut self) -> Result<Option<Part>, Excess> {
        while let Some(line) = self.line() {
            if line.is_empty() {
                if let Some(data) = self.data.take() {
                    return Ok(Some(Part::Data(data)));
                }
                continue;
            }
            let Some(value) = data_of(&self.buffer[line]) else {
                continue;
            };
            if self.data.is_none() && value == END {
                // Nothing is waited for behind it: a server may keep the connection open.
                return Ok(Some(Part::End));
            }
            let is_first = self.data.is_none();
            let data = self.data.get_or_insert_default();
            if !is_first {
                data.push(b'\n');
            }
            data.extend_from_slice(value);
            if data.len() > EVENT_MAX {
                return Err(Excess::Event(EVENT_MAX));
            }
        }
        if self.buffer.len() - self.taken > EVENT_MAX {
            return Err(Excess::Event(EVENT_MAX));
        }
        Ok(None)
    }

    /// Returns `true` if the stream, which has no more bytes, came to its end although nothing ends
    /// the last line.
    pub(super) fn is_complete(&self) -> bool {
        self.data.is_none() && data_of(&self.buffer[self.taken..]) == Some(END)
    }

    /// Finds the next line, and takes it.
    fn line(&mut self) -> Option<std::ops::Range<usize>> {
        if !self.has_begun {
            // A mark may stand before the first line, which may not be there yet.
            let rest = &self.buffer[self.taken..];
            if rest.len() < MARK.len() && MARK.starts_with(rest) {
                return None;
            }
            self.has_begun = true;
            if rest.starts_with(MARK) {
                self.taken += MARK.len();
                self.searched = self.taken;
            }
        }
        if self.skips_line_feed && self.taken < self.buffer.len() {
            self.skips_line_feed = false;
            if self.buffer[self.taken] == b'\n' {
                self.taken += 1;
                self.searched = self.searched.max(self.taken);
            }
        }
        let rest = &self.buffer[self.searched..];
        let Some(length) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            self.searched = self.buffer.len();
            return None;
        };
        let end = self.searched + length;
        let line = self.taken..end;
        self.skips_line_feed = self.buffer[end] == b'\r';
        self.taken = end + 1;
        self.searched = self.taken;
        Some(line)
    }
}

/// Returns the value of a line that is data.
fn data_of(line: &[u8]) -> Option<&[u8]> {
    let value = line.strip_prefix(b"data")?;
    if value.is_empty() {
        return Some(value);
    }
    let value = value.strip_prefix(b":")?;
    Some(value.strip_prefix(b" ").unwrap_or(value))
}

/// The data of the event that ends a stream.
const END: &[u8] = b"[DONE]";

/// A byte-order mark.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// The largest event: two minutes of sound, while those of the API are a few seconds.
pub(super) const EVENT_MAX: usize = 16 * 1024 * 1024;

/// The largest stream: more than an hour of sound, while the longest text takes minutes.
pub(super) const STREAM_MAX: u64 = 512 * 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes a stream apart whose bytes come in pieces of a size.
    fn parts(stream: &[u8], piece: usize) -> (Vec<String>, bool) {
        let mut parser = Parser::default();
        let mut parts = Vec::new();
        for piece in stream.chunks(piece) {
            parser.push(piece).unwrap();
            while let Some(part) = parser.next().unwrap() {
                match part {
                    Part::Data(data) => parts.push(String::from_utf8(data).unwrap()),
                    Part::End => return (parts, true),
                }
            }
        }
        let is_complete = parser.is_complete();
        (parts, is_complete)
    }

    #[test]
    fn events_are_found_however_their_bytes_come_and_their_lines_end() {
        let stream = "\u{feff}: a comment\n\ndata: {\"a\":\ndata: 1}\n\nevent: x\nid: 7\nretry: 1\n\
                      data:two\n\ndata\n\ndatum: no\ndata:  three\n\ndata: [DONE]\n\ndata: late\n\n";
        let wanted = ["{\"a\":\n1}", "two", "", " three"].map(str::to_owned);
        for end in ["\n", "\r\n", "\r"] {
            let stream = stream.replace('\n', end);
            for piece in 1..stream.len() {
                let found = parts(stream.as_bytes(), piece);
                assert_eq!(found, (wanted.to_vec(), true), "{end:?} {piece}");
            }
        }
    }

    #[test]
    fn only_the_last_event_completes_a_stream() {
        for (stream, is_complete) in [
            ("data: [DONE]\n\n", true),
            ("data: [DONE]\n", true),
            ("data: [DONE]", true),
            ("data:[DONE]", true),
            ("data: [DONE", false),
            ("data: a\n\n", false),
            ("data: a\ndata: [DONE]\n\n", false),
            (": [DONE]\n\n", false),
            ("", false),
        ] {
            let (_, found) = parts(stream.as_bytes(), 3);
            assert_eq!(found, is_complete, "{stream:?}");
        }
        // The last event has no effect on one before it that is not complete.
        assert_eq!(parts(b"data: a", 7), (Vec::new(), false));
    }

    #[test]
    fn what_is_too_large_is_refused() {
        let mut parser = Parser::default();
        let line = [b"data: ".as_slice(), &vec![b'a'; EVENT_MAX], b"\n"].concat();
        parser.push(&line).unwrap();
        assert_eq!(parser.next(), Ok(None));
        parser.push(b"data: a\n").unwrap();
        assert_eq!(parser.next(), Err(Excess::Event(EVENT_MAX)));

        // A line without an end, of any kind.
        let mut parser = Parser::default();
        parser.push(&vec![b':'; EVENT_MAX]).unwrap();
        assert_eq!(parser.next(), Ok(None));
        parser.push(b"x").unwrap();
        assert_eq!(parser.next(), Err(Excess::Event(EVENT_MAX)));

        // A stream without an end, though it says nothing. Nothing of it is kept.
        let mut parser = Parser::default();
        let silence = b":\n".repeat(1 << 10);
        for _ in 0..100 {
            parser.push(&silence).unwrap();
            assert_eq!(parser.next(), Ok(None));
            assert!(parser.buffer.len() <= silence.len());
        }
        parser.total = STREAM_MAX - 1;
        parser.push(b":").unwrap();
        assert_eq!(parser.push(b":"), Err(Excess::Stream(STREAM_MAX)));
    }
}
