#![doc = include_str!("../README.md")]

mod blank;
mod claims;
mod database;
mod entry;
mod error;
mod journal;
mod patience;
mod place;
mod prune;
mod remembered;
mod rows;
mod schema;

pub use error::{Error, ErrorKind};
pub use journal::SqliteJournal;
pub use place::default_path;
pub use prune::Prune;
pub use remembered::{DamagedRecord, RememberedUpload, State};
