//! What there is at a path already, and how a file gets there.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

use tempfile::{NamedTempFile, TempPath};

/// Returns whether there is something at a path. A link that leads nowhere is nothing where links
/// are followed.
pub(super) fn is_taken(path: &Path, follows_links: bool) -> bool {
    match follows_links {
        true => path.exists(),
        false => path.symlink_metadata().is_ok(),
    }
}

/// Returns whether a path leads to a device, a FIFO or the like, which cannot be replaced.
pub(super) fn is_stream(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file() && !found.is_dir())
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

/// Creates the unfinished file in the folder of the finished one, under a random name. An existing
/// file or link of that name is never opened: it may belong to another download or another user.
pub(super) fn unfinished(path: &Path) -> io::Result<NamedTempFile> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::Builder::new();
    // A name of its own length: one derived from the target could be too long.
    file.prefix(".heygen-rs-").suffix(".part").rand_bytes(12);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any file that a program creates; the mask of the process applies.
        file.permissions(fs::Permissions::from_mode(0o666));
    }
    file.tempfile_in(folder)
}

/// Gives the finished file its name, which replaces another file only when that was asked for: one
/// may have appeared since the download started.
pub(super) fn give_name(part: TempPath, path: &Path, replaces: bool) -> io::Result<()> {
    if replaces {
        return part.persist(path).map_err(|error| error.error);
    }
    match part.persist_noclobber(path) {
        Ok(()) => Ok(()),
        Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => Err(error.error),
        // Some file systems, such as FAT, cannot rename without replacing. There the name is taken
        // first, which fails when it exists, and the file then replaces nothing but that.
        Err(error) => {
            File::create_new(path)?;
            error.path.persist(path).map_err(|error| {
                let _ = fs::remove_file(path);
                error.error
            })
        }
    }
}

/// So many links in a row are a circle, which the system refuses.
const LINKS_MAX: u32 = 40;
