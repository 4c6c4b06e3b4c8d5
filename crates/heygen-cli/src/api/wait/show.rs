//! Telling where the jobs stand: a line that moves on a terminal, else a line for every change.

use std::thread;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::jobs::Look;
use crate::{
    api::run::Scene, args::OutputFormat, config::ProgressForm, console::Console, escape,
    output::bars, report::json::line,
};

/// Shows where the jobs stand, on standard error.
pub(super) struct Progress {
    has_bars: bool,
    console: Console,
}

impl Progress {
    pub(super) fn new(scene: &Scene) -> Self {
        Self {
            has_bars: scene.progress == ProgressForm::Bars,
            console: scene.console,
        }
    }

    /// Begins to tell of a job.
    pub(super) fn line<'a>(&self, id: &'a str) -> Line<'a> {
        let bar = self.has_bars.then(|| {
            let bar = bars().add(ProgressBar::no_length());
            bar.set_style(style());
            bar.set_prefix(escape::message(id));
            // Its thread is started with a panic where the system has none.
            if thread::Builder::new().spawn(|| ()).is_ok() {
                bar.enable_steady_tick(TICK);
            }
            bar
        });
        let line = Line {
            bar,
            console: self.console,
            id,
            word: None,
        };
        line.write(None);
        line
    }

    pub(super) fn clear(&self) {
        if self.has_bars {
            // A terminal that is gone needs no clearing.
            let _ = bars().clear();
        }
    }
}

/// What is told of one job. On a terminal it goes away with the wait.
pub(super) struct Line<'a> {
    bar: Option<ProgressBar>,
    console: Console,
    id: &'a str,
    word: Option<String>,
}

/// The wait for a job has begun, or the job has another status.
#[derive(Serialize)]
struct Waiting<'a> {
    event: &'static str,
    id: &'a str,
    /// `null` before the first look.
    status: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<u32>,
}

impl Line<'_> {
    pub(super) fn show(&mut self, look: &Look) {
        if let Some(bar) = &self.bar {
            bar.set_message(status(look));
        } else if self.word.as_deref() != Some(look.word()) {
            self.word = Some(look.word().to_owned());
            self.write(Some(look));
        }
    }

    fn write(&self, look: Option<&Look>) {
        if self.bar.is_some() {
            return;
        }
        let text = match self.console.format {
            OutputFormat::Human => {
                let status = look.map_or_else(|| "waiting".to_owned(), status);
                format!("{}: {status}\n", escape::message(self.id))
            }
            OutputFormat::Json => line(&Waiting {
                event: "waiting",
                id: self.id,
                status: look.map(Look::word),
                progress: look.and_then(Look::progress),
            }),
        };
        self.console.passing_message(&text);
    }
}

impl Drop for Line<'_> {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn status(look: &Look) -> String {
    let word = escape::message(look.word());
    match look.progress() {
        Some(percent) => format!("{word} {percent}%"),
        None => word,
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{prefix} {spinner} {msg}  {elapsed}")
        .expect("the template is valid")
}

const TICK: std::time::Duration = std::time::Duration::from_millis(120);
