//! The commands of the API, made from the table of its operations.
//!
//! The table ([`table`]) becomes commands ([`groups`], [`verb`], [`flags`]), what was written
//! becomes a request ([`request`]), and that is carried out ([`run`]).

mod answer;
mod body;
mod confirm;
mod convert;
mod describe;
mod download;
mod examples;
mod file;
mod flags;
mod groups;
mod human;
mod local_file;
mod pages;
mod request;
mod run;
mod shape;
mod single;
mod sink;
mod speech;
mod typed;
mod unknown;
mod upload;
mod verb;
mod wait;

use clap::{ArgMatches, Command, FromArgMatches, Subcommand, error::ErrorKind};
use heygen_types::table::OperationEntry;

pub(crate) use convert::any_body;
pub(crate) use run::{check_stdin, run};
pub(crate) use unknown::in_doubt;

/// A command of the API, and what was written behind it.
#[derive(Debug)]
pub(crate) enum ApiCommand {
    /// An operation of the table.
    Operation(&'static OperationEntry, ArgMatches),
    /// `assets upload`: the one operation whose body is a file.
    Upload(single::SingleArgs),
    /// `videos download`: no operation, but what results are for.
    Download(download::DownloadArgs),
}

impl FromArgMatches for ApiCommand {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let mut words = Vec::new();
        let mut last = matches;
        while let Some((word, below)) = last.subcommand() {
            words.push(word);
            last = below;
        }
        match words[..] {
            ["videos", "download"] => {
                download::DownloadArgs::from_arg_matches(last).map(Self::Download)
            }
            ["assets", "upload"] => single::SingleArgs::from_arg_matches(last).map(Self::Upload),
            _ => groups::operation(&words)
                .map(|operation| Self::Operation(operation, last.clone()))
                .ok_or_else(|| clap::Error::new(ErrorKind::InvalidSubcommand)),
        }
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for ApiCommand {
    fn augment_subcommands(command: Command) -> Command {
        command.subcommands(groups::groups())
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        groups::is_group(name)
    }
}
