//! The commands of the API.

mod answers;
mod bad_input;
mod bodies;
mod deletes;
mod download;
mod emulated;
mod files;
mod pages;
mod raw;
mod schemas;
mod speech;
mod waiting;
