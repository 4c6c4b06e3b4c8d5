mod dry_run;
mod one_file;

use std::{cell::RefCell, path::PathBuf, rc::Rc, sync::Arc};

use futures_util::{StreamExt as _, stream};
use heygen_client::{Cancellation, Client};

pub(crate) use one_file::set_up;

use crate::{
    config::{Batch, FileSettings, Server, UploadConfig},
    console::Console,
    exit::Exit,
    failure::Failure,
    files::{self, Item},
    journal::Memory,
    progress::Display,
    report::FromMemory,
    resources::{Slots, block_on, check_room, has_room_for_signals},
    session::Session,
    signals::Interrupts,
};

/// Uploads files, or shows what would be uploaded.
pub(super) fn run(config: UploadConfig, console: Console) -> Result<Exit, Failure> {
    if config.is_dry_run {
        block_on(async { Ok(dry_run::run(config, console).await) })
    } else {
        block_on(upload(config, console))
    }
}

async fn upload(config: UploadConfig, console: Console) -> Result<Exit, Failure> {
    let is_emulated = matches!(config.connection.server, Server::Emulator);
    let session = Session::open(config.connection).await?;
    let memory = Memory::open(&config.journal, &console).await?;
    let mut settings = config.settings;
    settings.journal = memory.journal();
    let settings = Rc::new(settings);
    let items = files::collect(config.paths, config.is_recursive);
    let jobs = items.into_iter().map(|item| Job {
        item,
        settings: Rc::clone(&settings),
    });
    let display = Display::new(config.batch.progress, console, jobs.len());
    let jobs = jobs.collect();
    let ends = carry_out(jobs, &config.batch, &session.client, &display, memory).await?;
    if is_emulated && ends.contains(&Exit::Success) {
        display
            .console()
            .note("the emulator inside this command is gone now, and its assets with it");
    }
    session.close().await;
    Ok(Exit::of_files(&ends))
}

/// A file, and how it is uploaded.
pub(super) struct Job {
    pub(super) item: Item,
    pub(super) settings: Rc<FileSettings>,
}

/// Uploads files, several at once, and reports each when it has ended and all together at the end.
///
/// # Errors
///
/// When this machine has no open files for any of them. Nothing was begun.
pub(super) async fn carry_out(
    jobs: Vec<Job>,
    batch: &Batch,
    client: &Client,
    display: &Display,
    mut memory: Memory,
) -> Result<Vec<Exit>, Failure> {
    check_room()?;
    let cancellation = Cancellation::new();
    watch_interrupts(&cancellation, display.console());
    let slots = Slots::new(batch.concurrency);
    let at_once = slots.count();
    if at_once < batch.concurrency.min(jobs.len()) {
        let text = format!("{at_once} files at once, for want of more open files (ulimit -n)");
        display.console().note(&text);
    }
    let command = one_file::Command {
        client,
        display,
        cancellation: &cancellation,
        slots: Arc::new(slots),
        stopped: RefCell::new(None),
    };
    let mut ends = Vec::with_capacity(jobs.len());
    let mut reused = 0;
    let mut uploads = stream::iter(jobs)
        .map(|job| command.carry_out(job))
        .buffer_unordered(at_once);
    while let Some((Paths { first, others }, mut end)) = uploads.next().await {
        display.console().uploaded(&first, &end);
        if let Ok(uploaded) = &mut end {
            uploaded.same_as = Some(first);
        }
        for path in others {
            display.console().uploaded(&path, &end);
        }
        display.file_ended();
        let from = end.as_ref().map(|uploaded| uploaded.memory);
        reused += usize::from(from.is_ok_and(|from| from == FromMemory::Reused));
        ends.push(end.err().map_or(Exit::Success, |failure| failure.exit));
    }
    drop(uploads);
    display.clear();
    memory.tell_damage(&display.console());
    summarise(&ends, reused, display.console());
    Ok(ends)
}

/// Cancels what is under way at the first signal. The second one ends the program.
pub(crate) fn watch_interrupts(cancellation: &Cancellation, console: Console) {
    // Without it a signal ends the program at once, which is bearable.
    if !has_room_for_signals() {
        return;
    }
    let Ok(mut interrupts) = Interrupts::listen() else {
        return;
    };
    let cancellation = cancellation.clone();
    tokio::spawn(async move {
        interrupts.next().await;
        cancellation.cancel();
        console.note("interrupted, stopping; once more to stop at once");
    });
}

fn summarise(ends: &[Exit], reused: usize, console: Console) {
    if ends.len() < 2 {
        return;
    }
    let done = ends.iter().filter(|end| **end == Exit::Success).count();
    let mut text = format!("{} of {} files uploaded", done - reused, ends.len());
    if reused > 0 {
        text = format!("{text}, {reused} stored already");
    }
    console.note(&text);
}

/// The paths under which one file was given.
pub(super) struct Paths {
    pub(super) first: PathBuf,
    pub(super) others: Vec<PathBuf>,
}

impl Item {
    /// Takes the file, unless there is a reason not to.
    fn into_file(self) -> (Paths, Result<(), Failure>) {
        let paths = Paths {
            first: self.path,
            others: self.others,
        };
        (paths, self.problem.map_or(Ok(()), Err))
    }
}
