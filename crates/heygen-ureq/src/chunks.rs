//! Taking the chunks of a body apart (RFC 9112, section 7.1).

/// Where in the chunks the input stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// At the line with the size of the next chunk.
    Size,
    /// Within a chunk, so many bytes before its end.
    Data(u64),
    /// At the line end after a chunk.
    DataEnd,
    /// After the last chunk: trailers, up to an empty line. So many bytes of them so far.
    Trailers(usize),
    Done,
}

/// Chunks that are read piece by piece.
#[derive(Debug)]
pub(crate) struct Chunks(State);

/// What is next in the input.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// So many bytes of the body.
    Data(usize),
    /// So many bytes of framing.
    Framing(usize),
    /// More input is needed.
    Unfinished,
    /// The body is at its end.
    End,
}

impl Default for Chunks {
    fn default() -> Self {
        Self(State::Size)
    }
}

impl Chunks {
    /// Looks at the front of the input, all of which up to the result is taken then.
    pub(crate) fn next(&mut self, input: &[u8]) -> Result<Piece, &'static str> {
        match self.0 {
            State::Done => Ok(Piece::End),
            State::Data(_) if input.is_empty() => Ok(Piece::Unfinished),
            State::Data(left) => {
                let len = usize::try_from(left).map_or(input.len(), |left| left.min(input.len()));
                let left = left - len as u64;
                self.0 = if left == 0 {
                    State::DataEnd
                } else {
                    State::Data(left)
                };
                Ok(Piece::Data(len))
            }
            State::Size | State::DataEnd | State::Trailers(_) => {
                let Some(end) = input.iter().position(|byte| *byte == b'\n') else {
                    return if input.len() > MAX_LINE_BYTES {
                        Err("a line between the chunks of the response has no end")
                    } else {
                        Ok(Piece::Unfinished)
                    };
                };
                let line = input[..end].strip_suffix(b"\r").unwrap_or(&input[..end]);
                self.0 = self.after(line)?;
                Ok(Piece::Framing(end + 1))
            }
        }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.0 == State::Done
    }

    fn after(&self, line: &[u8]) -> Result<State, &'static str> {
        match self.0 {
            State::DataEnd if line.is_empty() => Ok(State::Size),
            State::DataEnd => Err("a chunk of the response is longer than it says"),
            State::Trailers(_) if line.is_empty() => Ok(State::Done),
            State::Trailers(len_bytes) if len_bytes + line.len() > MAX_TRAILERS_BYTES => {
                Err("the trailers of the response have no end")
            }
            State::Trailers(len_bytes) => Ok(State::Trailers(len_bytes + line.len() + 1)),
            _ => {
                let size = line.split(|byte| *byte == b';').next().unwrap_or_default();
                match hexadecimal(size.trim_ascii()) {
                    Some(0) => Ok(State::Trailers(0)),
                    Some(size) => Ok(State::Data(size)),
                    None => Err("a chunk of the response has no usable size"),
                }
            }
        }
    }
}

fn hexadecimal(digits: &[u8]) -> Option<u64> {
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit);
    let text = std::str::from_utf8(digits).ok().filter(|_| is_number)?;
    u64::from_str_radix(text, 16).ok()
}

const MAX_LINE_BYTES: usize = 8 * 1024;
const MAX_TRAILERS_BYTES: usize = 16 * 1024;

#[cfg(test)]
mod tests {
    use super::*;

    /// Takes chunks apart whose input comes in steps of so many bytes.
    fn joined(input: &[u8], step: usize) -> Result<Vec<u8>, &'static str> {
        let (mut chunks, mut body, mut from, mut to) = (Chunks::default(), Vec::new(), 0, 0);
        loop {
            match chunks.next(&input[from..to])? {
                Piece::Data(len) => {
                    body.extend_from_slice(&input[from..from + len]);
                    from += len;
                }
                Piece::Framing(len) => from += len,
                Piece::Unfinished if to == input.len() => return Err("unfinished"),
                Piece::Unfinished => to = input.len().min(to + step),
                Piece::End => return Ok(body),
            }
        }
    }

    #[test]
    fn chunks_are_joined_however_they_arrive() {
        let input = b"5\r\nhello\r\n00a;x=\"1\"\r\n, \n\r\nthere\r\n0\r\nx-more: 1\r\n\r\n";
        for step in 1..=input.len() {
            assert_eq!(joined(input, step), Ok(b"hello, \n\r\nthere".to_vec()));
        }
    }

    #[test]
    fn nonsense_and_cuts_are_errors() {
        for input in [
            "",
            "5\r\nhel",
            "5\r\nhello\r\n",
            "5\r\nhello\r\n0\r\n",
            "five\r\n",
            "-1\r\n",
            "+5\r\nhello\r\n0\r\n\r\n",
            "\r\n\r\n",
            "3\r\nhello\r\n0\r\n\r\n",
            "11111111111111111\r\n",
        ] {
            assert!(joined(input.as_bytes(), 4).is_err(), "{input:?}");
        }
        assert!(joined(&[b'1'; 10_000], 100).is_err());
        let trailers = format!("0\r\n{}\r\n", "a:\r\n".repeat(10_000));
        assert!(joined(trailers.as_bytes(), 100).is_err());
    }
}
