//! Taking presigned URLs out of a file that SQLite cannot read any more.
//!
//! What is taken out cannot be told exactly in a damaged file, so more goes than has to: whole pages
//! that only long values have, which is where a checkpoint with a URL lies, and every piece of text
//! that looks as if it had a signature, wherever it is.

use std::{
    fs::File,
    io::{self, Read as _, Seek as _, SeekFrom, Write as _},
    path::Path,
};

use crate::{
    place::{open, private},
    rows::PAGE_BYTES,
};

/// Blanks a database.
pub(crate) fn database(path: &Path) -> io::Result<()> {
    blank(path, 0, 0)
}

/// Blanks the log of a database: its head, and then pages with a head each.
pub(crate) fn log(path: &Path) -> io::Result<()> {
    blank(path, 32, 24)
}

fn blank(path: &Path, head_bytes: u64, page_head_bytes: usize) -> io::Result<()> {
    let mut file = open(private().read(true).write(true), path)?;
    let mut pages = Chunks::new(&mut file, head_bytes, page_head_bytes + PAGE_BYTES);
    while let Some(chunk) = pages.next()? {
        let page = chunk.get_mut(page_head_bytes..).unwrap_or_default();
        if is_overflow(page) {
            page.fill(0);
        }
        pages.put_back()?;
    }
    // The pages may have been moved, or be of another size.
    let mut is_secret = false;
    let mut chunks = Chunks::new(&mut file, 0, 1 << 20);
    while let Some(chunk) = chunks.next()? {
        blank_texts(chunk, &mut is_secret);
        chunks.put_back()?;
    }
    file.sync_all()
}

/// Returns `true` if a page continues a value that is too long for the page of its row. It begins
/// with the number of the next one, and pages of rows and indexes begin with their kind.
fn is_overflow(page: &[u8]) -> bool {
    page.first() == Some(&0)
        && page
            .windows(4)
            .any(|four| four.iter().copied().all(is_text))
}

/// Blanks every text that looks as if it had a signature. `is_secret` tells whether one reaches to
/// the end of the chunk, and is for the next chunk.
fn blank_texts(chunk: &mut [u8], is_secret: &mut bool) {
    let mut continues = std::mem::take(is_secret);
    let mut at = 0;
    while at < chunk.len() {
        let text = chunk[at..]
            .iter()
            .take_while(|byte| is_text(**byte))
            .count();
        let run = &mut chunk[at..at + text];
        if text > 0 && (continues || has_signature(run)) {
            run.fill(b'*');
            *is_secret = at + text == chunk.len();
        }
        continues = false;
        at += text.max(1);
    }
}

fn has_signature(text: &[u8]) -> bool {
    let has = |word: &str| {
        let mut windows = text.windows(word.len());
        windows.any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
    };
    has("://") && text.contains(&b'?') || SIGNS.iter().any(|sign| has(sign))
}

const SIGNS: &[&str] = &[
    "x-amz-",
    "x-goog-",
    "signature",
    "credential",
    "sig=",
    "token=",
];

const fn is_text(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// A file piece by piece, each to be changed where it is.
struct Chunks<'a> {
    file: &'a mut File,
    at: u64,
    buffer: Vec<u8>,
    size: usize,
}

impl<'a> Chunks<'a> {
    const fn new(file: &'a mut File, at: u64, size: usize) -> Self {
        Self {
            file,
            at,
            buffer: Vec::new(),
            size,
        }
    }

    fn next(&mut self) -> io::Result<Option<&mut [u8]>> {
        self.buffer.clear();
        self.file.seek(SeekFrom::Start(self.at))?;
        let mut piece = (&mut *self.file).take(self.size as u64);
        piece.read_to_end(&mut self.buffer)?;
        Ok((!self.buffer.is_empty()).then_some(&mut self.buffer[..]))
    }

    fn put_back(&mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.at))?;
        self.file.write_all(&self.buffer)?;
        self.at += self.buffer.len() as u64;
        Ok(())
    }
}
