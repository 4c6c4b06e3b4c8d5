//! Where a download goes: a file that is not there before it is whole, or a stream.

mod place;

use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, Seek as _, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

use place::{behind_links, is_stream, open_stream};

pub(super) struct Sink {
    place: Place,
    written: u64,
    /// Bytes that come again and are there already.
    skip: u64,
}

enum Place {
    File {
        part: Part,
        file: File,
        path: PathBuf,
    },
    /// A device or a FIFO: what is written there is gone.
    Stream {
        file: File,
        path: PathBuf,
    },
    Stdout,
}

/// The unfinished file. It is removed unless it becomes the finished one.
struct Part(Option<PathBuf>);

impl Drop for Part {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // What cannot be removed stays; the download has failed, which is said.
            let _ = fs::remove_file(path);
        }
    }
}

/// Refuses a file that is there already. A device or a FIFO has no content to lose.
pub(super) fn check(path: &Path, force: bool) -> Result<(), Failure> {
    if force || path.as_os_str() == "-" || !path.exists() || is_stream(path) {
        return Ok(());
    }
    let name = escape::name(path.as_os_str());
    Err(Failure::new(
        Exit::File,
        "file_exists",
        format!("{name} is there already; nothing was fetched"),
        "use --force to replace it, or -o to name another file",
    ))
}

impl Sink {
    /// Opens a file, or standard output for `None`.
    pub(super) async fn open(path: Option<PathBuf>, force: bool) -> Result<Self, Failure> {
        let place = match path {
            None => Place::Stdout,
            Some(path) => {
                check(&path, force).map_err(|failure| failure.at(steps::REQUEST))?;
                if is_stream(&path) {
                    let file = open_stream(path.clone()).await;
                    let file = file.map_err(|error| unwritable(&path, &error))?;
                    Place::Stream { file, path }
                } else {
                    let path = behind_links(path);
                    let mut part = OsString::from(&path);
                    part.push(".part");
                    let part = PathBuf::from(part);
                    let file = File::create(&part).map_err(|error| unwritable(&part, &error))?;
                    Place::File {
                        part: Part(Some(part)),
                        file,
                        path,
                    }
                }
            }
        };
        Ok(Self {
            place,
            written: 0,
            skip: 0,
        })
    }

    /// Returns how many bytes are there.
    pub(super) const fn written(&self) -> u64 {
        self.written
    }

    /// Prepares for bytes from a position on: the next one, or the first one again.
    pub(super) fn begin(&mut self, from: u64, is_same_version: bool) -> Result<(), Failure> {
        self.skip = 0;
        if from == self.written {
            return Ok(());
        }
        match &mut self.place {
            Place::File { file, part, .. } => {
                let rewound = file.set_len(0).and_then(|()| file.rewind());
                let path = part.0.clone().unwrap_or_default();
                rewound.map_err(|error| unwritable(&path, &error))?;
                self.written = 0;
            }
            // What was given away cannot be taken back; the same bytes need not be given twice.
            Place::Stream { .. } | Place::Stdout if is_same_version => self.skip = self.written,
            Place::Stream { .. } | Place::Stdout => {
                return Err(Failure::new(
                    Exit::Api,
                    "broken_off",
                    "the download broke off, and the server cannot go on with the same file",
                    "use -o FILE, which can begin again",
                )
                .at(steps::REQUEST));
            }
        }
        Ok(())
    }

    pub(super) fn write(&mut self, mut bytes: &[u8]) -> Result<(), Failure> {
        let skipped = self.skip.min(bytes.len() as u64);
        self.skip -= skipped;
        bytes = &bytes[usize::try_from(skipped).unwrap_or(bytes.len())..];
        let written = match &mut self.place {
            Place::File { file, part, .. } => file.write_all(bytes).map_err(|error| {
                let path = part.0.clone().unwrap_or_default();
                unwritable(&path, &error)
            }),
            Place::Stream { file, path } => file
                .write_all(bytes)
                .map_err(|error| unwritable(path, &error)),
            Place::Stdout => io::stdout()
                .write_all(bytes)
                .map_err(|error| closed(&error)),
        };
        self.written += bytes.len() as u64;
        written
    }

    /// Gives the file its name. Returns it, and the size.
    pub(super) fn finish(self) -> Result<(Option<PathBuf>, u64), Failure> {
        match self.place {
            Place::File {
                mut part,
                file,
                path,
            } => {
                drop(file);
                let unfinished = part.0.take().unwrap_or_default();
                fs::rename(&unfinished, &path).map_err(|error| unwritable(&path, &error))?;
                Ok((Some(path), self.written))
            }
            Place::Stream { path, .. } => Ok((Some(path), self.written)),
            Place::Stdout => {
                io::stdout().flush().map_err(|error| closed(&error))?;
                Ok((None, self.written))
            }
        }
    }
}

fn unwritable(path: &Path, error: &io::Error) -> Failure {
    let name = escape::name(path.as_os_str());
    Failure::new(
        Exit::File,
        "output_failed",
        format!("{name} could not be written"),
        "check the folder, its permissions and the space on the disk",
    )
    .at(steps::REQUEST)
    .caused_by(Some(error))
}

fn closed(error: &io::Error) -> Failure {
    // A reader that goes away, as `head` does, has what it wants.
    let exit = match error.kind() {
        io::ErrorKind::BrokenPipe => Exit::Success,
        _ => Exit::File,
    };
    Failure::new(
        exit,
        "output_failed",
        "the download could not be written to standard output",
        "check the program that reads it",
    )
    .at(steps::REQUEST)
    .caused_by(Some(error))
}
