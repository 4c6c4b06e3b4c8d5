//! A process: its clock, its credentials, and the points at which it can die.

use std::{collections::HashSet, fmt, io, time::Duration};

use heygen_client::{AccessToken, Cancellation, Runtime, Sleep, TokenFuture, TokenProvider};

use super::{
    assets::Blindness, budget::Budget, clock::sleep, journal::Place, puts::Known, world::World,
};

/// When the simulation begins, since the Unix epoch: in 2100, after the clock of any machine that
/// it runs on, for a journal in a file takes out the URLs that have expired by that.
pub(super) const ORIGIN: Duration = Duration::from_secs(4_102_444_800);

/// What is known of one process.
pub(super) struct Process {
    /// Whether its code runs. What a dead one does in the last moment has no effect.
    pub(super) is_alive: bool,
    /// After how many more points it dies, is cancelled, or finds its file edited.
    pub(super) crash_after: Option<u64>,
    pub(super) cancel_after: Option<u64>,
    pub(super) edit_after: Option<u64>,
    pub(super) cancellation: Cancellation,
    /// How many seconds its clock is ahead.
    pub(super) skew_seconds: i64,
    /// How many more runs will be disturbed.
    pub(super) wild_runs: u32,
    pub(super) run: Run,
}

/// What is known of the present run of a process.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) began: Duration,
    /// The version of the file at its beginning.
    pub(super) version: usize,
    pub(super) requests: u64,
    /// How many of them were to bring bytes to the server.
    pub(super) sends: u64,
    pub(super) waited_for_other: bool,
    /// For how long the world stood still.
    pub(super) suspended: Duration,
    /// What it has used of its limits.
    pub(super) budget: Budget,
    /// What it knows of the URLs that it uses.
    pub(super) known: Known,
    /// What its journal did not tell it.
    pub(super) blindness: Blindness,
    /// The claims that it holds.
    pub(super) places: Vec<Place>,
    /// The assets that the server has truly spoken of to it.
    pub(super) told_of: HashSet<String>,
    /// It was told that a finished asset is gone.
    pub(super) may_forget: bool,
    /// The asset that it has written down as finished.
    pub(super) remembered: Option<String>,
    /// The upload that it found or wrote down last.
    pub(super) upload: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) struct SimRuntime {
    pub(super) world: World,
    pub(super) process: usize,
}

impl Runtime for SimRuntime {
    fn now(&self) -> Duration {
        self.world.state().agenda.now
    }

    fn wall_clock(&self) -> Duration {
        let state = self.world.state();
        let skew = state.processes[self.process].skew_seconds;
        let time = ORIGIN + state.agenda.now;
        match u64::try_from(skew) {
            Ok(ahead) => time + Duration::from_secs(ahead),
            Err(_) => time.saturating_sub(Duration::from_secs(skew.unsigned_abs())),
        }
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.world.perhaps_suspend();
        let (world, process) = (self.world.clone(), self.process);
        Box::pin(async move {
            sleep(&world, duration).await;
            world.slept(process, duration);
        })
    }

    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        // The sources here are shorter than what may be read ahead, so nobody waits for anybody.
        if self.world.point(self.process, "reads or writes") {
            work();
            self.world.point(self.process, "has read or written");
        }
    }

    fn fill_random(&self, bytes: &mut [u8]) -> io::Result<()> {
        self.world.state().schedule.random.fill(bytes);
        Ok(())
    }
}

/// Tokens of which the first one may have ended.
#[derive(Clone)]
pub(super) struct Tokens(pub(super) World);

impl Tokens {
    fn current(&self) -> String {
        let state = self.0.state();
        match state.token_is_good {
            true => state.core.api_key().to_owned(),
            false => "stale".to_owned(),
        }
    }
}

impl TokenProvider for Tokens {
    fn token(&self) -> TokenFuture<'_, AccessToken> {
        let token = self.current().parse();
        Box::pin(async move { Ok(token?) })
    }

    fn refresh(&self) -> TokenFuture<'_, ()> {
        self.0.state().token_is_good = true;
        Box::pin(async { Ok(()) })
    }

    fn account(&self) -> Option<String> {
        Some("sim".to_owned())
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens")
    }
}
