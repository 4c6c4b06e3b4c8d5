mod page;

use std::{borrow::Cow, fs, io, io::Write as _, path::Path};

use clap::{Command, CommandFactory as _};
use serde::Serialize;

use crate::{
    args::{Cli, OutputFormat},
    console::Console,
    escape,
    exit::Exit,
    failure::Failure,
    report::json::{line, path_text},
};

#[derive(Serialize)]
struct Written<'a> {
    folder: Cow<'a, str>,
    pages: usize,
}

/// Writes the manual pages of the program and of each of its commands.
pub(super) fn run(folder: &Path, console: Console) -> Result<Exit, Failure> {
    let mut command = Cli::command().disable_help_subcommand(true);
    // Names, global options and the commands that are only made when they are needed.
    command.build();
    let pages = fs::create_dir_all(folder)
        .and_then(|()| write(&command, folder))
        .map_err(|error| failure(folder, &error))?;
    let text = match console.format {
        OutputFormat::Human => format!("{pages} pages in {}\n", escape::name(folder.as_os_str())),
        OutputFormat::Json => line(&Written {
            folder: path_text(folder),
            pages,
        }),
    };
    console.result(&text);
    Ok(Exit::Success)
}

/// Writes the page of a command and those of the commands below it, and counts them.
fn write(command: &Command, folder: &Path) -> io::Result<usize> {
    let page = page::render(command)?;
    // Written beside and renamed: a link of that name is replaced and not followed.
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        file.permissions(fs::Permissions::from_mode(0o644));
    }
    let mut file = file.tempfile_in(folder)?;
    file.write_all(&page.text)?;
    file.persist(folder.join(page.file_name))?;
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
