mod dry_run;
mod one_file;

use std::{cell::RefCell, sync::Arc};

use futures_util::{StreamExt as _, stream};
use heygen_client::Cancellation;

pub(crate) use one_file::set_up;

use super::runtime;
use crate::{
    config::{Server, UploadConfig},
    console::Console,
    exit::Exit,
    failure::Failure,
    files::{self, Item},
    progress::Display,
    session::Session,
    signals::Interrupts,
};

/// Uploads files, or shows what would be uploaded.
pub(super) fn run(config: UploadConfig, console: Console) -> Result<Exit, Failure> {
    let runtime = runtime()?;
    let end = if config.is_dry_run {
        Ok(runtime.block_on(dry_run::run(config, console)))
    } else {
        runtime.block_on(upload(config, console))
    };
    // A thread that still reads a file, perhaps from a disk that hangs, is not waited for.
    runtime.shutdown_background();
    end
}

async fn upload(config: UploadConfig, console: Console) -> Result<Exit, Failure> {
    let is_emulated = matches!(config.connection.server, Server::Emulator);
    let session = Session::open(config.connection).await?;
    let items = files::collect(config.paths, config.is_recursive);
    let display = Display::new(config.progress, console, items.len());
    let cancellation = Cancellation::new();
    watch_interrupts(&cancellation, display.shared_console());

    let command = one_file::Command {
        client: &session.client,
        settings: &config.settings,
        display: &display,
        cancellation: &cancellation,
        refused_key: RefCell::new(None),
    };
    let mut ends = Vec::with_capacity(items.len());
    let mut uploads = stream::iter(items)
        .map(|item| command.carry_out(item))
        .buffer_unordered(config.concurrency);
    while let Some((path, end)) = uploads.next().await {
        display.console().uploaded(&path, &end);
        display.file_ended();
        ends.push(end.err().map_or(Exit::Success, |failure| failure.exit));
    }
    drop(uploads);
    display.clear();
    summarise(&ends, is_emulated, display.console());
    session.close().await;
    Ok(display.console().exit(Exit::of_files(&ends)))
}

/// Cancels what is under way at the first signal, and ends the program at the second.
pub(crate) fn watch_interrupts(cancellation: &Cancellation, console: Arc<Console>) {
    // Without it a signal ends the program at once, which is bearable.
    let Ok(mut interrupts) = Interrupts::listen() else {
        return;
    };
    let cancellation = cancellation.clone();
    tokio::spawn(async move {
        interrupts.next().await;
        cancellation.cancel();
        console.note("interrupted, stopping; once more to stop at once");
        interrupts.next().await;
        std::process::exit(Exit::Interrupted as i32);
    });
}

fn summarise(ends: &[Exit], is_emulated: bool, console: &Console) {
    let uploaded = ends.iter().filter(|end| **end == Exit::Success).count();
    if ends.len() > 1 {
        console.note(&format!("{uploaded} of {} files uploaded", ends.len()));
    }
    if is_emulated && uploaded > 0 {
        console.note("the emulator inside this command is gone now, and its assets with it");
    }
}

impl Item {
    /// Takes the file, unless there is a reason not to.
    fn into_file(self) -> (std::path::PathBuf, Result<(), Failure>) {
        (self.path, self.problem.map_or(Ok(()), Err))
    }
}
