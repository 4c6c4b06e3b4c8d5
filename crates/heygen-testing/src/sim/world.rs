//! All of a simulation in one place, and the loop that carries it out.

use std::{
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use heygen_client::{
    ApiKey, Asset, Cancellation, Client, Credential, Error, Journal, MemoryJournal, Progress,
    Source, WaitPolicy,
};
use heygen_emulator::Core;
use heygen_journal::SqliteJournal;
use tempfile::TempDir;

use super::{
    Report,
    audit::Facts,
    check,
    clock::{Agenda, Event},
    crowd::Crowd,
    exchange::Conn,
    journal::SimJournal,
    network::SimTransport,
    process::{ORIGIN, Process, Run, SimRuntime, Tokens},
    schedule::Schedule,
    source::{Opened, SimFile},
};

/// The simulated world. Clones are the same one.
#[derive(Clone)]
pub(super) struct World(Arc<Mutex<State>>);

pub(super) struct State {
    pub(super) schedule: Schedule,
    pub(super) agenda: Agenda,
    pub(super) core: Core,
    pub(super) conns: Vec<Conn>,
    pub(super) processes: Vec<Process>,
    pub(super) file: SimFile,
    pub(super) journal: MemoryJournal,
    /// Where the journal is when it is a file.
    pub(super) folder: Option<TempDir>,
    pub(super) token_is_good: bool,
    pub(super) facts: Facts,
    pub(super) report: Report,
    /// How many files the disk has numbered.
    pub(super) numbers: u64,
    /// Whether nothing goes wrong any more.
    pub(super) is_calm: bool,
    /// The first promise that was broken.
    pub(super) broken: Option<String>,
    story: Option<Vec<String>>,
}

/// A command under way.
pub(super) type Task = Pin<Box<dyn Future<Output = Result<Asset, Error>> + Send>>;

impl World {
    pub(super) fn new(schedule: Schedule, is_told: bool) -> Self {
        let mut core = Core::new(schedule.server.clone()).expect("the settings make sense");
        for fault in &schedule.faults {
            core.fault(fault.clone());
        }
        let process = |_| Process {
            is_alive: false,
            crash_after: None,
            cancel_after: None,
            edit_after: None,
            cancellation: Cancellation::new(),
            skew_seconds: 0,
            wild_runs: schedule.wild_runs,
            run: Run::default(),
        };
        Self(Arc::new(Mutex::new(State {
            processes: (0..schedule.processes).map(process).collect(),
            file: SimFile::new(schedule.content.clone()),
            agenda: Agenda::default(),
            core,
            conns: Vec::new(),
            journal: MemoryJournal::new(),
            folder: schedule
                .has_journal_file
                .then(|| TempDir::new().expect("the disk has a place")),
            token_is_good: !schedule.has_tokens,
            facts: Facts::default(),
            report: Report::default(),
            numbers: 0,
            is_calm: false,
            broken: None,
            story: is_told.then(Vec::new),
            schedule,
        })))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns a number that no file had before.
    pub(super) fn next_number(&self) -> u64 {
        let mut state = self.state();
        state.numbers += 1;
        state.numbers
    }

    pub(super) fn report(&self) -> Report {
        self.state().report
    }

    pub(super) fn story(&self) -> Vec<String> {
        self.state().story.take().unwrap_or_default()
    }

    /// Lets every process have its disturbed runs, and then two in peace.
    pub(super) fn carry_out(&self) -> Result<(), String> {
        self.state().introduce();
        self.disturbed()?;
        self.state().become_calm();
        for round in 0..2 {
            self.in_peace(round)?;
        }
        Ok(())
    }

    fn disturbed(&self) -> Result<(), String> {
        let processes = self.state().processes.len();
        for process in 0..processes {
            let mut state = self.state();
            let after = state.schedule.random.time_below(Duration::from_secs(2));
            state.agenda.add(after, Event::Start(process));
        }
        let mut crowd = Crowd::new(self, processes);
        crowd.run(|world, process, end| {
            let mut state = world.state();
            let r = &mut state.schedule.random;
            // Mostly soon, sometimes when every URL and every key has ended.
            let longest = r.pick(&[1, 60, 3600, 30 * 3600]);
            let after = r.time_below(Duration::from_secs(longest));
            state.note_end(process, end);
            let it = &mut state.processes[process];
            it.wild_runs -= 1;
            if it.wild_runs > 0 {
                state.agenda.add(after, Event::Start(process));
            }
        })
    }

    fn in_peace(&self, round: u32) -> Result<(), String> {
        let processes = self.state().processes.len();
        for process in 0..processes {
            self.state()
                .agenda
                .add(Duration::ZERO, Event::Start(process));
        }
        let mut failed = Vec::new();
        let mut crowd = Crowd::new(self, processes);
        crowd.run(|world, process, end| {
            let mut state = world.state();
            let end = end.expect("nobody dies in peace");
            let sends = state.processes[process].run.sends;
            if let Err(error) = &end {
                failed.push(check::Failed::new(error));
            } else if round > 0 && sends > 0 {
                state.breaks(|| "what was stored already was sent again".to_owned());
            }
            state.note_end(process, Some(end));
        })?;
        check::in_peace(&self.state(), &failed)
    }

    /// Starts the command in a new process.
    pub(super) fn start(&self, process: usize) -> Task {
        let (client, source, cancellation) = {
            let mut state = self.state();
            state.begin(process);
            let source = Source::reader(
                "file.png",
                Opened {
                    world: self.clone(),
                    process,
                    file: state.file.clone(),
                },
            );
            let cancellation = state.processes[process].cancellation.clone();
            drop(state);
            (self.client(process), source, cancellation)
        };
        let state = self.state();
        let schedule = &state.schedule;
        let mut upload = client
            .assets()
            .upload(source)
            .route(schedule.route)
            .checksum(schedule.checksum)
            .cancellation(&cancellation)
            .journal(SimJournal {
                world: self.clone(),
                process,
                journal: state.open_journal(),
            });
        if schedule.waits {
            upload = upload.wait(WaitPolicy::default());
        }
        if let Some(deadline) = schedule.deadline.filter(|_| !state.is_calm) {
            upload = upload.deadline(deadline);
        }
        drop(state);
        let world = self.clone();
        let upload = upload.observer(move |progress: &Progress<'_>| {
            let mut state = world.state();
            if state.processes[process].is_alive {
                state.observe(process, progress);
            }
        });
        Box::pin(upload.into_future())
    }

    fn client(&self, process: usize) -> Client {
        let credential: Credential = {
            let state = self.state();
            match state.schedule.has_tokens {
                true => Credential::Bearer(Arc::new(Tokens(self.clone()))),
                false => {
                    let key: ApiKey = state
                        .core
                        .api_key()
                        .parse()
                        .expect("the emulator has a key");
                    key.into()
                }
            }
        };
        let transport = SimTransport {
            world: self.clone(),
            process,
        };
        let runtime = SimRuntime {
            world: self.clone(),
            process,
        };
        let builder = Client::builder(transport, runtime).credential(credential);
        builder.build().expect("the client is set up well")
    }
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("World")
    }
}

impl State {
    /// Returns the time of the server.
    pub(super) fn server_time(&self) -> Duration {
        ORIGIN + self.agenda.now
    }

    pub(super) fn network_per_mille(&self) -> u64 {
        match self.is_calm {
            true => 0,
            false => self.schedule.network_per_mille,
        }
    }

    pub(super) fn tell(&mut self, what: impl FnOnce() -> String) {
        let now = self.agenda.now;
        if let Some(story) = &mut self.story {
            story.push(format!("{:>12.3} s  {}", now.as_secs_f64(), what()));
        }
    }

    /// Tells what the schedule is.
    fn introduce(&mut self) {
        if self.story.is_none() {
            return;
        }
        let schedule = &self.schedule;
        let what = format!(
            "{} bytes by {} route, checksum {:?}, {} process(es); faults: {:?}",
            schedule.content.len(),
            schedule.route,
            schedule.checksum,
            schedule.processes,
            schedule.faults,
        );
        self.tell(|| what);
    }

    /// Takes note of a broken promise; the first one counts.
    pub(super) fn breaks(&mut self, what: impl FnOnce() -> String) {
        if self.broken.is_none() {
            let what = what();
            self.tell(|| format!("BROKEN: {what}"));
            self.broken = Some(what);
        }
    }

    /// Opens the journal as a process does that starts.
    fn open_journal(&self) -> Arc<dyn Journal> {
        match &self.folder {
            None => Arc::new(self.journal.clone()),
            Some(folder) => {
                let journal = SqliteJournal::open(folder.path().join("journal.db"));
                Arc::new(journal.expect("what a process left behind can be opened"))
            }
        }
    }

    fn begin(&mut self, process: usize) {
        let now = self.agenda.now;
        let is_alone = self.processes.iter().all(|other| !other.is_alive);
        let per_mille = self.schedule.edit_per_mille;
        if !self.is_calm
            && (is_alone || self.notices_torn_reads())
            && self.schedule.random.chance(per_mille)
        {
            // Nothing but its time of change tells it from the file that the last run has seen.
            self.edit(true);
        }
        let version = self.file.version();
        let Schedule {
            random: r,
            crash_per_mille,
            cancel_per_mille,
            edit_per_mille,
            ..
        } = &mut self.schedule;
        let is_calm = self.is_calm;
        let mut after = |per_mille: u64| (!is_calm && r.chance(per_mille)).then(|| r.below(70));
        let it = &mut self.processes[process];
        it.crash_after = after(*crash_per_mille);
        it.cancel_after = after(*cancel_per_mille);
        it.edit_after = after(*edit_per_mille);
        it.cancellation = Cancellation::new();
        it.is_alive = true;
        it.run = Run {
            began: now,
            version,
            ..Run::default()
        };
        if r.chance(50) {
            let hours = i64::try_from(r.below(7)).expect("a small number") - 3;
            it.skew_seconds = hours * 3600;
        }
        self.tell(|| format!("process {process} starts"));
    }

    fn become_calm(&mut self) {
        self.is_calm = true;
        self.core.clear_faults();
        self.tell(|| "from here on nothing goes wrong".to_owned());
    }
}
