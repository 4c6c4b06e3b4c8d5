//! Which files the paths on the command line stand for.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
};

use heygen_client::{FileIdentity, Source};
use walkdir::{DirEntry, WalkDir};

use crate::{
    exit::Exit,
    failure::{Failure, steps},
};

/// One thing to upload, or the reason why it cannot be.
#[derive(Debug)]
pub(crate) struct Item {
    pub(crate) path: PathBuf,
    /// Further paths to the same file, as they were given.
    pub(crate) others: Vec<PathBuf>,
    pub(crate) problem: Option<Failure>,
}

/// Returns every file once, in the order of the paths; within a folder sorted by name. A file to
/// which several paths lead is one item.
///
/// In folders hidden files are left out, links are followed, and a link that leads back to a
/// folder above it ends there.
pub(crate) fn collect(paths: Vec<PathBuf>, is_recursive: bool) -> Vec<Item> {
    let mut items = Vec::new();
    for path in paths {
        if is_url(&path) {
            let failure = Failure::usage(
                "this is a URL, and local files are uploaded; nothing was sent",
                "give the URL to the command that uses the file, as in video-agents create --file URL",
            );
            items.push(Item::refused(path, failure.at(steps::PREPARE)));
            continue;
        }
        if path.as_os_str() == "-" {
            let failure = Failure::usage(
                "standard input cannot be uploaded, because an upload states its size first; \
                 nothing was sent",
                "write it to a file and name that; ./- is a file of this name",
            );
            items.push(Item::refused(path, failure.at(steps::PREPARE)));
            continue;
        }
        // Whatever else is wrong with a path is found out, and said, when it is uploaded.
        if !path.is_dir() {
            items.push(Item::file(path));
        } else if is_recursive {
            walk(&path, &mut items);
        } else {
            let failure = problem(
                "is_a_directory",
                "this is a folder; nothing was sent",
                "name its files, or use --recursive",
            );
            items.push(Item::refused(path, failure));
        }
    }
    let mut seen = HashSet::new();
    items.retain(|item| seen.insert(item.path.clone()));
    drop(seen);
    merge(items)
}

/// Makes one item of those that are one file under several paths.
fn merge(items: Vec<Item>) -> Vec<Item> {
    if items.len() < 2 {
        return items;
    }
    let mut known = KnownFiles::default();
    let mut merged: Vec<Item> = Vec::with_capacity(items.len());
    for item in items {
        let number = match item.problem {
            None => known.number(&item.path, merged.len()),
            Some(_) => merged.len(),
        };
        match merged.get_mut(number) {
            Some(first) => first.others.push(item.path),
            None => merged.push(item),
        }
    }
    merged
}

/// The files that were met, to tell a new one from a known one under another path.
#[derive(Debug, Default)]
pub(crate) struct KnownFiles(HashMap<FileIdentity, usize>);

impl KnownFiles {
    /// Returns the number of the file at a path, which is `new` when it was not met before.
    pub(crate) fn number(&mut self, path: &Path, new: usize) -> usize {
        match Source::path(path).identity() {
            Ok(Some(identity)) => *self.0.entry(identity).or_insert(new),
            // What is wrong with it is found out, and said, when it is uploaded.
            _ => new,
        }
    }
}

fn walk(folder: &Path, items: &mut Vec<Item>) {
    let before = items.len();
    let entries = WalkDir::new(folder)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry));
    for entry in entries {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) => items.push(Item::file(entry.into_path())),
            // The files of a loop are reached by the way without it.
            Err(error) if error.loop_ancestor().is_some() => {}
            Err(error) => {
                let path = error.path().unwrap_or(folder).to_owned();
                let failure = problem(
                    "source_unreadable",
                    "this could not be read; nothing was sent",
                    "check that it exists and its permissions",
                );
                let cause = error.io_error().map(|cause| cause as _);
                items.push(Item::refused(path, failure.caused_by(cause)));
            }
        }
    }
    if items.len() == before {
        let failure = problem(
            "no_files",
            "there is no file in this folder; nothing was sent",
            "check the path; hidden files are not taken from folders",
        );
        items.push(Item::refused(folder.to_owned(), failure));
    }
}

/// Tells whether a path is rather the URL of a file. `./` before it makes it a path.
fn is_url(path: &Path) -> bool {
    let head = path.to_str().and_then(|path| path.get(..8));
    head.is_some_and(|head| {
        let head = head.to_ascii_lowercase();
        head.starts_with("https://") || head.starts_with("http://")
    })
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

fn problem(code: &str, message: &str, hint: &str) -> Failure {
    Failure::new(Exit::File, code, message, hint).at(steps::PREPARE)
}

impl Item {
    pub(crate) const fn file(path: PathBuf) -> Self {
        Self {
            path,
            others: Vec::new(),
            problem: None,
        }
    }

    pub(crate) const fn refused(path: PathBuf, problem: Failure) -> Self {
        Self {
            path,
            others: Vec::new(),
            problem: Some(problem),
        }
    }
}
