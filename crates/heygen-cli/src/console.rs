//! The two ways out of the program: results on standard output, all else on standard error.

use std::{
    io::{self, Write as _},
    sync::atomic::{AtomicU8, Ordering},
};

use indicatif::MultiProgress;

use crate::{args::OutputFormat, exit::Exit, failure::Failure, report};

/// Where results and messages go. Everything is written whole, and past the bars if there are any.
#[derive(Debug)]
pub(crate) struct Console {
    pub(crate) format: OutputFormat,
    bars: Option<MultiProgress>,
    results: AtomicU8,
}

/// Whether results can still be written.
mod state {
    pub(super) const OPEN: u8 = 0;
    /// The reader is gone, which is its right.
    pub(super) const CLOSED: u8 = 1;
    pub(super) const FAILED: u8 = 2;
}

impl Console {
    pub(crate) const fn new(format: OutputFormat) -> Self {
        Self {
            format,
            bars: None,
            results: AtomicU8::new(state::OPEN),
        }
    }

    pub(crate) fn with_bars(mut self, bars: MultiProgress) -> Self {
        self.bars = Some(bars);
        self
    }

    /// Writes a result, which has to end with a line end.
    pub(crate) fn result(&self, text: &[u8]) {
        if self.results.load(Ordering::Relaxed) != state::OPEN {
            return;
        }
        let written = self.past_bars(|| {
            let mut stdout = io::stdout().lock();
            stdout.write_all(text).and_then(|()| stdout.flush())
        });
        let Err(error) = written else { return };
        if error.kind() == io::ErrorKind::BrokenPipe {
            self.results.store(state::CLOSED, Ordering::Relaxed);
            return;
        }
        self.results.store(state::FAILED, Ordering::Relaxed);
        let failure = Failure::new(
            Exit::File,
            "output_failed",
            "the results could not be written to standard output",
            "check the disk or the program that reads them",
        );
        self.failure(&failure.caused_by(Some(&error)));
    }

    /// Tells whether nobody reads the results any more.
    pub(crate) fn is_closed(&self) -> bool {
        self.results.load(Ordering::Relaxed) == state::CLOSED
    }

    /// Returns how the program ends: as its command did, unless the results are lost.
    pub(crate) fn exit(&self, exit: Exit) -> Exit {
        if exit == Exit::Success && self.results.load(Ordering::Relaxed) == state::FAILED {
            return Exit::File;
        }
        exit
    }

    /// Says why the command as a whole failed.
    pub(crate) fn failure(&self, failure: &Failure) {
        match self.format {
            OutputFormat::Human => self.message(&report::human::failure(None, failure)),
            OutputFormat::Json => self.message(&report::json::failure(None, failure)),
        }
    }

    /// Writes a message, which has to end with a line end. Styles are removed where they would
    /// only disturb.
    pub(crate) fn message(&self, text: &str) {
        self.past_bars(|| {
            // There is no further place to tell that this one is gone.
            let _ = anstream::stderr().lock().write_all(text.as_bytes());
        });
    }

    fn past_bars<T>(&self, write: impl FnOnce() -> T) -> T {
        match &self.bars {
            Some(bars) => bars.suspend(write),
            None => write(),
        }
    }
}
