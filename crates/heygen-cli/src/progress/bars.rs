use std::path::Path;

use heygen_client::Progress;
use indicatif::{ProgressBar, ProgressStyle};

use super::{ELSEWHERE, Meter, resumed, retrying, shortage};
use crate::{console::Console, escape, output::bars};

/// A bar for every file that is under way, and one that counts files when there are several.
#[derive(Debug)]
pub(super) struct Bars {
    files: Option<ProgressBar>,
}

impl Bars {
    pub(super) fn new(files: usize) -> Self {
        let files = (files > 1).then(|| {
            let bar = ProgressBar::new(files as u64).with_style(style("{pos}/{len} files"));
            bars().add(bar)
        });
        Self { files }
    }

    pub(super) fn meter(&self, file: &Path) -> BarMeter {
        let name = file.file_name().unwrap_or(file.as_os_str());
        let bar = ProgressBar::no_length()
            .with_style(style("{prefix:28!} {msg}"))
            .with_prefix(escape::name(name))
            .with_message("looking at it");
        let bar = match &self.files {
            Some(files) => bars().insert_before(files, bar),
            None => bars().add(bar),
        };
        BarMeter { bar, phase: None }
    }

    pub(super) fn file_ended(&self) {
        if let Some(files) = &self.files {
            files.inc(1);
        }
    }

    pub(super) fn clear(&self) {
        if let Some(files) = &self.files {
            files.finish_and_clear();
        }
        // A terminal that is gone needs no clearing.
        let _ = bars().clear();
    }
}

/// The bar of one file. It goes away with it.
pub(super) struct BarMeter {
    bar: ProgressBar,
    phase: Option<&'static str>,
}

impl Meter for BarMeter {
    fn show(&mut self, _: &Path, progress: &Progress<'_>, _: Console) {
        match progress {
            Progress::Hashing { done, total } => {
                self.count("hashing", done.bytes(), total.bytes());
            }
            Progress::Sending { done, total } => {
                self.count("sending", done.bytes(), total.bytes());
            }
            Progress::Elsewhere => self.say(ELSEWHERE),
            Progress::AlreadyStored { .. } => self.say("stored already"),
            Progress::Resumed { stored } => self.say(resumed(*stored)),
            Progress::Finishing => self.say("finishing"),
            Progress::Waiting => self.say("waiting until it is processed"),
            Progress::Retrying {
                step,
                failure,
                wait,
            } => {
                self.say(&escape::message(&retrying(step, failure, *wait)));
            }
            Progress::LocalResources { error, wait } => {
                self.say(&escape::message(&shortage(*error, *wait)));
            }
            Progress::GoingDirect => self.say("too large for one request, going direct"),
            Progress::NewUrl => self.say("the upload URL has expired, asking for another"),
            _ => {}
        }
    }
}

impl BarMeter {
    fn count(&mut self, phase: &'static str, done: u64, total: u64) {
        // A count that shrinks is that of another attempt: its speed is its own.
        if self.phase != Some(phase) || done < self.bar.position() {
            self.phase = Some(phase);
            self.bar.reset();
            self.bar.set_length(total);
            self.bar.set_message(phase);
            // Last, so that nothing of the phase before is drawn in the new form.
            self.bar.set_style(style(COUNT).progress_chars("=> "));
        }
        self.bar.set_position(done);
    }

    fn say(&mut self, text: &str) {
        self.phase = None;
        self.bar.set_style(style("{prefix:28!} {msg}"));
        self.bar.set_message(text.to_owned());
    }
}

impl Drop for BarMeter {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the templates in this file are valid")
}

const COUNT: &str = "{prefix:28!} {msg:8} [{bar:24}] {binary_bytes}/{binary_total_bytes}  \
    {binary_bytes_per_sec}  {eta} left";

#[cfg(test)]
mod tests {
    use std::{io, time::Duration};

    use super::*;
    use crate::args::OutputFormat;

    #[test]
    fn a_shortage_of_this_machine_is_shown() {
        let mut meter = BarMeter {
            bar: ProgressBar::hidden(),
            phase: None,
        };
        let progress = Progress::LocalResources {
            error: &io::Error::other("too many open files"),
            wait: Duration::from_secs(2),
        };
        meter.show(Path::new("a"), &progress, Console::new(OutputFormat::Human));
        let shown = meter.bar.message();
        assert!(shown.contains("too many open files"), "{shown}");
        assert!(shown.contains("again in 2.0 s"), "{shown}");
    }
}
