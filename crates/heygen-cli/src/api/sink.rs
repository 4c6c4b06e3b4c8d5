//! Where a download or speech goes: a file that is not there before it is whole, or a stream.
//!
//! Bytes for a stream are written on another thread: a pipe that nobody reads holds up the download
//! and not the program, which has to hear of an interrupt.

mod place;

use std::{
    fs::File,
    io::{self, Seek as _, Write as _},
    path::{Path, PathBuf},
    sync::Arc,
};

use bytes::{Buf as _, Bytes};
use tempfile::TempPath;

use crate::{
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

use place::{behind_links, give_name, is_stream, is_taken, unfinished};

pub(super) struct Sink {
    place: Place,
    written: u64,
    /// Bytes that come again and are there already.
    skip: u64,
    /// Whether the reader of a stream is gone. It has what it wants, as `head` does.
    is_closed: bool,
}

enum Place {
    File {
        /// The unfinished file. It is removed unless it becomes the finished one.
        part: TempPath,
        file: File,
        path: PathBuf,
        force: bool,
    },
    /// A device or a FIFO: what is written there is gone.
    Stream {
        file: Arc<File>,
        path: PathBuf,
    },
    Stdout,
}

/// A file, and whether its name was chosen by the user, whose links are followed then.
pub(super) struct Wanted {
    pub(super) path: PathBuf,
    pub(super) is_given: bool,
    /// What was not done when the file is refused, such as "nothing was fetched".
    pub(super) undone: &'static str,
}

/// Refuses a file that is there already. A device or a FIFO has no content to lose.
pub(super) fn check(wanted: &Wanted, force: bool) -> Result<(), Failure> {
    let path = &wanted.path;
    let folder = path.parent().filter(|path| !path.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let name = escape::name(folder.as_os_str());
        return Err(Failure::new(
            Exit::File,
            "output_failed",
            format!("the folder {name} does not exist; {}", wanted.undone),
            "create the folder, or name another one with -o",
        ));
    }
    if path.is_dir() {
        let name = escape::name(path.as_os_str());
        return Err(Failure::new(
            Exit::File,
            "output_failed",
            format!("{name} is a folder; {}", wanted.undone),
            "name a file in it",
        ));
    }
    if force || path.as_os_str() == "-" || !is_taken(path, wanted.is_given) || is_stream(path) {
        return Ok(());
    }
    Err(taken(path, wanted.undone))
}

fn taken(path: &Path, outcome: &str) -> Failure {
    let name = escape::name(path.as_os_str());
    Failure::new(
        Exit::File,
        "file_exists",
        format!("{name} is there already; {outcome}"),
        "use --force to replace it, or -o to name another file",
    )
}

impl Sink {
    /// Opens a file, or standard output for `None`.
    pub(super) async fn open(wanted: Option<Wanted>, force: bool) -> Result<Self, Failure> {
        let place = match wanted {
            None => Place::Stdout,
            Some(wanted) => {
                check(&wanted, force).map_err(|failure| failure.at(steps::REQUEST))?;
                let Wanted { path, is_given, .. } = wanted;
                if is_stream(&path) {
                    let to = path.clone();
                    // A FIFO opens when it is read, which may never happen.
                    let file = elsewhere(move || File::options().write(true).open(to)).await;
                    let file = Arc::new(file.map_err(|error| unwritable(&path, &error))?);
                    Place::Stream { file, path }
                } else {
                    let path = if is_given { behind_links(path) } else { path };
                    let part = unfinished(&path).map_err(|error| unwritable(&path, &error))?;
                    let (file, part) = part.into_parts();
                    Place::File {
                        part,
                        file,
                        path,
                        force,
                    }
                }
            }
        };
        Ok(Self {
            place,
            written: 0,
            skip: 0,
            is_closed: false,
        })
    }

    /// Returns how many bytes are there.
    pub(super) const fn written(&self) -> u64 {
        self.written
    }

    /// Returns whether nobody takes any more.
    pub(super) const fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// Prepares for bytes from a position on: the next one, or the first one again.
    pub(super) fn begin(&mut self, from: u64, is_same_version: bool) -> Result<(), Failure> {
        self.skip = 0;
        if from == self.written {
            return Ok(());
        }
        match &self.place {
            Place::File { file, path, .. } => {
                let mut file = file;
                let rewound = file.set_len(0).and_then(|()| file.rewind());
                rewound.map_err(|error| unwritable(path, &error))?;
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

    pub(super) async fn write(&mut self, mut bytes: Bytes) -> Result<(), Failure> {
        let skipped = self.skip.min(bytes.len() as u64);
        self.skip -= skipped;
        bytes.advance(usize::try_from(skipped).unwrap_or(bytes.len()));
        let len_bytes = bytes.len() as u64;
        let written = match &self.place {
            Place::File { file, .. } => (&mut &*file).write_all(&bytes),
            Place::Stream { file, .. } => {
                let file = Arc::clone(file);
                elsewhere(move || (&*file).write_all(&bytes)).await
            }
            Place::Stdout => {
                elsewhere(move || {
                    let mut stdout = io::stdout().lock();
                    stdout.write_all(&bytes).and_then(|()| stdout.flush())
                })
                .await
            }
        };
        match (written, &self.place) {
            (Ok(()), _) => self.written += len_bytes,
            (Err(error), Place::Stream { .. } | Place::Stdout)
                if error.kind() == io::ErrorKind::BrokenPipe =>
            {
                self.is_closed = true;
            }
            (Err(error), Place::File { path, .. } | Place::Stream { path, .. }) => {
                return Err(unwritable(path, &error));
            }
            (Err(error), Place::Stdout) => return Err(unwritable_stdout(&error)),
        }
        Ok(())
    }

    /// Replaces what a file begins with. What was given to a stream cannot be replaced.
    pub(super) fn replace_beginning(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let Place::File { file, path, .. } = &self.place else {
            return Ok(());
        };
        let mut file = file;
        let replaced = file.rewind().and_then(|()| file.write_all(bytes));
        replaced.map_err(|error| unwritable(path, &error))
    }

    /// Gives the file its name. Returns it, and the size, unless it went to standard output or was not
    /// wanted whole.
    pub(super) fn finish(self) -> Result<(Option<PathBuf>, u64), Failure> {
        let path = match self.place {
            Place::File {
                part,
                file,
                path,
                force,
            } => {
                drop(file);
                give_name(part, &path, force).map_err(|error| match error.kind() {
                    io::ErrorKind::AlreadyExists => {
                        let outcome = "it appeared meanwhile, so what was received was discarded";
                        taken(&path, outcome).at(steps::REQUEST)
                    }
                    _ => unwritable(&path, &error),
                })?;
                Some(path)
            }
            Place::Stream { path, .. } => (!self.is_closed).then_some(path),
            Place::Stdout => None,
        };
        Ok((path, self.written))
    }
}

/// Does something that blocks on another thread.
async fn elsewhere<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let end = tokio::task::spawn_blocking(work).await;
    end.map_err(io::Error::other).and_then(|end| end)
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

fn unwritable_stdout(error: &io::Error) -> Failure {
    Failure::new(
        Exit::File,
        "output_failed",
        "standard output could not be written",
        "check the program that reads it",
    )
    .at(steps::REQUEST)
    .caused_by(Some(error))
}
