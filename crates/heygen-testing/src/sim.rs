//! The client, its driver, the machine and the emulator's core together in virtual time: one
//! thread, one seed, no sockets.
//!
//! [`run`] draws a schedule from a seed and carries it out: what is uploaded and how, by one or two
//! processes that share a journal, over a network that loses, delays, cuts and doubles, against a
//! server that fails in every way it can and speaks of other things, with crashes, cancellations, edits of the file and jumps
//! of the clock at any point. When everybody has had enough, the faults end, and the same command is
//! run twice more: it has to succeed. What has to hold is judged in the private modules `assets`,
//! `puts` and `budget`, of what `audit` sees; `docs/testing.md` says what is excused.
//!
//! Equal seeds give equal runs, so a seed is all that has to be kept of a failure:
//! [`trace`] tells its story.

mod assets;
mod audit;
mod budget;
mod check;
mod clock;
mod crowd;
mod exchange;
mod journal;
mod lies;
mod network;
mod points;
mod process;
mod puts;
mod random;
mod schedule;
mod server;
mod source;
mod subject;
mod world;

use std::fmt;

use schedule::Schedule;
use world::World;

/// What a run was made of, for statistics: a simulation that meets no fault proves nothing.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Report {
    /// How many schedules there were.
    pub schedules: u64,
    /// In how many of them one file became several assets, or an asset was left that nobody was
    /// told of, because of something that no client can help: a server that denied what it had, a
    /// journal that could not be written.
    pub one_asset_excused: u64,
    /// In how many of them bytes that storage had were sent again because the client was told that
    /// they are not there, or its journal could not be written.
    pub put_again_excused: u64,
    /// How many PUTs followed a redirect.
    pub redirected: u64,
    /// How often the file was edited in the middle of being read.
    pub torn: u64,
    /// How many requests reached the network.
    pub requests: u64,
    /// How often a process died and was started again.
    pub crashes: u64,
    /// How many commands ended badly and were given again.
    pub failures: u64,
    /// How many commands ended well.
    pub successes: u64,
    /// How many began with what another had left.
    pub resumed: u64,
    /// How many found the asset already stored.
    pub reused: u64,
    /// How many answers were about something else.
    pub lies: u64,
    /// How many answers said no in a success, in no form of the API.
    pub words: u64,
    /// How many refusals of a gateway, proxy or firewall a client heard.
    pub pages: u64,
    /// How often storage did not show an object yet that it had accepted.
    pub hidden: u64,
}

impl Report {
    /// Counts another run in.
    pub const fn add(&mut self, other: &Self) {
        self.schedules += other.schedules;
        self.one_asset_excused += other.one_asset_excused;
        self.put_again_excused += other.put_again_excused;
        self.redirected += other.redirected;
        self.torn += other.torn;
        self.requests += other.requests;
        self.crashes += other.crashes;
        self.failures += other.failures;
        self.successes += other.successes;
        self.resumed += other.resumed;
        self.reused += other.reused;
        self.lies += other.lies;
        self.words += other.words;
        self.pages += other.pages;
        self.hidden += other.hidden;
    }
}

/// A promise that a run broke.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Broken {
    /// The seed of the run.
    pub seed: u64,
    /// What did not hold.
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}\nits story: cargo xtask props --seed {}",
            self.what, self.seed
        )
    }
}

impl std::error::Error for Broken {}

/// Carries out the schedule of a seed.
///
/// # Errors
///
/// The first promise that did not hold.
pub fn run(seed: u64) -> Result<Report, Broken> {
    carry_out(seed, false).0
}

/// Carries out the schedule of a seed and tells what happened, line by line.
pub fn trace(seed: u64) -> (Vec<String>, Result<Report, Broken>) {
    let (end, story) = carry_out(seed, true);
    (story, end)
}

fn carry_out(seed: u64, is_told: bool) -> (Result<Report, Broken>, Vec<String>) {
    let world = World::new(Schedule::draw(seed), is_told);
    let end = world
        .carry_out()
        .and_then(|()| check::at_the_end(&world))
        .map(|()| world.report())
        .map_err(|what| Broken { seed, what });
    (end, world.story())
}
