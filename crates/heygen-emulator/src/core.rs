mod begin;
mod end;
mod finish;
mod snapshot;

use std::{io, path::Path, time::Duration};

use bytes::Bytes;
use heygen_types::Invalid;
use http::request::Parts;

use crate::{
    ApiKey, AssetEntry, Begin, Body, BodyPlan, Delivery, Fault, Form, KeyScopes, Reply, RequestId,
    RequestRecord, Settings,
    fault::Faults,
    ids::Ids,
    keys::{Key, Keys},
    log::Log,
    rate::Gate,
    replays::Replays,
    state::{Saved, State},
    storage::Signer,
};

#[cfg(feature = "server")]
pub(crate) use begin::percent_decode;
pub use snapshot::Snapshot;

/// The emulator without sockets: all of its state in one value.
///
/// Time is an argument, a duration since the Unix epoch, so a test decides what time it is. Equal
/// settings and equal requests at equal times give equal answers.
///
/// A request takes two steps, so that whoever drives the core can answer before the body has
/// come: [`begin`](Self::begin) judges the head, [`finish`](Self::finish) takes the body.
/// [`handle`](Self::handle) does both for bodies in memory.
#[derive(Debug)]
pub struct Core {
    pub(crate) settings: Settings,
    keys: Keys,
    pub(crate) signer: Signer,
    pub(crate) state: State,
    replays: Replays,
    pub(crate) faults: Faults,
    gate: Gate,
    speech_gate: Gate,
    log: Log,
}

impl Core {
    /// Starts without assets.
    ///
    /// # Errors
    ///
    /// Refuses a `public_url` that is not an http or https URL of scheme, host and port.
    pub fn new(settings: Settings) -> Result<Self, Invalid> {
        let ids = Ids::new(settings.seed, 0);
        let api_key = settings
            .api_key
            .clone()
            .unwrap_or_else(|| ids.secret("api key").into());
        Ok(Self {
            keys: Keys::new(
                api_key,
                settings.key_scopes.clone(),
                settings.key_expires_at,
            ),
            signer: Signer::new(
                settings.public_url.as_deref().unwrap_or(DEFAULT_URL),
                ids.secret("storage secret"),
            )?,
            state: State::new(settings.seed),
            replays: Replays::default(),
            faults: Faults::default(),
            gate: Gate::default(),
            speech_gate: Gate::default(),
            log: Log::new(settings.log_max_requests),
            settings,
        })
    }

    /// Returns the settings.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Returns the key of the settings.
    #[must_use]
    pub fn api_key(&self) -> &str {
        self.keys.first().expose()
    }

    /// Creates another key that requests may carry, with its own scopes. It can expire, at a time
    /// since the Unix epoch. A reset forgets it.
    pub fn create_api_key(
        &mut self,
        now: Duration,
        scopes: KeyScopes,
        expires_at: Option<Duration>,
    ) -> ApiKey {
        let number = self.keys.count();
        let secret = self.state.ids.secret(&format!("api key {number}"));
        let api_key = ApiKey::from(secret);
        self.keys.add(Key {
            api_key: api_key.clone(),
            id: format!("emulated_{number}"),
            name: format!("emulator {number}"),
            scopes,
            created_at: Some(now),
            expires_at,
        });
        api_key
    }

    /// Tells whether a request carries the key of the settings, whatever that key may do.
    #[cfg(feature = "server")]
    pub(crate) fn is_authorised(&self, headers: &http::HeaderMap) -> bool {
        self.keys.first().is_carried_by(headers)
    }

    /// Answers a request whose body is in memory.
    ///
    /// The head has to be what a socket would have carried: `Host` (or an absolute URI) and
    /// `Content-Length` are checked by storage. Of a body that an injected fault cuts off, nothing
    /// is carried out. The time that slow reading takes is part of the delay of the reply.
    pub fn handle(&mut self, now: Duration, head: &Parts, body: impl Into<Bytes>) -> Reply {
        let exchange = match self.begin(now, head) {
            Begin::Proceed(exchange) => exchange,
            Begin::Reply(reply) => return reply,
        };
        let body: Bytes = body.into();
        let size = body.len() as u64;
        if let Some(cut) = exchange.cut().filter(|cut| size >= cut.after_bytes()) {
            self.note_body(exchange.id(), cut.after_bytes());
            let read = exchange.slow_reading();
            let mut reply = self.give_up(exchange, cut.into());
            let reading = read.map(|pace| pace.time_for(cut.after_bytes()));
            reply.delay = reply.delay.saturating_add(reading.unwrap_or_default());
            return reply;
        }
        self.note_body(exchange.id(), size);
        let reading = exchange.slow_reading().map(|pace| pace.time_for(size));
        let body = match *exchange.plan() {
            BodyPlan::None => Body::None,
            BodyPlan::Json { max_bytes } if size > max_bytes => Body::TooLarge,
            BodyPlan::Json { .. } => Body::Json(body),
            BodyPlan::Form { max_file_bytes } => {
                Body::Form(Form::parse(exchange.content_type(), body, max_file_bytes))
            }
            BodyPlan::Object { .. } => Body::Object(crate::Blob::from_bytes(body)),
        };
        let mut reply = self.finish(now, exchange, body);
        reply.delay = reply.delay.saturating_add(reading.unwrap_or_default());
        reply
    }

    /// Adds a fault behind those that wait already.
    pub fn fault(&mut self, fault: Fault) {
        self.faults.add(fault);
    }

    /// Returns the faults that have still to happen, in order, each with the uses it has left. A
    /// fault without an end is among them until it is met. When there are none, all have fired.
    #[must_use]
    pub fn unused_faults(&self) -> Vec<Fault> {
        self.faults.unused()
    }

    /// Returns the faults that can still be met, in order; those without an end stay.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        self.faults.all()
    }

    /// Forgets all faults to come.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// Returns the requests so far, oldest first; how many are kept is a setting.
    pub fn requests(&self) -> impl Iterator<Item = &RequestRecord> {
        self.log.iter()
    }

    /// Returns the assets in the order of their creation, unfinished ones too.
    #[must_use]
    pub fn assets(&self, now: Duration) -> Vec<AssetEntry> {
        let mut entries: Vec<_> = self.state.assets.iter().collect();
        entries.sort_by_key(|(_, asset)| asset.number);
        entries
            .into_iter()
            .map(|(id, asset)| AssetEntry::of(now, &self.settings, &self.state, id, asset))
            .collect()
    }

    /// Takes note of how many bytes of the body of a request were read.
    pub fn note_body(&mut self, id: RequestId, bytes: u64) {
        if let Some(record) = self.log.record(id) {
            record.body_bytes = bytes;
        }
    }

    /// Takes the calls that have become due, in the order in which they did: webhook events, and
    /// the ends of jobs that asked for a call. Report each one that its receiver did not take to
    /// [`delivery_failed`](Self::delivery_failed), which repeats it.
    pub fn take_deliveries(&mut self, now: Duration) -> Vec<Delivery> {
        self.tell_ends(now);
        let mut deliveries = self.state.outbox.take();
        for delivery in &mut deliveries {
            delivery.epoch = self.log.epoch;
        }
        deliveries
    }

    /// Plans to repeat a call that its receiver did not take within
    /// [`Delivery::ANSWER_TIMEOUT`], unless it was the last attempt. A repeat is signed with the secret
    /// that the endpoint has by then, and has its own timestamp.
    pub fn delivery_failed(&mut self, delivery: &Delivery) {
        if self.owes(delivery) {
            self.state.outbox.repeat(delivery);
        }
    }

    /// Returns whether a call that was taken is still to be made: not after a reset, or once a
    /// snapshot was restored.
    pub(crate) fn owes(&self, delivery: &Delivery) -> bool {
        delivery.epoch == self.log.epoch
    }

    /// Returns the calls that have become due so far, oldest first, taken or not.
    pub fn deliveries(&mut self, now: Duration) -> Vec<Delivery> {
        self.tell_ends(now);
        self.state.outbox.log()
    }

    /// Returns when the next call may become due, `None` while no job runs. A time that has passed
    /// means now.
    #[must_use]
    pub fn next_delivery(&self) -> Option<Duration> {
        if self.state.outbox.has_waiting() {
            return Some(Duration::ZERO);
        }
        self.state.outbox.next_time()
    }

    /// Says once, after something was finished or removed, that the state is worth saving.
    pub fn take_changed(&mut self) -> bool {
        std::mem::take(&mut self.state.is_dirty)
    }

    /// Says that the state could not be saved after all: [`take_changed`](Self::take_changed) says
    /// again that it is worth it.
    pub fn put_changed(&mut self) {
        self.state.is_dirty = true;
    }

    /// Writes down the state as JSON. What lies in files is named, without the folder; what lies in
    /// memory is left out, and idempotency keys, faults and the log are not kept.
    #[must_use]
    pub fn save(&self) -> String {
        serde_json::to_string(&Saved::of(&self.state))
            .expect("the state is maps with text keys and serialises")
    }

    /// Takes up a state that [`save`](Self::save) wrote down, in place of the present one. The files
    /// that it names are in `folder`.
    ///
    /// # Errors
    ///
    /// When the text is not such a state, or a file that it names cannot be read or is not in the
    /// folder itself: a path and a link are refused.
    pub fn restore(&mut self, saved: &str, folder: &Path) -> io::Result<()> {
        let saved: Saved = serde_json::from_str(saved)?;
        self.state = saved.restore(self.settings.seed, folder)?;
        Ok(())
    }
}

/// Where clients are taken to reach the core when nobody says.
const DEFAULT_URL: &str = "http://127.0.0.1";
