//! All of a simulation in one place, and the loop that carries it out.

use std::{
    collections::{HashMap, HashSet},
    fmt,
    future::Future,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use heygen_client::{
    ApiKey, Asset, Cancellation, Checksum, Client, Credential, Destination, Error, Journal,
    MemoryJournal, Progress, Source, WaitPolicy,
};
use heygen_emulator::Core;
use heygen_journal::SqliteJournal;
use http::{StatusCode, request::Parts};
use tempfile::TempDir;

use super::{
    Report, check,
    clock::{Agenda, Event},
    crowd::Crowd,
    exchange::Conn,
    journal::SimJournal,
    network::SimTransport,
    process::{ORIGIN, Process, Run, SimRuntime, Tokens},
    schedule::Schedule,
    source::SimFile,
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
    /// Whether nothing goes wrong any more.
    pub(super) is_calm: bool,
    /// The first promise that was broken.
    pub(super) broken: Option<String>,
    story: Option<Vec<String>>,
}

/// What has happened so far that promises are made about.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// How often storage accepted bytes for a URL, by its path.
    pub(super) stored: HashMap<String, u32>,
    /// The URLs of which a client knows that storage has the bytes.
    pub(super) acknowledged: HashSet<String>,
    /// Under which key a URL was made.
    pub(super) key_of_url: HashMap<String, String>,
    /// The URL that was used of a key.
    pub(super) url_of_key: HashMap<String, String>,
    /// The ids that commands ended with.
    pub(super) reported: Vec<String>,
    /// The journal could not be written once: then it may forget.
    pub(super) journal_failed: bool,
}

/// A command under way.
pub(super) type Task = Pin<Box<dyn Future<Output = Result<Asset, Error>> + Send>>;

/// More requests than any upload may need: 5 URLs, 8 attempts at each of their 3 requests, and the
/// looks at an object or an asset that takes its time.
const MAX_REQUESTS: u64 = 400;

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
            is_calm: false,
            broken: None,
            story: is_told.then(Vec::new),
            schedule,
        })))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn report(&self) -> Report {
        self.state().report
    }

    pub(super) fn story(&self) -> Vec<String> {
        self.state().story.take().unwrap_or_default()
    }

    /// Lets every process have its disturbed runs, and then two in peace.
    pub(super) fn carry_out(&self) -> Result<(), String> {
        let what = {
            let state = self.state();
            let schedule = &state.schedule;
            format!(
                "{} bytes by {} route, checksum {:?}, {} process(es); faults: {:?}",
                schedule.content.len(),
                schedule.route,
                schedule.checksum,
                schedule.processes,
                schedule.faults,
            )
        };
        self.state().tell(|| what);
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
            } else if round > 0 && sends > 0 && state.schedule.checksum != Checksum::Off {
                state.breaks(|| "what was stored already was sent again".to_owned());
            }
            state.note_end(process, Some(end));
        })?;
        check::in_peace(&self.state(), round, &failed)
    }

    /// Something that a process does, and before which it may die. Returns whether it lives.
    pub(super) fn point(&self, process: usize, what: &str) -> bool {
        let mut state = self.state();
        if !state.processes[process].is_alive {
            return false;
        }
        state.tell(|| format!("process {process} {what}"));
        let it = &mut state.processes[process];
        if is_due(&mut it.crash_after) {
            it.is_alive = false;
            state.report.crashes += 1;
            state.tell(|| format!("process {process} dies"));
            return false;
        }
        if is_due(&mut it.edit_after) {
            let (at, keeps_size) = {
                let r = &mut state.schedule.random;
                (r.next(), r.chance(500))
            };
            state.file.edit(|content| {
                let size = content.len() as u64;
                if size > 16 && keeps_size {
                    let index = 16 + at % (size - 16);
                    content[usize::try_from(index).expect("an index of the file")] ^= 1;
                } else {
                    content.push(0);
                }
            });
            state.tell(|| "the file is edited".to_owned());
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

    pub(super) fn journal_fails(&self) -> bool {
        let mut state = self.state();
        let per_mille = match state.is_calm {
            true => 0,
            false => state.schedule.journal_per_mille,
        };
        let fails = state.schedule.random.chance(per_mille);
        if fails {
            state.facts.journal_failed = true;
            state.tell(|| "the journal fails".to_owned());
        }
        fails
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

    /// A client has heard the answer to a request.
    pub(super) fn heard(&self, conn: usize, status: StatusCode) {
        let mut state = self.state();
        let head = &state.conns[conn].head;
        if head.method == http::Method::PUT && status.is_success() {
            let path = head.uri.path().to_owned();
            state.facts.acknowledged.insert(path);
        }
    }

    /// Starts the command in a new process.
    pub(super) fn start(&self, process: usize) -> Task {
        let (client, source, cancellation) = {
            let mut state = self.state();
            state.begin(process);
            let source = Source::reader("file.png", state.file.clone());
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
            world.state().observe(process, progress);
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

    /// Takes note of a broken promise; the first one counts.
    pub(super) fn breaks(&mut self, what: impl FnOnce() -> String) {
        if self.broken.is_none() {
            let what = what();
            self.tell(|| format!("BROKEN: {what}"));
            self.broken = Some(what);
        }
    }

    /// Looks at a request as it leaves a process.
    pub(super) fn audit(&mut self, process: usize, head: &Parts, destination: Option<Destination>) {
        let run = &mut self.processes[process].run;
        run.requests += 1;
        if head.method != http::Method::GET {
            run.sends += 1;
        }
        if run.requests > MAX_REQUESTS {
            self.breaks(|| format!("one run sends more than {MAX_REQUESTS} requests"));
        }
        let headers = &head.headers;
        let has_credential =
            headers.contains_key("x-api-key") || headers.contains_key("authorization");
        match destination {
            Some(Destination::Storage) => {
                if has_credential {
                    self.breaks(|| "storage is shown the credential".to_owned());
                }
                self.audit_put(head.uri.path());
            }
            Some(Destination::Api) if has_credential => {}
            _ => self.breaks(|| "the API is not shown the credential".to_owned()),
        }
    }

    fn audit_put(&mut self, path: &str) {
        // What could not be written down is not known to the next process.
        let is_excused = self.schedule.excuses.put_again || self.facts.journal_failed;
        if self.facts.acknowledged.contains(path) && !is_excused {
            self.breaks(|| "an accepted PUT is sent again".to_owned());
        }
        // A URL that the server never made has no key.
        let Some(key) = self.facts.key_of_url.get(path).cloned() else {
            return;
        };
        let used = self
            .facts
            .url_of_key
            .entry(key)
            .or_insert_with(|| path.to_owned());
        if used != path {
            self.breaks(|| "a key is used again for a new URL".to_owned());
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

    fn observe(&mut self, process: usize, progress: &Progress<'_>) {
        match progress {
            Progress::Elsewhere => self.processes[process].run.waited_for_other = true,
            Progress::Resumed { .. } => self.report.resumed += 1,
            Progress::AlreadyStored { .. } => self.report.reused += 1,
            _ => {}
        }
        self.tell(|| format!("process {process}: {progress:?}"));
    }

    fn begin(&mut self, process: usize) {
        let now = self.agenda.now;
        let version = self.file.version();
        let Schedule {
            random: r,
            crash_per_mille,
            cancel_per_mille,
            edit_per_mille,
            ..
        } = &mut self.schedule;
        let is_calm = self.is_calm;
        let mut after = |per_mille: u64| (!is_calm && r.chance(per_mille)).then(|| r.below(45));
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

    /// Takes note of how a run ended; `None` is a crash.
    fn note_end(&mut self, process: usize, end: Option<Result<Asset, Error>>) {
        self.processes[process].is_alive = false;
        match end {
            None => {}
            Some(Ok(asset)) => {
                self.report.successes += 1;
                self.tell(|| format!("process {process} ends with {}", asset.asset_id));
                check::success(self, process, &asset);
                self.facts.reported.push(asset.asset_id.to_string());
            }
            Some(Err(error)) => {
                self.report.failures += 1;
                self.tell(|| format!("process {process} fails: {error}"));
            }
        }
        check::budgets(self, process);
    }

    fn become_calm(&mut self) {
        self.is_calm = true;
        self.core.clear_faults();
        self.tell(|| "from here on nothing goes wrong".to_owned());
    }
}
