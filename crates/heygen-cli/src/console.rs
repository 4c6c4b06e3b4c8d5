//! The two ways out of the program: results on standard output, all else on standard error.

use std::io::{IsTerminal as _, stdout};

use serde::de::IgnoredAny;
use serde_json::Deserializer;

use crate::{args::OutputFormat, escape, exit::Exit, failure::Failure, output, report};

/// Writes results and messages in one form. Everything is written whole, and past the bars if there
/// are any. Nothing here waits for a reader.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Console {
    pub(crate) format: OutputFormat,
}

impl Console {
    pub(crate) const fn new(format: OutputFormat) -> Self {
        Self { format }
    }

    /// Writes a result in the form of this console. It has to end with a line end.
    pub(crate) fn result(self, text: &str) {
        self.write(self.escaped(text).into_bytes());
    }

    /// Writes JSON in either form. It has to end with a line end.
    pub(crate) fn json(self, text: &str) {
        self.write(escape::json(text).into_owned().into_bytes());
    }

    /// Writes what a server answered as it came, and a line end. An answer without content is no
    /// line. What hides in JSON becomes an escape of JSON. What hides in anything else is escaped
    /// for people and for a terminal; a file or a program gets the bytes that it asked for.
    pub(crate) fn answer(self, body: &[u8]) {
        let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
        if body.is_empty() {
            return;
        }
        let text = std::str::from_utf8(body).ok();
        let mut text = match text.filter(|text| is_json(text)) {
            Some(text) => escape::json(text).into_owned().into_bytes(),
            None if self.format == OutputFormat::Human || stdout().is_terminal() => {
                escape::foreign(body).into_bytes()
            }
            None => body.to_vec(),
        };
        text.push(b'\n');
        self.write(text);
    }

    /// Writes what this program made itself, byte for byte.
    pub(crate) fn own(self, text: Vec<u8>) {
        self.write(text);
    }

    /// Writes a message, which has to end with a line end. Styles are removed where they would
    /// only disturb.
    pub(crate) fn message(self, text: &str) {
        let text = self.escaped(text);
        output::past_bars(|| output::message(text));
    }

    /// Writes a message that can be left out when nobody reads those before it.
    pub(crate) fn passing_message(self, text: &str) {
        let text = self.escaped(text);
        output::past_bars(|| output::passing_message(text));
    }

    fn write(self, bytes: Vec<u8>) {
        output::past_bars(|| output::result(bytes));
        self.report_lost_results();
    }

    fn escaped(self, text: &str) -> String {
        match self.format {
            OutputFormat::Human => escape::lines(text.as_bytes()),
            OutputFormat::Json => escape::json(text).into_owned(),
        }
    }

    /// Says why the command as a whole failed.
    pub(crate) fn failure(self, failure: &Failure) {
        match self.format {
            OutputFormat::Human => self.message(&report::human::failure(None, failure)),
            OutputFormat::Json => self.message(&report::json::failure(None, failure)),
        }
    }

    /// Waits until everything is written, and returns how the program ends: as its command did,
    /// unless results are lost.
    pub(crate) fn finish(self, exit: Exit) -> Exit {
        if output::drain() == output::Drained::Interrupted {
            let failure = Failure::new(
                Exit::Interrupted,
                "cancelled",
                "interrupted; not all output was written, because it is not read",
                "run the same command again, and let the program that reads its output continue",
            );
            self.failure(&failure);
            output::drain_messages();
            return Exit::Interrupted;
        }
        if self.report_lost_results() {
            output::drain();
        }
        match exit {
            Exit::Success if output::has_failed() => Exit::File,
            exit => exit,
        }
    }

    /// Says that standard output cannot be written to, once.
    fn report_lost_results(self) -> bool {
        let Some(error) = output::take_error() else {
            return false;
        };
        let failure = Failure::new(
            Exit::File,
            "output_failed",
            "the results could not be written to standard output",
            "check the disk or the program that reads them",
        );
        self.failure(&failure.caused_by(Some(&error)));
        true
    }
}

/// Returns whether a text is JSON, and all of it. One value per line is, too; a table that begins with a
/// quoted cell is not.
fn is_json(text: &str) -> bool {
    let mut values = Deserializer::from_str(text).into_iter::<IgnoredAny>();
    values.next().is_some_and(|first| first.is_ok()) && values.all(|value| value.is_ok())
}

const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();
