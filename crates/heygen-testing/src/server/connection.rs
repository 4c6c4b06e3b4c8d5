use std::{
    fmt,
    io::{self, Read, Write},
    net::TcpStream,
};

use super::Head;

/// One connection, in the hands of the script.
pub struct Connection {
    stream: TcpStream,
    /// What was read and not asked for yet.
    ahead: Vec<u8>,
    number: usize,
    record: Box<dyn Fn(Head) + Send>,
}

impl Connection {
    pub(super) fn new(stream: TcpStream, number: usize, record: Box<dyn Fn(Head) + Send>) -> Self {
        Self {
            stream,
            ahead: Vec::new(),
            number,
            record,
        }
    }

    /// Returns how many connections the server had before this one.
    #[must_use]
    pub fn number(&self) -> usize {
        self.number
    }

    /// Reads the head of a request.
    ///
    /// # Errors
    ///
    /// `UnexpectedEof` when the client closed the connection, or what the socket says.
    pub fn read_head(&mut self) -> io::Result<Head> {
        loop {
            if let Some(end) = self.ahead.windows(4).position(|four| four == b"\r\n\r\n") {
                let head = Head::new(self.ahead.drain(..end + 4).collect());
                (self.record)(head.clone());
                return Ok(head);
            }
            self.read_ahead()?;
        }
    }

    /// Reads a number of bytes.
    ///
    /// # Errors
    ///
    /// `UnexpectedEof` when the client closed the connection, or what the socket says.
    pub fn read_body(&mut self, len_bytes: usize) -> io::Result<Vec<u8>> {
        while self.ahead.len() < len_bytes {
            self.read_ahead()?;
        }
        Ok(self.ahead.drain(..len_bytes).collect())
    }

    /// Reads a request whole: its head, the consent to its body if it waits for one, its body.
    ///
    /// # Errors
    ///
    /// `UnexpectedEof` when the client closed the connection, or what the socket says.
    pub fn read_request(&mut self) -> io::Result<(Head, Vec<u8>)> {
        let head = self.read_head()?;
        if head.expects_continue() {
            self.consent()?;
        }
        let body = self.read_body(head.content_length())?;
        Ok((head, body))
    }

    /// Reads until the client closes the connection, and returns how many bytes came.
    pub fn read_to_close(&mut self) -> usize {
        let mut total_bytes = std::mem::take(&mut self.ahead).len();
        while self.read_ahead().is_ok() {
            total_bytes += std::mem::take(&mut self.ahead).len();
        }
        total_bytes
    }

    /// Sends `100 Continue`.
    ///
    /// # Errors
    ///
    /// What the socket says.
    pub fn consent(&mut self) -> io::Result<()> {
        self.send(b"HTTP/1.1 100 Continue\r\n\r\n")
    }

    /// Sends a response with a body.
    ///
    /// # Errors
    ///
    /// What the socket says.
    pub fn respond(&mut self, status: u16, body: &[u8]) -> io::Result<()> {
        let head = format!(
            "HTTP/1.1 {status} Said\r\ncontent-length: {}\r\n\r\n",
            body.len()
        );
        self.send(&[head.as_bytes(), body].concat())
    }

    /// Sends bytes.
    ///
    /// # Errors
    ///
    /// What the socket says.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)
    }

    fn read_ahead(&mut self) -> io::Result<()> {
        let mut block = [0; 64 * 1024];
        match self.stream.read(&mut block)? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            len => {
                self.ahead.extend_from_slice(&block[..len]);
                Ok(())
            }
        }
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Connection")
            .field("number", &self.number)
            .finish_non_exhaustive()
    }
}
