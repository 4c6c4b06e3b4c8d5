//! What is seen of a run while it goes on, and handed to those who judge it.

use heygen_client::{Asset, Destination, Error, JournalRecord, Progress, Stored};
use heygen_emulator::{Endpoint, OperationId};
use http::{Method, request::Parts};

use super::{
    assets::Assets,
    check,
    exchange::Answer,
    puts::{Urls, Verdict},
    subject::{Heard, Subject},
    world::{State, World},
};

/// What has happened so far that promises are made about.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) urls: Urls,
    pub(super) assets: Assets,
    /// A PUT was sent again because of something untrue.
    pub(super) is_put_excused: bool,
}

/// More requests than any upload may need: 5 URLs, 8 attempts at each of their 3 requests, and the
/// looks at an object or an asset that takes its time.
const MAX_REQUESTS: u64 = 400;

/// The network: the hosts that there are. The last one is another door to storage, to which it can
/// send a client.
pub(super) const API: &str = "api.heygen.com";
pub(super) const STORAGE: &str = "storage.sim";
pub(super) const OTHER: &str = "other.sim";

/// Requests and answers.
impl State {
    /// Looks at a request as it leaves a process. Returns what it is about, and whether its bytes
    /// may be stored a second time.
    pub(super) fn audit(
        &mut self,
        process: usize,
        head: &Parts,
        destination: Option<Destination>,
    ) -> (Option<Subject>, bool) {
        let now = self.agenda.now;
        let run = &mut self.processes[process].run;
        run.requests += 1;
        if head.method != Method::GET {
            run.sends += 1;
        }
        if run.requests > MAX_REQUESTS {
            self.breaks(|| format!("one run sends more than {MAX_REQUESTS} requests"));
        }
        self.audit_destination(head, destination);
        let Some(subject) = Subject::of(head) else {
            let what = format!(
                "{} {} is no request of an upload",
                head.method,
                head.uri.path()
            );
            self.breaks(|| what);
            return (None, false);
        };
        let run = &mut self.processes[process].run;
        if let Err(problem) = run.budget.sent(now, &subject) {
            self.breaks(|| problem);
        }
        let is_again = match subject.endpoint {
            Endpoint::StoragePut => self.audit_put(process, head, &subject.id),
            Endpoint::Api(OperationId::CompleteAsset) => {
                let known = &mut self.processes[process].run.known;
                let verdict = known.judge_complete(&subject.id);
                self.judged(verdict);
                false
            }
            _ => false,
        };
        self.audit_notes(process, &subject);
        (Some(subject), is_again)
    }

    /// The credential goes to the API, and nowhere else; nothing goes anywhere in the clear.
    fn audit_destination(&mut self, head: &Parts, destination: Option<Destination>) {
        let headers = &head.headers;
        let has_credential =
            headers.contains_key("x-api-key") || headers.contains_key("authorization");
        let host = head.uri.host().unwrap_or_default();
        if head.uri.scheme_str() != Some("https") {
            self.breaks(|| "a request goes over plain http".to_owned());
        }
        match destination {
            Some(Destination::Storage) if has_credential => {
                self.breaks(|| "storage is shown the credential".to_owned());
            }
            Some(Destination::Storage) if [STORAGE, OTHER].contains(&host) => {}
            Some(Destination::Api) if has_credential && host == API => {}
            Some(Destination::Api) if host == API => {
                self.breaks(|| "the API is not shown the credential".to_owned());
            }
            _ => {
                let what = format!("a request goes to {host}");
                self.breaks(|| what);
            }
        }
    }

    fn audit_put(&mut self, process: usize, head: &Parts, asset: &str) -> bool {
        let url = *self.facts.urls.of(asset);
        let known = &mut self.processes[process].run.known;
        let was_redirected = known.was_redirected(asset);
        let verdicts = [
            known.judge(self.agenda.now, asset, url),
            known.judge_others(asset, self.file.version()),
        ];
        verdicts.into_iter().for_each(|it| self.judged(it));
        if head.uri.host() == Some(OTHER) {
            self.report.redirected += 1;
            if !was_redirected {
                self.breaks(|| "bytes go where no redirect pointed".to_owned());
            }
        }
        if !self.facts.assets.is_first_of_its_key(asset) {
            self.breaks(|| "a key is used again for a new URL".to_owned());
        }
        url.was_whole
    }

    fn audit_notes(&mut self, process: usize, subject: &Subject) {
        let completes = match subject.endpoint {
            Endpoint::StoragePut => false,
            Endpoint::Api(OperationId::CompleteAsset) => true,
            _ => return,
        };
        let run = &mut self.processes[process].run;
        if !run.blindness.is_unremembered {
            let verdict = run.known.judge_notes(&subject.id, completes);
            self.judged(verdict);
        }
    }

    fn judged(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Right => {}
            Verdict::Excused => self.facts.is_put_excused = true,
            Verdict::Broken(what) => self.breaks(|| what.to_owned()),
        }
    }

    /// So much of a request was handed to its connection.
    pub(super) fn handed_over(&mut self, conn: usize) {
        let it = &self.conns[conn];
        let Some(subject) = &it.subject else { return };
        if subject.endpoint != Endpoint::StoragePut || it.body.len() as u64 != it.size {
            return;
        }
        self.facts.urls.of(&subject.id).was_whole = true;
        let known = &mut self.processes[it.process].run.known;
        known.sent_whole(&subject.id);
    }

    /// A client has heard what became of a request.
    pub(super) fn heard(&mut self, conn: usize, answer: &Answer) {
        let now = self.agenda.now;
        let it = &self.conns[conn];
        let Some(subject) = it.subject.clone() else {
            return;
        };
        let heard = match answer {
            Ok(response) => Heard::of(&subject, response, it.cut_at.is_some()),
            Err(_) => Heard::Nothing,
        };
        self.report.pages += u64::from(heard.is_page());
        let run = &mut self.processes[it.process].run;
        run.budget.heard(now, &subject, heard);
        if let (Ok(response), Heard::Success, false) = (answer, heard, it.is_lie) {
            run.told_of.extend(subject.asset_of(response));
        }
        let (id, assets) = (&subject.id, &mut self.facts.assets);
        match subject.endpoint {
            Endpoint::StoragePut => run.known.heard_of_put(now, id, heard),
            Endpoint::Api(OperationId::CompleteAsset) => {
                run.known.heard_of_complete(now, id, heard);
                if heard.is_denial() || heard.is_conflict() {
                    assets.denied(id);
                }
            }
            // A proxy is believed that it takes no body of this size.
            Endpoint::Api(OperationId::UploadAsset)
                if heard.is_denial() || heard.status() == Some(413) =>
            {
                assets.denied_key(id);
            }
            Endpoint::Api(OperationId::GetAsset) if heard.is_denial() => {
                run.may_forget = true;
                assets.denied(id);
            }
            Endpoint::Api(OperationId::CreateDirectUpload) if heard == Heard::Success => {
                if let Some(asset) = assets.newest_of_key(id) {
                    let url = *self.facts.urls.of(asset);
                    run.known.created(asset, url, self.file.version());
                }
            }
            _ => {}
        }
    }

    /// The server has changed something because of a request, whatever it answers.
    pub(super) fn took_effect(&mut self, conn: usize) {
        let now = self.server_time();
        let arrived = self.agenda.now;
        let it = &self.conns[conn];
        let Some(subject) = &it.subject else { return };
        let is_awaited = !it.is_over && it.answer.is_none() && it.coming.is_none();
        let assets = &mut self.facts.assets;
        match subject.endpoint {
            Endpoint::StoragePut => {
                let url = self.facts.urls.of(&subject.id);
                let verdict = url.accepted(arrived, it.may_be_second);
                self.judged(verdict);
            }
            Endpoint::Api(OperationId::CompleteAsset) => assets.finalised(&subject.id, is_awaited),
            Endpoint::Api(OperationId::UploadAsset)
            | Endpoint::Api(OperationId::CreateDirectUpload) => {
                let made = self.core.assets(now);
                let made = made.last().expect("what took effect has made an asset");
                let ids = (made.id.to_string(), subject.id.clone());
                let stands = (now, made.is_finalised);
                assets.made(ids, stands, is_awaited, it.blindness);
            }
            _ => {}
        }
    }
}

/// What a process says, and how it ends.
impl State {
    pub(super) fn observe(&mut self, process: usize, progress: &Progress<'_>) {
        let now = self.agenda.now;
        let run = &mut self.processes[process].run;
        match progress {
            Progress::Elsewhere => run.waited_for_other = true,
            Progress::Resumed { .. } => self.report.resumed += 1,
            Progress::AlreadyStored { .. } => self.report.reused += 1,
            Progress::Planned { .. } => run.budget.begin(),
            Progress::Retrying { wait, .. } => {
                if let Err(problem) = run.budget.announce(now, *wait) {
                    self.breaks(|| problem);
                }
            }
            _ => {}
        }
        self.tell(|| format!("process {process}: {progress:?}"));
    }

    /// Takes note of how a run ended; `None` is a crash.
    pub(super) fn note_end(&mut self, process: usize, end: Option<Result<Asset, Error>>) {
        self.processes[process].is_alive = false;
        let is_edited = self.file.version() > self.processes[process].run.version;
        let assets = &mut self.facts.assets;
        assets.run_ended(process);
        // Under its key bytes may have gone that no look at the file had shown, and the next run,
        // which sees another file, uses another key.
        if is_edited
            && !matches!(end, Some(Ok(_)))
            && let Some(upload) = self.processes[process].run.upload.take()
        {
            assets.forgotten(upload);
        }
        match end {
            None => {
                if let Some(id) = self.processes[process].run.remembered.take() {
                    assets.untold(&id);
                }
            }
            Some(Ok(asset)) => {
                assets.told(asset.asset_id.as_str());
                self.report.successes += 1;
                self.tell(|| format!("process {process} ends with {}", asset.asset_id));
                check::success(self, process, &asset);
            }
            Some(Err(error)) => {
                if let Some(Stored::Finished(id)) = error.stored() {
                    assets.told(id.as_str());
                }
                self.report.failures += 1;
                self.tell(|| format!("process {process} fails: {error}"));
            }
        }
        check::budgets(self, process);
    }
}

/// What a journal was asked.
impl World {
    /// A record was to be written.
    pub(super) fn saved(&self, process: usize, record: &JournalRecord, is_done: bool) {
        let mut state = self.state();
        let upload = record.checkpoint.upload_id().to_string();
        let asset = record.checkpoint.asset_id().map(|id| id.as_str());
        let finished = asset.filter(|_| record.checkpoint.finished().is_some());
        if let Some(id) = finished
            && !state.processes[process].run.told_of.contains(id)
        {
            state
                .breaks(|| format!("the journal is given {id}, which the server did not speak of"));
        }
        if let Some(asset) = asset {
            let is_stored = record.checkpoint.is_stored();
            let known = &mut state.processes[process].run.known;
            known.noted(asset, is_stored);
        }
        if is_done {
            if let Some(asset) = asset {
                state.facts.urls.of(asset).is_saved = true;
            }
            if let Some(finished) = finished {
                state.processes[process].run.remembered = Some(finished.to_owned());
            }
        }
        state.processes[process].run.upload = Some(upload.clone());
        let assets = &mut state.facts.assets;
        assets.saved(process, upload, finished, is_done);
    }

    /// A finished upload is to be forgotten.
    pub(super) fn forgets(&self, process: usize) {
        let mut state = self.state();
        if !state.processes[process].run.may_forget {
            state.breaks(|| "an asset is forgotten that is not said to be gone".to_owned());
        }
    }

    /// A run was told of an upload that was begun.
    pub(super) fn found(&self, process: usize, record: &JournalRecord) {
        let upload = record.checkpoint.upload_id().to_string();
        self.state().processes[process].run.upload = Some(upload);
        let Some(asset) = record.checkpoint.asset_id() else {
            return;
        };
        let is_finished = record.checkpoint.finished().is_some();
        let is_stored = record.checkpoint.is_stored();
        let version = record.fingerprint.changed_ns;
        let version = version.and_then(|version| usize::try_from(version).ok());
        let run = &mut self.state().processes[process].run;
        let known = &mut run.known;
        known.resumed(asset.as_str(), is_stored, version.unwrap_or_default());
        run.told_of.extend(is_finished.then(|| asset.to_string()));
    }

    /// A run was not told of an upload that was begun.
    pub(super) fn forgot(&self, record: &JournalRecord) {
        let upload = record.checkpoint.upload_id().to_string();
        self.state().facts.assets.forgotten(upload);
    }
}
