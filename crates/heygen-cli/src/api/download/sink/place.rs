//! What there is at a path already.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// Tells whether a path leads to a device, a FIFO or the like, which cannot be replaced.
pub(super) fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
}

/// Opens a device or a FIFO. A FIFO opens when somebody reads it, which nobody may ever do: the
/// program has to hear of an interrupt meanwhile.
pub(super) async fn open_stream(path: PathBuf) -> io::Result<File> {
    let open = move || File::options().write(true).open(path);
    match tokio::task::spawn_blocking(open).await {
        Ok(opened) => opened,
        Err(error) => Err(io::Error::other(error)),
    }
}

/// Returns the file that a link leads to, even when it is not there yet: the link is kept.
pub(super) fn behind_links(mut path: PathBuf) -> PathBuf {
    for _ in 0..LINKS_MAX {
        let Ok(target) = fs::read_link(&path) else {
            break;
        };
        // A target that is not absolute counts from the folder of the link.
        path = match path.parent() {
            Some(folder) => folder.join(target),
            None => target,
        };
    }
    path
}

/// So many links in a row are a circle, which the system refuses.
const LINKS_MAX: u32 = 40;
