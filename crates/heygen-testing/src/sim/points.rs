//! The points at which something can happen to a process: it dies, is cancelled, finds its file
//! edited or its journal full.

use std::{fmt, time::Duration};

use heygen_client::Checksum;

use super::{
    clock::Event,
    journal::Place,
    world::{State, World},
};

impl World {
    /// Something that a process does, and before which it may die. Returns whether it lives.
    pub(super) fn point(&self, process: usize, what: impl fmt::Display) -> bool {
        let mut state = self.state();
        if !state.processes[process].is_alive {
            return false;
        }
        state.tell(|| format!("process {process} {what}"));
        let it = &mut state.processes[process];
        if is_due(&mut it.crash_after) {
            state.dies(process);
            return false;
        }
        if is_due(&mut it.edit_after) {
            let keeps_time = state.schedule.random.chance(500) && state.notices_torn_reads();
            state.edit(keeps_time);
        }
        let it = &mut state.processes[process];
        if is_due(&mut it.cancel_after) {
            let cancellation = it.cancellation.clone();
            state.tell(|| format!("process {process} is to stop"));
            drop(state);
            cancellation.cancel();
        }
        true
    }

    /// A process reads its file from a place on. Returns how many bytes it is given at most,
    /// nothing when it is dead.
    pub(super) fn reads(&self, process: usize, at: usize, wanted: usize) -> Option<usize> {
        let version = self.state().file.version();
        if !self.point(process, format_args!("reads on from byte {at}")) {
            return None;
        }
        let mut state = self.state();
        let is_torn = at > 0 && state.file.version() > version;
        state.report.torn += u64::from(is_torn);
        let r = &mut state.schedule.random;
        let is_short = wanted > 1 && r.chance(500);
        Some(match is_short {
            true => 1 + usize::try_from(r.below(wanted as u64)).unwrap_or_default(),
            false => wanted,
        })
    }

    /// A process holds a claim, until it ends.
    pub(super) fn holds(&self, process: usize, place: Place) {
        self.state().processes[process].run.places.push(place);
    }

    /// A process has waited.
    pub(super) fn slept(&self, process: usize, time: Duration) {
        let mut state = self.state();
        if let Err(problem) = state.processes[process].run.budget.slept(time) {
            state.breaks(|| problem);
        }
    }

    /// Tells whether the journal fails, and if so, whether it does what it says it could not do.
    pub(super) fn journal_fails(&self) -> Option<bool> {
        let mut state = self.state();
        let per_mille = match state.is_calm {
            true => 0,
            false => state.schedule.journal_per_mille,
        };
        let r = &mut state.schedule.random;
        let in_secret = r.chance(per_mille).then(|| r.chance(300));
        if let Some(in_secret) = in_secret {
            state.tell(|| match in_secret {
                true => "the journal says that it fails".to_owned(),
                false => "the journal fails".to_owned(),
            });
        }
        in_secret
    }

    /// Has time pass while nothing runs, as on a laptop whose lid is shut.
    pub(super) fn perhaps_suspend(&self) {
        let mut state = self.state();
        let per_mille = match state.is_calm {
            true => 0,
            false => state.schedule.suspend_per_mille,
        };
        if state.schedule.random.chance(per_mille) {
            let longest = Duration::from_secs(5 * 3600);
            let time = state.schedule.random.time_below(longest);
            state.agenda.now += time;
            for process in &mut state.processes {
                process.run.suspended += time;
            }
            state.tell(|| format!("everything stands still for {time:?}"));
        }
    }
}

impl State {
    /// A process dies. The system closes its connections and takes back its claims.
    fn dies(&mut self, process: usize) {
        let it = &mut self.processes[process];
        it.is_alive = false;
        for place in it.run.places.drain(..) {
            place.release();
        }
        for (index, conn) in self.conns.iter_mut().enumerate() {
            if conn.process != process || conn.is_over {
                continue;
            }
            conn.is_over = true;
            if !std::mem::replace(&mut conn.is_whole, true) {
                self.agenda.add(conn.fate.up, Event::Gone(index));
            }
        }
        self.report.crashes += 1;
        self.tell(|| format!("process {process} dies"));
    }

    /// Somebody writes to the file, and perhaps puts its time back.
    pub(super) fn edit(&mut self, keeps_time: bool) {
        let has_space = self.file.size_bytes() > 16;
        let keeps_size = has_space && (keeps_time || self.schedule.random.chance(500));
        self.file.edit(keeps_time && keeps_size, |content| {
            if keeps_size {
                // Everywhere, so that a mixture of two versions is neither of them.
                for byte in &mut content[16..] {
                    *byte = byte.wrapping_add(1);
                }
            } else {
                content.push(0);
            }
        });
        self.tell(|| match keeps_time {
            true => "the file is edited, and its time put back".to_owned(),
            false => "the file is edited".to_owned(),
        });
    }

    /// Tells whether a mixture of two versions of one size and time is noticed: not without a
    /// checksum.
    pub(super) fn notices_torn_reads(&self) -> bool {
        self.schedule.checksum != Checksum::Off
    }
}

/// Counts down, and tells when it is time.
fn is_due(after: &mut Option<u64>) -> bool {
    match after {
        Some(0) => {
            *after = None;
            true
        }
        Some(left) => {
            *left -= 1;
            false
        }
        None => false,
    }
}
