mod page;

use std::{fs, io, path::Path};

use clap::{Command, CommandFactory as _};
use serde::Serialize;

use crate::{
    args::{Cli, OutputFormat},
    console::Console,
    escape,
    exit::Exit,
    failure::Failure,
    report::json::line,
};

#[derive(Serialize)]
struct Written<'a> {
    folder: &'a Path,
    pages: usize,
}

/// Writes the manual pages of the program and of each of its commands.
pub(super) fn run(folder: &Path, console: &Console) -> Result<Exit, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    // Names, global options and the commands that are only made when they are needed.
    command.build();
    let pages = fs::create_dir_all(folder)
        .and_then(|()| write(&command, folder))
        .map_err(|error| failure(folder, &error))?;
    let text = match console.format {
        OutputFormat::Human => format!("{pages} pages in {}\n", escape::name(folder.as_os_str())),
        OutputFormat::Json => line(&Written { folder, pages }),
    };
    console.result(text.as_bytes());
    Ok(console.exit(Exit::Success))
}

/// Writes the page of a command and those of the commands below it, and counts them.
fn write(command: &Command, folder: &Path) -> io::Result<usize> {
    let page = page::render(command)?;
    fs::write(folder.join(page.file_name), page.text)?;
    let mut pages = 1;
    for below in command
        .get_subcommands()
        .filter(|below| !below.is_hide_set())
    {
        pages += write(below, folder)?;
    }
    Ok(pages)
}

fn failure(folder: &Path, error: &io::Error) -> Failure {
    let folder = escape::name(folder.as_os_str());
    Failure::new(
        Exit::File,
        "output_failed",
        format!("the manual pages could not be written into {folder}"),
        "check the path and its permissions",
    )
    .caused_by(Some(error))
}
