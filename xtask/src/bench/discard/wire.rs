use std::io::{self, Read, Write};

use super::{answer::Answer, head::Head};

/// How much is read at once: it fits the cache of a core.
const BLOCK: usize = 256 * 1024;
/// The largest head of a request.
const HEAD_MAX: usize = 64 * 1024;

/// A connection to a client. What was read too early stays in a buffer.
#[derive(Debug)]
pub(super) struct Wire<S> {
    stream: S,
    buffer: Vec<u8>,
    start: usize,
    end: usize,
}

impl<S: Read + Write> Wire<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            buffer: vec![0; BLOCK],
            start: 0,
            end: 0,
        }
    }

    /// Reads the head of the next request; none when the client has closed the connection.
    pub(super) fn read_head(&mut self) -> io::Result<Option<Head>> {
        loop {
            let unread = &self.buffer[self.start..self.end];
            if let Some(length) = unread.windows(4).position(|window| window == b"\r\n\r\n") {
                let head = std::str::from_utf8(&unread[..length])
                    .ok()
                    .and_then(Head::parse)
                    .ok_or_else(|| malformed("the head of a request"))?;
                self.start += length + 4;
                return Ok(Some(head));
            }
            if unread.len() > HEAD_MAX {
                return Err(malformed("the head of a request is too large"));
            }
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            let read = self.stream.read(&mut self.buffer[self.end..])?;
            if read == 0 {
                return Ok(None);
            }
            self.end += read;
        }
    }

    /// Reads a body that is kept.
    pub(super) fn read_body(&mut self, length: u64) -> io::Result<Vec<u8>> {
        let length = usize::try_from(length).map_err(|_| malformed("the length of a body"))?;
        let buffered = length.min(self.end - self.start);
        let mut body = self.buffer[self.start..self.start + buffered].to_vec();
        self.start += buffered;
        body.resize(length, 0);
        self.stream.read_exact(&mut body[buffered..])?;
        Ok(body)
    }

    /// Reads a body and forgets it.
    pub(super) fn discard_body(&mut self, length: u64) -> io::Result<()> {
        let buffered = (self.end - self.start) as u64;
        let mut left = length - length.min(buffered);
        self.start += length.min(buffered) as usize;
        if left == 0 {
            return Ok(());
        }
        (self.start, self.end) = (0, 0);
        while left > 0 {
            let most = left.min(BLOCK as u64) as usize;
            match self.stream.read(&mut self.buffer[..most])? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => left -= read as u64,
            }
        }
        Ok(())
    }

    /// Tells the client to send the body that it holds back.
    pub(super) fn send_continue(&mut self) -> io::Result<()> {
        self.stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")
    }

    pub(super) fn respond(&mut self, answer: &Answer) -> io::Result<()> {
        let Answer { status, body } = answer;
        let length = body.len();
        let response = format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nETag: \"0\"\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        );
        self.stream.write_all(response.as_bytes())
    }
}

fn malformed(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use std::io::{self, Read, Write};

    use super::Wire;

    /// Gives what it holds in small pieces, and takes everything.
    struct Pieces(Vec<u8>, usize);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(buffer.len());
            buffer[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    impl Write for Pieces {
        fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
            Ok(buffer.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn requests_are_told_apart_however_they_are_cut() {
        let requests = b"PUT /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhelloPOST /b HTTP/1.1\r\n\
            Content-Length: 3\r\n\r\nabcGET /c HTTP/1.1\r\n\r\n";
        for piece in 1..requests.len() {
            let mut wire = Wire::new(Pieces(requests.to_vec(), piece));
            assert_eq!(wire.read_head().unwrap().unwrap().path, "/a");
            wire.discard_body(5).unwrap();
            assert_eq!(wire.read_head().unwrap().unwrap().path, "/b");
            assert_eq!(wire.read_body(3).unwrap(), b"abc");
            assert_eq!(wire.read_head().unwrap().unwrap().path, "/c");
            assert_eq!(wire.read_head().unwrap(), None);
        }
    }

    #[test]
    fn a_body_that_ends_early_is_an_error() {
        let mut wire = Wire::new(Pieces(b"PUT /a HTTP/1.1\r\n\r\nhel".to_vec(), 100));
        wire.read_head().unwrap();
        assert!(wire.discard_body(5).is_err());
    }
}
