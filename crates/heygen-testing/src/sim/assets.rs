//! The promise that one file becomes one asset, judged at the end over all assets.
//!
//! An asset counts as excused for what was met, and met by this asset: when its client was told
//! something untrue of it, or when the journal could not write down what it had to. Whether a
//! schedule needed its excuses is counted.

use std::{
    collections::{HashMap, HashSet},
    time::Duration,
};

/// All assets that the server has made, and what is known of them.
#[derive(Debug, Default)]
pub(super) struct Assets {
    made: Vec<Made>,
    /// The ids that a command ended with, or named in its error.
    told: HashSet<String>,
    /// The asset of each key whose URL was used.
    used_keys: HashMap<String, String>,
    /// The keys of single requests that were refused.
    denied_keys: HashSet<String>,
    /// The uploads whose last checkpoint could not be written, by the process that tried.
    behind: HashMap<String, usize>,
    /// The uploads that a journal failed to keep, or to give back, or that an edit ended in doubt.
    forgotten: HashSet<String>,
}

/// An asset, or the promise of one.
#[derive(Debug)]
struct Made {
    id: String,
    key: String,
    at: Duration,
    is_finalised: bool,
    /// Its client was told that it is not there.
    was_denied: bool,
    /// The journal has it as finished.
    is_remembered: bool,
    /// Why it may be one too many.
    is_excused: bool,
    /// Its process died between writing it down as finished and saying so.
    is_untold: bool,
}

/// Which part of its journal a run could not use.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Blindness {
    /// It was not given a claim, and goes on without a journal.
    pub(super) is_unremembered: bool,
    /// It was not told what is finished, or could not have it forgotten.
    pub(super) is_astray: bool,
}

/// A finalised asset, and which version of the file it holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Finalised<'a> {
    pub(super) id: &'a str,
    pub(super) version: usize,
}

/// How far the promise was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// By every asset.
    Kept,
    /// But for assets that are excused.
    Excused,
}

impl Assets {
    /// The server has made an asset under a key. `is_awaited` tells whether a client waits for the
    /// answer.
    pub(super) fn made(
        &mut self,
        (id, key): (String, String),
        (at, is_finalised): (Duration, bool),
        is_awaited: bool,
        run: Blindness,
    ) {
        // It would have gone on with what is finished, had it been told of it.
        let is_blind = run.is_unremembered || run.is_astray;
        for it in self.made.iter_mut().filter(|it| is_blind && it.is_untold) {
            it.is_excused = true;
        }
        let is_late = is_finalised && !is_awaited && self.denied_keys.contains(&key);
        self.made.push(Made {
            id,
            key,
            at,
            is_finalised,
            was_denied: false,
            is_remembered: false,
            is_excused: is_late || is_blind,
            is_untold: false,
        });
    }

    /// Returns the asset that was made last under a key.
    pub(super) fn newest_of_key(&self, key: &str) -> Option<&str> {
        let mut made = self.made.iter().rev();
        made.find_map(|it| (it.key == key).then_some(it.id.as_str()))
    }

    /// Takes note that the URL of an asset is used. Tells whether it is the only one that was ever
    /// used of its key.
    pub(super) fn is_first_of_its_key(&mut self, id: &str) -> bool {
        let Some(it) = self.made.iter().find(|it| it.id == id) else {
            return true;
        };
        let used = self.used_keys.entry(it.key.clone());
        used.or_insert_with(|| id.to_owned()) == id
    }

    /// The server has finalised an asset.
    pub(super) fn finalised(&mut self, id: &str, is_awaited: bool) {
        if let Some(it) = self.of(id) {
            it.is_finalised = true;
            // Whoever was told that it is not there does not expect it any more.
            it.is_excused |= it.was_denied && !is_awaited;
        }
    }

    /// Returns `true` if the asset is finalised.
    pub(super) fn is_finalised(&self, id: &str) -> bool {
        self.has(id, |it| it.is_finalised)
    }

    /// A client was told that an asset, or what it is to become, is not there.
    pub(super) fn denied(&mut self, id: &str) {
        if let Some(it) = self.of(id) {
            it.was_denied = true;
            it.is_excused |= it.is_finalised;
        }
    }

    /// A client was told that its single request will not be carried out.
    pub(super) fn denied_key(&mut self, key: &str) {
        self.denied_keys.insert(key.to_owned());
        for it in self.made.iter_mut().filter(|it| it.key == key) {
            it.is_excused = true;
        }
    }

    /// A checkpoint was to be written down.
    pub(super) fn saved(
        &mut self,
        process: usize,
        upload: String,
        finished: Option<&str>,
        is_done: bool,
    ) {
        if !is_done {
            self.behind.insert(upload, process);
            return;
        }
        if let Some(it) = finished.and_then(|id| self.of(id)) {
            it.is_remembered = true;
        }
        self.behind.remove(&upload);
    }

    /// A process has ended: what it could not write down is not known to the next one.
    pub(super) fn run_ended(&mut self, process: usize) {
        let forgotten = &mut self.forgotten;
        self.behind.retain(|upload, by| {
            if *by == process {
                forgotten.insert(upload.clone());
            }
            *by != process
        });
    }

    /// A journal did not say that an upload was begun, or the file was edited so that the upload ended
    /// without knowing what it had stored.
    pub(super) fn forgotten(&mut self, upload: String) {
        self.forgotten.insert(upload);
    }

    /// A process died after it wrote down an asset as finished, and nobody heard of it.
    pub(super) fn untold(&mut self, id: &str) {
        if let Some(it) = self.of(id) {
            it.is_untold = true;
        }
    }

    /// A command ended with this asset, or named it.
    pub(super) fn told(&mut self, id: &str) {
        self.told.insert(id.to_owned());
    }

    /// Judges what there is in the end. `present` is the last version of the file.
    pub(super) fn judge(
        &self,
        finalised: &[Finalised<'_>],
        present: usize,
    ) -> Result<Verdict, String> {
        if self.problem(finalised, present, |_| true).is_none() {
            return Ok(Verdict::Kept);
        }
        match self.problem(finalised, present, |id| !self.is_excused(id)) {
            None => Ok(Verdict::Excused),
            Some(problem) => Err(problem),
        }
    }

    fn problem(
        &self,
        finalised: &[Finalised<'_>],
        present: usize,
        counts: impl Fn(&str) -> bool,
    ) -> Option<String> {
        for version in 0..=present {
            let these = finalised.iter().filter(|it| it.version == version);
            let ids: Vec<&str> = these.map(|it| it.id).filter(|id| counts(id)).collect();
            if ids.len() > 1 {
                return Some(format!("one file became {ids:?}"));
            }
            // Whoever edits the file gives up what was being made of it.
            let is_present = version == present;
            let orphan = ids
                .iter()
                .find(|id| is_present && !self.told.contains(**id));
            if let Some(orphan) = orphan {
                return Some(format!("nobody was ever told of {orphan}"));
            }
        }
        None
    }

    fn is_excused(&self, id: &str) -> bool {
        self.has(id, |it| {
            let upload = it.key.split('.').next().unwrap_or_default();
            let is_forgotten = !it.is_remembered && self.forgotten.contains(upload);
            it.is_excused || is_forgotten || self.outlived_its_key(it)
        })
    }

    /// A single request is known by its key alone, and the server knows that for a day.
    fn outlived_its_key(&self, it: &Made) -> bool {
        it.key.contains(".single.")
            && self
                .made
                .iter()
                .any(|other| other.key == it.key && other.at >= it.at + KEY_LIFE)
    }

    fn of(&mut self, id: &str) -> Option<&mut Made> {
        self.made.iter_mut().find(|it| it.id == id)
    }

    fn has(&self, id: &str, what: impl Fn(&Made) -> bool) -> bool {
        self.made.iter().any(|it| it.id == id && what(it))
    }
}

/// For how long the server replays its answer under a key.
const KEY_LIFE: Duration = Duration::from_secs(24 * 3600);

#[cfg(test)]
mod tests;
