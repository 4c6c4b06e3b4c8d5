use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::jobs::Look;
use crate::{config::ProgressForm, escape};

/// Shows where the jobs stand, to those who look at a terminal.
pub(super) struct Progress {
    multi: Option<MultiProgress>,
}

impl Progress {
    pub(super) fn new(form: ProgressForm) -> Self {
        Self {
            multi: (form == ProgressForm::Bars).then(MultiProgress::new),
        }
    }

    /// Begins the line of a job.
    pub(super) fn line(&self, id: &str) -> Line {
        let bar = self.multi.as_ref().map(|multi| {
            let bar = multi.add(ProgressBar::no_length());
            bar.set_style(style());
            bar.set_prefix(escape::message(id));
            bar.enable_steady_tick(TICK);
            bar
        });
        Line(bar)
    }

    /// Writes something past the lines.
    pub(super) fn past(&self, write: impl FnOnce()) {
        match &self.multi {
            Some(multi) => multi.suspend(write),
            None => write(),
        }
    }

    pub(super) fn clear(&self) {
        if let Some(multi) = &self.multi {
            // A terminal that is gone needs no clearing.
            let _ = multi.clear();
        }
    }
}

/// The line of one job. It goes away with it.
pub(super) struct Line(Option<ProgressBar>);

impl Line {
    pub(super) fn show(&self, look: &Look) {
        let Some(bar) = &self.0 else { return };
        let word = escape::message(look.word());
        bar.set_message(match look.progress() {
            Some(percent) => format!("{word} {percent}%"),
            None => word,
        });
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{prefix} {spinner} {msg}  {elapsed}")
        .expect("the template is valid")
}

const TICK: std::time::Duration = std::time::Duration::from_millis(120);
