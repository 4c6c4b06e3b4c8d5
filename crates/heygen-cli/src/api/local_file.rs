//! Opening the local files of a request that are not left to an upload.

use std::{fs::File, io, path::Path};

use heygen_client::is_local_shortage;

use crate::{
    escape,
    exit::Exit,
    failure::{Failure, LOCAL_RESOURCES, steps},
};

/// Opens a file that has content, and returns its size with it. Nothing else is opened: a FIFO opens
/// only once somebody writes to it.
pub(super) fn open(path: &Path) -> Result<(File, u64), Failure> {
    let unreadable = |error| unreadable(path, &error);
    if !path.metadata().map_err(unreadable)?.is_file() {
        let hint = "write the content to a file, and name that";
        return Err(refused(
            path,
            "invalid_input",
            "this is not a regular file",
            hint,
        ));
    }
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size == 0 {
        let hint = "check that the program that writes the file has finished";
        return Err(refused(path, "invalid_input", "the file is empty", hint));
    }
    Ok((file, size))
}

/// Refuses a file before anything is sent.
pub(super) fn refused(path: &Path, code: &str, problem: &str, hint: &str) -> Failure {
    let name = escape::name(path.as_os_str());
    let message = format!("{name}: {problem}; nothing was sent");
    Failure::new(Exit::File, code, message, hint).at(steps::PREPARE)
}

/// Reports a file that cannot be read, or that this machine has nothing left to read it with.
pub(super) fn unreadable(path: &Path, error: &io::Error) -> Failure {
    let problem = "the file could not be read";
    let mut failure = if is_local_shortage(error) {
        refused(path, "local_resources", problem, LOCAL_RESOURCES)
    } else {
        let hint = "check the path and the permissions of the file";
        refused(path, "source_unreadable", problem, hint)
    };
    failure.retryable = failure.code == "local_resources";
    failure.caused_by(Some(error))
}

/// Does something that blocks on another thread: until it is done the program hears of interrupts.
pub(super) async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}
