//! The bytes below HTTP: a socket that never blocks, with or without TLS.

use std::io::{self, ErrorKind, Read, Write};

use bytes::{Bytes, BytesMut};
use heygen_transport::keep_unsent_low;
use mio::net::TcpStream;
use rustls::ClientConnection;

/// A connection, and what was read from it ahead of its use.
pub(crate) struct Wire {
    tcp: Counted,
    tls: Option<Box<ClientConnection>>,
    input: BytesMut,
    closes: bool,
}

/// What came of looking for bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    /// Some came.
    Some,
    /// None are there now.
    None,
    /// No more will come.
    End,
}

/// A socket that counts what the kernel takes and gives.
struct Counted {
    tcp: TcpStream,
    sent_bytes: u64,
    received_bytes: u64,
}

impl Wire {
    pub(crate) fn new(tcp: TcpStream) -> Self {
        keep_unsent_low(&tcp);
        Self {
            tcp: Counted {
                tcp,
                sent_bytes: 0,
                received_bytes: 0,
            },
            tls: None,
            input: BytesMut::new(),
            closes: false,
        }
    }

    pub(crate) fn tcp(&mut self) -> &mut TcpStream {
        &mut self.tcp.tcp
    }

    /// Goes on with TLS. Each call goes as far as it can without blocking, and `WouldBlock` means
    /// that it has to be called again.
    pub(crate) fn shake_hands(&mut self, tls: &mut ClientConnection) -> io::Result<()> {
        while tls.is_handshaking() {
            tls.complete_io(&mut self.tcp)?;
        }
        Ok(())
    }

    /// Speaks TLS from now on.
    pub(crate) fn secure(&mut self, tls: ClientConnection) {
        self.tls = Some(Box::new(tls));
    }

    /// Returns what was read and not used yet.
    pub(crate) fn input(&self) -> &[u8] {
        &self.input
    }

    /// Takes bytes off the front of the input.
    pub(crate) fn take(&mut self, len_bytes: usize) -> Bytes {
        self.input.split_to(len_bytes).freeze()
    }

    /// Returns `true` if there is no TLS and the server has sent nothing so far.
    pub(crate) fn is_plain_and_silent(&self) -> bool {
        self.tls.is_none() && self.tcp.received_bytes == 0
    }

    /// Returns how many bytes the kernel took, TLS included.
    pub(crate) fn sent_bytes(&self) -> u64 {
        self.tcp.sent_bytes
    }

    /// Reads once, as much as is there.
    pub(crate) fn fill(&mut self) -> io::Result<Filled> {
        let Some(tls) = &mut self.tls else {
            return append(&mut self.tcp, &mut self.input);
        };
        loop {
            match append(&mut tls.reader(), &mut self.input)? {
                Filled::None => {}
                filled => return Ok(filled),
            }
            match tls.read_tls(&mut self.tcp) {
                // Without the word of the peer that it has said all, an end is a cut.
                Ok(0) => return Err(ErrorKind::UnexpectedEof.into()),
                Ok(_) => {
                    let processed = tls.process_new_packets();
                    // Keys are renewed, and what is wrong with the peer is told to it.
                    while tls.wants_write() && tls.write_tls(&mut self.tcp).is_ok_and(|n| n > 0) {}
                    processed.map_err(io::Error::other)?;
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(Filled::None),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes as much as can be taken now; `WouldBlock` means nothing.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.flush()? {
            return Err(ErrorKind::WouldBlock.into());
        }
        match &mut self.tls {
            None => self.tcp.write(bytes),
            Some(tls) => {
                let taken = tls.writer().write(bytes)?;
                self.flush()?;
                Ok(taken)
            }
        }
    }

    /// Tells whether everything that was written is with the kernel.
    pub(crate) fn flush(&mut self) -> io::Result<bool> {
        let Some(tls) = &mut self.tls else {
            return Ok(true);
        };
        while tls.wants_write() {
            match tls.write_tls(&mut self.tcp) {
                Ok(0) => return Err(ErrorKind::WriteZero.into()),
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(false),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(true)
    }

    /// Says that no other request may go out on this connection.
    pub(crate) fn close_after_use(&mut self) {
        self.closes = true;
    }

    /// Tells whether another request may go out, and nothing is left of the last response.
    pub(crate) fn may_be_kept(&self) -> bool {
        !self.closes && self.input.is_empty()
    }

    /// Tells whether the peer has neither closed the connection nor said anything unasked.
    pub(crate) fn is_quiet(&mut self) -> bool {
        self.input.is_empty() && matches!(self.fill(), Ok(Filled::None))
    }
}

fn append(reader: &mut impl Read, input: &mut BytesMut) -> io::Result<Filled> {
    let before = input.len();
    input.resize(before + BLOCK_BYTES, 0);
    let read = loop {
        match reader.read(&mut input[before..]) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            read => break read,
        }
    };
    input.truncate(before + *read.as_ref().unwrap_or(&0));
    match read {
        Ok(0) => Ok(Filled::End),
        Ok(_) => Ok(Filled::Some),
        Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(Filled::None),
        Err(error) => Err(error),
    }
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.tcp.read(buffer)?;
        self.received_bytes += read as u64;
        Ok(read)
    }
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.tcp.write(bytes)?;
        self.sent_bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tcp.flush()
    }
}

const BLOCK_BYTES: usize = 64 * 1024;
