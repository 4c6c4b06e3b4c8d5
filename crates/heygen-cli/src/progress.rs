//! How progress is shown, for one file at a time.

mod bars;
mod json;
mod plain;
mod waits;

use std::{
    error::Error as _,
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use heygen_client::{FailureKind, JournalError, Progress, RequestRetry, Route};

use crate::{
    config::ProgressForm,
    console::Console,
    escape,
    failure::steps,
    report::{FromMemory, Planned},
    resources::Slots,
};

/// Shows the progress of all files of a command.
#[derive(Debug)]
pub(crate) struct Display {
    console: Console,
    form: Form,
    warned_of_journal: Arc<AtomicBool>,
}

#[derive(Debug)]
enum Form {
    Bars(bars::Bars),
    Plain,
    Json,
    Waits,
    None,
}

/// Shows the progress of one file.
trait Meter: Send {
    fn show(&mut self, file: &Path, progress: &Progress<'_>, console: Console);
}

impl Display {
    /// Prepares to show the progress of so many files.
    pub(crate) fn new(form: ProgressForm, console: Console, files: usize) -> Self {
        let form = match form {
            ProgressForm::Bars => Form::Bars(bars::Bars::new(files)),
            ProgressForm::Plain => Form::Plain,
            ProgressForm::Json => Form::Json,
            ProgressForm::Waits => Form::Waits,
            ProgressForm::None => Form::None,
        };
        Self {
            console,
            form,
            warned_of_journal: Arc::default(),
        }
    }

    pub(crate) const fn console(&self) -> Console {
        self.console
    }

    /// Begins to watch a file.
    pub(crate) fn watch(&self, file: &Path) -> Arc<Watch> {
        let meter: Option<Box<dyn Meter>> = match &self.form {
            Form::Bars(bars) => Some(Box::new(bars.meter(file))),
            Form::Plain => Some(Box::new(plain::Plain::default())),
            Form::Json => Some(Box::new(json::Json::default())),
            Form::Waits => Some(Box::new(waits::Waits)),
            Form::None => None,
        };
        Arc::new(Watch {
            file: file.to_owned(),
            console: self.console,
            warned_of_journal: Arc::clone(&self.warned_of_journal),
            slots: OnceLock::new(),
            state: Mutex::new(State {
                step: steps::PREPARE,
                planned: None,
                memory: FromMemory::default(),
                meter,
            }),
        })
    }

    /// Counts a file as done, one way or the other.
    pub(crate) fn file_ended(&self) {
        if let Form::Bars(bars) = &self.form {
            bars.file_ended();
        }
    }

    /// Removes what is still to be seen of it.
    pub(crate) fn clear(&self) {
        if let Form::Bars(bars) = &self.form {
            bars.clear();
        }
    }
}

/// Watches the upload of one file: remembers where it is, warns, and shows progress.
pub(crate) struct Watch {
    file: PathBuf,
    console: Console,
    /// What is wrong with the journal is wrong for every file.
    warned_of_journal: Arc<AtomicBool>,
    /// Of which the upload gives one up when this machine has nothing left for it.
    slots: OnceLock<Arc<Slots>>,
    state: Mutex<State>,
}

struct State {
    step: &'static str,
    planned: Option<Planned>,
    memory: FromMemory,
    meter: Option<Box<dyn Meter>>,
}

impl Watch {
    /// Has fewer files uploaded at once when this machine has nothing left for this one.
    pub(crate) fn lower(&self, slots: &Arc<Slots>) {
        let _ = self.slots.set(Arc::clone(slots));
    }

    pub(crate) fn observe(&self, progress: &Progress<'_>) {
        let mut state = self.state();
        state.follow(progress);
        if let (true, Some(slots)) = (is_shortage(progress), self.slots.get()) {
            slots.give_up_one();
        }
        match progress {
            Progress::Planned {
                media_type,
                contradicted_name: Some(name),
                ..
            } => {
                let text = format!(
                    "the name says {}, the bytes say {}; the bytes win",
                    name.as_str(),
                    media_type.as_str()
                );
                self.console
                    .warning(Some(&self.file), "type_contradicts_name", &text);
            }
            Progress::Planned {
                media_type,
                contradicted_contents: Some(contents),
                ..
            } => self
                .console
                .type_contradicts_content(&self.file, media_type, contents),
            Progress::NotRemembered { error } => self.warn_of_journal(error),
            // A wait that nobody explains looks like a program that hangs.
            Progress::Elsewhere if state.meter.is_none() => {
                let file = escape::name(self.file.as_os_str());
                self.console.note(&format!("{file}: {ELSEWHERE}"));
            }
            _ => {}
        }
        if let Some(meter) = &mut state.meter {
            meter.show(&self.file, progress, self.console);
        }
    }

    fn warn_of_journal(&self, error: &JournalError) {
        if self.warned_of_journal.swap(true, Ordering::Relaxed) {
            return;
        }
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            text = format!("{text}: {error}");
            cause = error.source();
        }
        text.push_str("; what is uploaded now may not be remembered");
        self.console.warning(None, "journal_unusable", &text);
    }

    /// Returns what the journal did for the upload so far.
    pub(crate) fn memory(&self) -> FromMemory {
        self.state().memory
    }

    /// Returns the step that was begun last.
    pub(crate) fn step(&self) -> &'static str {
        self.state().step
    }

    /// Returns what was planned, once it was.
    pub(crate) fn planned(&self) -> Option<Planned> {
        self.state().planned.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn follow(&mut self, progress: &Progress<'_>) {
        let route = self.planned.as_ref().map(|planned| planned.route);
        self.step = match progress {
            Progress::Planned {
                media_type,
                size,
                route,
                ..
            } => {
                self.planned = Some(Planned {
                    media_type: (*media_type).clone(),
                    size: *size,
                    route: *route,
                });
                // What was begun may have been given up for this.
                self.memory = FromMemory::Nothing;
                match route {
                    Route::Single => "single",
                    _ => "create",
                }
            }
            Progress::AlreadyStored { .. } => {
                self.memory = FromMemory::Reused;
                self.step
            }
            Progress::Resumed { .. } => {
                self.memory = FromMemory::Resumed;
                self.step
            }
            Progress::Hashing { .. } => "hash",
            Progress::Sending { .. } if route == Some(Route::Single) => "single",
            Progress::Sending { .. } => "put",
            Progress::Finishing => "complete",
            Progress::Waiting => "status",
            Progress::Retrying { step, .. } => step.as_str(),
            Progress::GoingDirect => {
                if let Some(planned) = &mut self.planned {
                    planned.route = Route::Direct;
                }
                "create"
            }
            Progress::NewUrl => "create",
            _ => self.step,
        };
    }
}

impl fmt::Debug for Watch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Watch")
            .field("file", &self.file)
            .finish_non_exhaustive()
    }
}

fn is_shortage(progress: &Progress<'_>) -> bool {
    match progress {
        Progress::LocalResources { .. } => true,
        Progress::Retrying { failure, .. } => failure.kind == FailureKind::LocalResources,
        _ => false,
    }
}

/// Says that this machine has nothing left for an upload at the moment.
fn shortage(error: &dyn std::error::Error, wait: Duration) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    format!("{text}; trying again in {:.1} s", wait.as_secs_f64())
}

/// What to say while another process is at the same file.
const ELSEWHERE: &str = "another process uploads this file, waiting for it";

/// Reports that a request outside of an upload is repeated.
pub(crate) fn tell_retry(retry: &RequestRetry<'_>, console: Console) {
    if is_due() {
        let RequestRetry { failure, wait, .. } = retry;
        let text = format!("a request failed: {failure}; again in {wait:.1?}");
        console.warning(None, "retrying", &text);
    }
}

fn retrying(step: impl fmt::Display, failure: impl fmt::Display, wait: Duration) -> String {
    format!("step {step} failed: {failure}; again in {wait:.1?}")
}

/// Returns whether to report another retry: a server that is busy refuses many files at a time, and
/// a line for each would hide what else there is.
fn is_due() -> bool {
    static LAST: Mutex<Option<Instant>> = Mutex::new(None);
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    let is_due = last.is_none_or(|last| last.elapsed() >= RETRY_PAUSE);
    if is_due {
        *last = Some(Instant::now());
    }
    is_due
}

const RETRY_PAUSE: Duration = Duration::from_secs(1);

/// Says how an upload goes on that was begun before.
const fn resumed(is_stored: bool) -> &'static str {
    if is_stored {
        "was begun before, and storage has all of it: finishing"
    } else {
        "was begun before, going on"
    }
}

/// A phase in which bytes are counted, and when it was last shown.
#[derive(Debug)]
struct Phase {
    name: &'static str,
    began: Instant,
    shown: Instant,
    done: u64,
}

impl Phase {
    /// Tells whether to show a new count: the first and the last of a phase, and in between not
    /// more often than every `pause`.
    fn is_due(
        phase: &mut Option<Self>,
        name: &'static str,
        (done, total): (u64, u64),
        pause: Duration,
    ) -> bool {
        let now = Instant::now();
        match phase {
            // A count that shrinks is that of another attempt.
            Some(phase) if phase.name == name && phase.done <= done => {
                let is_new = phase.done < done;
                phase.done = done;
                let is_due = (done == total && is_new) || now - phase.shown >= pause;
                if is_due {
                    phase.shown = now;
                }
                is_due
            }
            _ => {
                *phase = Some(Self {
                    name,
                    began: now,
                    shown: now,
                    done,
                });
                true
            }
        }
    }

    /// Returns the bytes per second of the phase so far.
    fn bytes_per_second(&self) -> Option<f64> {
        let seconds = self.began.elapsed().as_secs_f64();
        (seconds > 0.1).then(|| self.done as f64 / seconds)
    }
}
