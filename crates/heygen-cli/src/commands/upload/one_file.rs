use std::{cell::RefCell, path::PathBuf, sync::Arc, time::Instant};

use heygen_client::{Cancellation, Client, ErrorKind, Source, Upload, WaitPolicy};

use super::{Job, Paths};
use crate::{
    config::FileSettings,
    exit::Exit,
    failure::{Failure, steps},
    progress::{Display, Watch},
    report::Uploaded,
    resources::Slots,
};

/// What the uploads of one command have in common.
pub(super) struct Command<'a> {
    pub(super) client: &'a Client,
    pub(super) display: &'a Display,
    pub(super) cancellation: &'a Cancellation,
    pub(super) slots: Arc<Slots>,
    /// Why no further file is begun, once one failed in a way in which all others would.
    pub(super) stopped: RefCell<Option<Failure>>,
}

impl Command<'_> {
    /// Uploads one file, unless there is a reason not to begin.
    pub(super) async fn carry_out(&self, job: Job) -> (Paths, Result<Uploaded, Failure>) {
        let (paths, problem) = job.item.into_file();
        loop {
            let _slot = self.slots.take().await;
            let end = match problem.clone().and_then(|()| self.may_begin()) {
                Ok(()) => self.upload(&paths.first, &job.settings).await,
                Err(failure) => Err(failure),
            };
            match end {
                // It is its turn again when others have given back what they hold.
                Err(failure) if is_shortage(&failure) && self.slots.are_shared() => {}
                Err(failure) if is_shortage(&failure) => {
                    self.stopped.replace(Some(failure.clone()));
                    return (paths, Err(failure));
                }
                end => return (paths, end),
            }
        }
    }

    async fn upload(&self, path: &PathBuf, settings: &FileSettings) -> Result<Uploaded, Failure> {
        let began = Instant::now();
        let watch = self.display.watch(path);
        watch.lower(&self.slots);
        let upload = set_up(self.client, settings, path, &watch);
        match upload.cancellation(self.cancellation).await {
            Ok(asset) => Ok(Uploaded {
                asset,
                elapsed: began.elapsed(),
                memory: watch.memory(),
                same_as: None,
            }),
            Err(error) => {
                let mut failure = Failure::of_upload(&error, watch.step());
                if error.kind() == ErrorKind::LocalResources {
                    failure.hint.push_str(", or lower -j");
                }
                if error.kind() == ErrorKind::Authentication {
                    self.stopped.replace(Some(failure.clone()));
                }
                Err(failure)
            }
        }
    }

    /// A key that was refused once is refused for every file, and hashing them all only to hear
    /// it again helps nobody. Nor does waiting a minute for each where one alone found nothing.
    fn may_begin(&self) -> Result<(), Failure> {
        if self.cancellation.is_cancelled() {
            let message = "interrupted before this file was begun; nothing was stored";
            let hint = "run the same command again";
            let mut failure = Failure::new(Exit::Interrupted, "cancelled", message, hint);
            failure.retryable = true;
            return Err(failure.at(steps::PREPARE));
        }
        let Some(mut failure) = self.stopped.borrow().clone() else {
            return Ok(());
        };
        let reason = match is_shortage(&failure) {
            true => "this machine had nothing left for another file",
            false => "the key was refused for another file",
        };
        failure.message = format!("not begun, because {reason}; nothing was sent");
        failure.causes.clear();
        failure.request_id = None;
        Err(failure.at(steps::PREPARE))
    }
}

fn is_shortage(failure: &Failure) -> bool {
    failure.code == ErrorKind::LocalResources.as_str()
}

/// Sets an upload up as the command line wants it.
pub(crate) fn set_up(
    client: &Client,
    settings: &FileSettings,
    path: &PathBuf,
    watch: &Arc<Watch>,
) -> Upload {
    let mut source = Source::path(path);
    if let Some(name) = &settings.name {
        source = source.with_name(name);
    }
    let watch = Arc::clone(watch);
    let mut upload = client
        .assets()
        .upload(source)
        .route(settings.route)
        .checksum(settings.checksum)
        .observer(move |progress: &heygen_client::Progress<'_>| watch.observe(progress));
    if let Some(media_type) = &settings.media_type {
        upload = upload.media_type(media_type.clone());
    }
    if let Some(limit) = settings.deadline {
        upload = upload.deadline(limit);
    }
    if settings.waits {
        upload = upload.wait(WaitPolicy::default());
    }
    if let Some(journal) = &settings.journal {
        upload = upload.journal(journal.clone()).fresh(settings.is_fresh);
    }
    upload
}
