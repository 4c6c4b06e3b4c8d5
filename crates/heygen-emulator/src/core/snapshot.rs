use std::fmt;

use super::Core;
#[cfg(feature = "server")]
use crate::server::Clock;
use crate::{fault::Faults, keys::Keys, log::Log, rate::Gate, replays::Replays, state::State};

/// An emulator as it was at one moment: assets with their content, jobs, calls to make, API keys,
/// idempotency keys, faults to come, the windows of the rate limits and the log.
///
/// It shares content with the emulator, so it costs little. What was in the middle of being
/// answered is not part of it. `Debug` shows nothing that could be secret.
#[derive(Clone)]
pub struct Snapshot {
    state: State,
    keys: Keys,
    replays: Replays,
    faults: Faults,
    gate: Gate,
    speech_gate: Gate,
    log: Log,
    #[cfg(feature = "server")]
    clock: Option<Clock>,
}

#[cfg(feature = "server")]
impl Snapshot {
    /// Keeps how the clock of a server stands, which a core does not know.
    pub(crate) fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = Some(clock);
        self
    }

    pub(crate) const fn clock(&self) -> Option<Clock> {
        self.clock
    }
}

impl Core {
    /// Takes down everything as it is now.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            state: self.state.clone(),
            keys: self.keys.clone(),
            replays: self.replays.settled(),
            faults: self.faults.clone(),
            gate: self.gate.clone(),
            speech_gate: self.speech_gate.clone(),
            log: self.log.clone(),
            #[cfg(feature = "server")]
            clock: None,
        }
    }

    /// Goes back to a snapshot of this core, as though nothing had happened since.
    ///
    /// Requests that are in the middle of being answered change nothing any more; they end without
    /// an answer.
    pub fn restore_snapshot(&mut self, snapshot: &Snapshot) {
        self.replace(snapshot.clone());
    }

    /// Forgets everything, so that the core is as [`new`](Self::new) made it: assets, jobs, keys,
    /// faults and the log. Requests in the middle of being answered end without an answer.
    pub fn reset(&mut self) {
        self.replace(Snapshot {
            state: State::new(self.settings.seed),
            keys: self.keys.reset(),
            replays: Replays::default(),
            faults: Faults::default(),
            gate: Gate::default(),
            speech_gate: Gate::default(),
            log: Log::new(self.settings.log_max_requests),
            #[cfg(feature = "server")]
            clock: None,
        });
    }

    fn replace(&mut self, snapshot: Snapshot) {
        let epoch = self.log.epoch + 1;
        snapshot.state.replace(&mut self.state);
        self.keys = snapshot.keys;
        self.replays = snapshot.replays;
        self.faults = snapshot.faults;
        self.gate = snapshot.gate;
        self.speech_gate = snapshot.speech_gate;
        self.log = snapshot.log;
        self.log.epoch = epoch;
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot")
            .field("assets", &self.state.assets.len())
            .finish_non_exhaustive()
    }
}
