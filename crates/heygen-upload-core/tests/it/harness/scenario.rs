use core::time::Duration;

use heygen_types::{ByteSize, MediaType, Sha256Digest};
use heygen_upload_core::{Checksum, Config, Plan, Route, StepKind};

use super::{Answer, Fault, Server, World};

/// The digest of the source.
pub(crate) const SOURCE: Sha256Digest = Sha256Digest::from_bytes([0x11; 32]);

/// What the digest of the source becomes when somebody writes to it.
const CHANGED: Sha256Digest = Sha256Digest::from_bytes([0x22; 32]);

/// Everything that decides how an upload goes.
#[derive(Clone, Debug)]
pub(crate) struct Scenario {
    pub(crate) plan: Plan,
    pub(crate) config: Config,
    pub(crate) server: Server,
    /// The digest that a read of the source gives.
    pub(crate) source: Sha256Digest,
    /// Faults in order, each with whether it stays.
    faults: Vec<(StepKind, Fault, bool)>,
}

/// A file that fits into one request.
pub(crate) fn single() -> Scenario {
    let plan = Plan::new("clip.mp4", MediaType::Mp4, ByteSize::new(1_000)).unwrap();
    let mut config = Config::default();
    config.seed = 7;
    Scenario {
        plan,
        config,
        server: Server::default(),
        source: SOURCE,
        faults: Vec::new(),
    }
}

/// A direct upload of a file whose digest is known.
pub(crate) fn direct() -> Scenario {
    hashing().plan(|plan| plan.digest = Some(SOURCE))
}

/// A direct upload of a file that has to be hashed before its digest can be declared.
pub(crate) fn hashing() -> Scenario {
    single().plan(|plan| plan.route = Route::Direct)
}

impl Scenario {
    /// Has one step of this kind go wrong; several faults of a kind come in order.
    pub(crate) fn fault(mut self, kind: StepKind, fault: impl Into<Fault>) -> Self {
        self.faults.push((kind, fault.into(), false));
        self
    }

    /// Has every further step of this kind go wrong.
    pub(crate) fn always(mut self, kind: StepKind, fault: impl Into<Fault>) -> Self {
        self.faults.push((kind, fault.into(), true));
        self
    }

    /// Has every step of this kind say something else.
    pub(crate) fn says(self, kind: StepKind, change: fn(&mut Answer)) -> Self {
        self.always(kind, Fault::Says(change))
    }

    pub(crate) fn plan(mut self, change: impl FnOnce(&mut Plan)) -> Self {
        change(&mut self.plan);
        self
    }

    pub(crate) fn config(mut self, change: impl FnOnce(&mut Config)) -> Self {
        change(&mut self.config);
        self
    }

    pub(crate) fn server(mut self, change: impl FnOnce(&mut Server)) -> Self {
        change(&mut self.server);
        self
    }

    /// Hashes while sending, or not at all.
    pub(crate) fn checksum(self, checksum: Checksum) -> Self {
        self.plan(|plan| {
            plan.checksum = checksum;
            plan.digest = None;
        })
    }

    /// Waits for the background work.
    pub(crate) fn waiting(self) -> Self {
        self.config(|config| config.wait = Some(heygen_upload_core::WaitPolicy::default()))
    }

    pub(crate) fn deadline(self, limit: Duration) -> Self {
        self.config(|config| config.deadline = Some(limit))
    }

    /// Tells whether anybody writes to the source.
    pub(crate) fn changes_source(&self) -> bool {
        let changes = |fault: &Fault| matches!(fault, Fault::SourceChanges);
        self.faults.iter().any(|(_, fault, _)| changes(fault))
    }

    pub(super) fn change_source(&mut self) {
        self.source = CHANGED;
    }

    pub(super) fn next_fault(&mut self, kind: StepKind) -> Option<Fault> {
        let next = self.faults.iter().position(|(of, ..)| *of == kind)?;
        let (_, fault, stays) = &self.faults[next];
        if *stays {
            return Some(fault.clone());
        }
        Some(self.faults.remove(next).1)
    }

    /// Plays it to its end.
    pub(crate) fn run(self) -> World {
        let mut world = World::new(self);
        world.finish();
        world
    }
}
