//! How progress is shown, for one file at a time.

mod bars;
mod json;
mod plain;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use heygen_client::{Progress, Route};
use indicatif::MultiProgress;

use crate::{config::ProgressForm, console::Console, failure::steps, report::Planned};

/// Shows the progress of all files of a command.
#[derive(Debug)]
pub(crate) struct Display {
    console: Arc<Console>,
    form: Form,
}

#[derive(Debug)]
enum Form {
    Bars(bars::Bars),
    Plain,
    Json,
    None,
}

/// Shows the progress of one file.
trait Meter: Send {
    fn show(&mut self, file: &Path, progress: &Progress<'_>, console: &Console);
}

impl Display {
    /// Prepares to show the progress of so many files.
    pub(crate) fn new(form: ProgressForm, console: Console, files: usize) -> Self {
        let multi = MultiProgress::new();
        let (form, console) = match form {
            ProgressForm::Bars => (
                Form::Bars(bars::Bars::new(multi.clone(), files)),
                console.with_bars(multi),
            ),
            ProgressForm::Plain => (Form::Plain, console),
            ProgressForm::Json => (Form::Json, console),
            ProgressForm::None => (Form::None, console),
        };
        Self {
            console: Arc::new(console),
            form,
        }
    }

    pub(crate) fn console(&self) -> &Console {
        &self.console
    }

    pub(crate) fn shared_console(&self) -> Arc<Console> {
        Arc::clone(&self.console)
    }

    /// Begins to watch a file.
    pub(crate) fn watch(&self, file: &Path) -> Arc<Watch> {
        let meter: Option<Box<dyn Meter>> = match &self.form {
            Form::Bars(bars) => Some(Box::new(bars.meter(file))),
            Form::Plain => Some(Box::new(plain::Plain::default())),
            Form::Json => Some(Box::new(json::Json::default())),
            Form::None => None,
        };
        Arc::new(Watch {
            file: file.to_owned(),
            console: Arc::clone(&self.console),
            state: Mutex::new(State {
                step: steps::PREPARE,
                planned: None,
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
    console: Arc<Console>,
    state: Mutex<State>,
}

struct State {
    step: &'static str,
    planned: Option<Planned>,
    meter: Option<Box<dyn Meter>>,
}

impl Watch {
    pub(crate) fn observe(&self, progress: &Progress<'_>) {
        let mut state = self.state();
        state.follow(progress);
        if let Progress::Planned {
            media_type,
            contradicted_name: Some(name),
            ..
        } = progress
        {
            let text = format!(
                "the name says {}, the bytes say {}; the bytes win",
                name.as_str(),
                media_type.as_str()
            );
            self.console
                .warning(&self.file, "type_contradicts_name", &text);
        }
        if let Some(meter) = &mut state.meter {
            meter.show(&self.file, progress, &self.console);
        }
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
                match route {
                    Route::Single => "single",
                    _ => "create",
                }
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
