//! The promise that an accepted PUT is not sent again, judged as each PUT leaves its process.
//!
//! For that, a URL is written down before it is used, and that storage has the bytes before they are
//! completed. Beyond it, what counts is what the client was told: it may send bytes again to a URL that may have them
//! only when it was told that they are not there, as often and as long as the documentation of the
//! machine says. When that was a lie, the promise could not be kept, which is counted.

use std::{collections::HashMap, time::Duration};

use super::subject::Heard;

/// What has become of the URLs of all assets, whoever knows it.
#[derive(Debug, Default)]
pub(super) struct Urls(HashMap<String, Url>);

/// What has become of one URL.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Url {
    /// Every byte was handed to a connection once, and may have arrived.
    pub(super) was_whole: bool,
    /// How often storage took the bytes, and when first.
    pub(super) accepted: u32,
    pub(super) accepted_at: Option<Duration>,
    /// One of those was of a PUT that no other was to follow or to precede.
    has_first: bool,
    /// A journal has it.
    pub(super) is_saved: bool,
}

impl Url {
    /// Storage took the bytes of a PUT. `may_be_second` is what was said of it when it was sent.
    pub(super) fn accepted(&mut self, now: Duration, may_be_second: bool) -> Verdict {
        self.accepted += 1;
        self.accepted_at.get_or_insert(now);
        if may_be_second {
            return Verdict::Right;
        }
        match std::mem::replace(&mut self.has_first, true) {
            true => Verdict::Broken("storage accepts the same PUT twice"),
            false => Verdict::Right,
        }
    }
}

impl Urls {
    pub(super) fn of(&mut self, asset: &str) -> &mut Url {
        if !self.0.contains_key(asset) {
            self.0.insert(asset.to_owned(), Url::default());
        }
        self.0.get_mut(asset).expect("it is there by now")
    }
}

/// What one run knows of the URLs that it uses.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<String, Knowledge>);

#[derive(Clone, Copy, Debug, Default)]
struct Knowledge {
    /// It asked for the URL itself; else it has it from a journal.
    is_own: bool,
    /// A journal had it by then.
    was_saved: bool,
    /// Its journal was asked to write the URL down, and that storage has the bytes.
    is_noted: bool,
    is_noted_as_stored: bool,
    /// The version of the file whose bytes it is for.
    version: usize,
    /// It was told that storage has the bytes.
    is_stored: bool,
    /// It was told that the asset is not there, or will never be.
    was_denied: bool,
    /// It sent every byte itself.
    sent_whole: bool,
    /// Storage refused these bytes, so that they are to be sent differently.
    was_refused: bool,
    /// It was sent elsewhere by storage.
    was_redirected: bool,
    /// How often it was told since then that the object is not there, and when last.
    denials: u32,
    denied_at: Duration,
    /// When its last PUT left, and until when the bytes have to be looked for since no answer came.
    put_at: Duration,
    looks_until: Duration,
    /// Since when it is told that although it knows better.
    denied_since: Option<Duration>,
    /// It was told so for as long as storage may take.
    is_given_up: bool,
    /// It has sent the bytes again because of that.
    has_repeated: bool,
    /// It has been told what it has to be told before it may send the bytes.
    may_send: bool,
}

/// How a PUT is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Right,
    /// The bytes are there, but the client could not know.
    Excused,
    Broken(&'static str),
}

impl Known {
    fn of(&mut self, asset: &str) -> &mut Knowledge {
        self.0.entry(asset.to_owned()).or_default()
    }

    /// The URL was given to this run by the API.
    pub(super) fn created(&mut self, asset: &str, url: Url, version: usize) {
        let it = self.of(asset);
        it.version = version;
        it.is_own = true;
        it.was_saved = url.is_saved;
    }

    /// The run found the URL in its journal.
    pub(super) fn resumed(&mut self, asset: &str, is_stored: bool, version: usize) {
        let it = self.of(asset);
        it.version = version;
        it.is_stored = is_stored;
        self.noted(asset, is_stored);
    }

    /// The run asked its journal to write down how it stands with a URL, whatever came of it.
    pub(super) fn noted(&mut self, asset: &str, is_stored: bool) {
        let it = self.of(asset);
        it.is_noted = true;
        it.is_noted_as_stored |= is_stored;
    }

    /// Judges what is about to be sent, of a run that has a journal.
    pub(super) fn judge_notes(&mut self, asset: &str, completes: bool) -> Verdict {
        let it = self.of(asset);
        if completes && it.is_stored && !it.is_noted_as_stored {
            return Verdict::Broken("an accepted PUT is completed before it is written down");
        }
        if !completes && !it.is_noted {
            return Verdict::Broken("a URL is used before it is written down");
        }
        Verdict::Right
    }

    /// Judges a PUT that is about to be sent.
    pub(super) fn judge(&mut self, now: Duration, asset: &str, url: Url) -> Verdict {
        let it = self.of(asset);
        it.put_at = now;
        // A server can say that it has what was never sent whole.
        if !it.is_stored && (!url.was_whole || it.may_send) {
            return Verdict::Right;
        }
        let broken = if it.is_stored {
            let is_first = !std::mem::replace(&mut it.has_repeated, true);
            (!it.is_given_up || !is_first).then_some("an accepted PUT is sent again")
        } else if it.sent_whole {
            let is_looked_for = it.denials > 0 && it.denied_at >= it.looks_until;
            (!it.was_refused && !is_looked_for)
                .then_some("bytes that may have arrived are sent again without looking for them")
        } else if it.is_own {
            // A server gives the same URL again under the same key.
            it.was_saved
                .then_some("a URL that the journal has is asked for and used again")
        } else {
            (it.denials < 2).then_some("bytes of a run that has ended are sent again too soon")
        };
        it.may_send = true;
        it.is_stored = false;
        it.denied_since = None;
        it.is_given_up = false;
        match broken {
            Some(what) => Verdict::Broken(what),
            None if url.accepted > 0 => Verdict::Excused,
            None => Verdict::Right,
        }
    }

    /// Judges whether the bytes of a version of the file, which are about to be sent, are known to be
    /// stored under another URL. That may be given up only when the server says that it is not there.
    pub(super) fn judge_others(&self, asset: &str, version: usize) -> Verdict {
        let mut others = self.0.iter().filter(|(other, _)| *other != asset);
        let is_stored = others.any(|(_, it)| {
            it.is_stored && it.version == version && !it.was_denied && !it.is_given_up
        });
        match is_stored {
            true => Verdict::Broken("bytes that storage has are sent to another URL"),
            false => Verdict::Right,
        }
    }

    /// Every byte of a PUT was handed to its connection.
    pub(super) fn sent_whole(&mut self, asset: &str) {
        let it = self.of(asset);
        it.sent_whole = true;
        it.may_send = false;
        it.was_refused = false;
        it.denials = 0;
    }

    /// The client heard of a PUT.
    pub(super) fn heard_of_put(&mut self, now: Duration, asset: &str, heard: Heard) {
        let it = self.of(asset);
        let took = now.saturating_sub(it.put_at);
        it.looks_until = now + took.min(LOOK_WINDOW);
        match heard {
            Heard::Success => it.is_stored = true,
            Heard::Refusal {
                status,
                is_transient: false,
                is_own: true,
                ..
            } => {
                it.was_refused = true;
                it.was_redirected |= status == 307;
            }
            _ => {}
        }
    }

    /// The client heard of a completion.
    pub(super) fn heard_of_complete(&mut self, now: Duration, asset: &str, heard: Heard) {
        let it = self.of(asset);
        if !heard.is_conflict() {
            it.was_denied |= heard.is_denial();
            return;
        }
        it.denials += 1;
        it.denied_at = now;
        if it.is_stored {
            let since = *it.denied_since.get_or_insert(now);
            it.is_given_up = now.saturating_sub(since) >= OBJECT_WINDOW;
        }
    }

    /// Judges a completion that is about to be sent.
    pub(super) fn judge_complete(&mut self, asset: &str) -> Verdict {
        match self.of(asset).is_given_up {
            true => Verdict::Broken("an object that does not appear is asked for too long"),
            false => Verdict::Right,
        }
    }

    /// Tells whether storage sent this run elsewhere with the bytes.
    pub(super) fn was_redirected(&mut self, asset: &str) -> bool {
        self.of(asset).was_redirected
    }
}

/// How long bytes are looked for at most whose PUT was not answered.
const LOOK_WINDOW: Duration = Duration::from_secs(30);

/// How long storage may take to show an object, as `Config::object_window` has it.
const OBJECT_WINDOW: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests;
