//! What looks for canaries: in texts that are shown to it, and in everything that is logged.

use std::{
    fmt::Debug,
    io,
    sync::{Mutex, Once, PoisonError},
};

/// Stands in the place of every secret. It is part of no name, so wherever it is found it leaked.
pub(crate) const CANARY: &str = "c4n4ry-0123456789-yr4n4c";

/// A secret of somebody else, which is known by nothing but what stands before it.
pub(crate) const FOREIGN: &str = "f0r31gn-9876543210-n613r0f";

pub(crate) struct Eyes(&'static str);

impl Eyes {
    /// Opens the eyes for a case. All logs of the process are watched from then on.
    pub(crate) fn open(case: &'static str) -> Self {
        static LOGS: Once = Once::new();
        LOGS.call_once(|| {
            tracing_subscriber::fmt()
                .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
                .with_ansi(false)
                .with_writer(|| Log)
                .init();
            // Libraries log by either crate; what is written by the one has to reach the other.
            log::trace!("{PROBE}");
        });
        Self(case)
    }

    /// Looks at both forms of what a value tells of itself.
    #[track_caller]
    pub(crate) fn look(&self, what: &str, value: &(impl Debug + ?Sized)) {
        self.read(what, &format!("{value:?} {value:#?}"));
    }

    #[track_caller]
    pub(crate) fn read(&self, what: &str, text: &str) {
        assert!(
            ![CANARY, FOREIGN].iter().any(|secret| text.contains(secret)),
            "{}: {what} shows it: {text}",
            self.0
        );
    }
}

impl Drop for Eyes {
    fn drop(&mut self) {
        let leaked = lines().leaked.clone();
        if !std::thread::panicking() {
            assert!(leaked.is_empty(), "{}: in the logs: {leaked:#?}", self.0);
        }
    }
}

/// What the suite itself logs, to know that it would see what others do.
pub(crate) const PROBE: &str = "the logs are on";

/// Tells whether anything was logged that names this.
pub(crate) fn seen_in_logs(name: &str) -> bool {
    lines().targets.iter().any(|line| line.contains(name))
}

struct Log;

#[derive(Default)]
struct Lines {
    leaked: Vec<String>,
    targets: Vec<String>,
}

/// Tells whether a part of a canary stands in a text that is long enough to be no accident: what
/// logs bytes may break them into rows of sixteen.
fn has_part(text: &str) -> bool {
    let parts = [CANARY, FOREIGN].map(|secret| secret.as_bytes().windows(8));
    parts
        .into_iter()
        .flatten()
        .any(|part| text.as_bytes().windows(8).any(|there| there == part))
}

static LINES: Mutex<Lines> = Mutex::new(Lines {
    leaked: Vec::new(),
    targets: Vec::new(),
});

fn lines() -> std::sync::MutexGuard<'static, Lines> {
    LINES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl io::Write for Log {
    /// Takes one event, which is written whole.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let mut lines = lines();
        if has_part(&text) {
            lines.leaked.push(text.into_owned());
        } else if lines.targets.len() < MAX_KEPT {
            lines.targets.push(text.into_owned());
        }
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Enough to see that something is logged.
const MAX_KEPT: usize = 10_000;
