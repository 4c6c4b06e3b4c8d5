//! The ends of jobs, told in the order in which they come.

mod payloads;
mod types;

use std::time::Duration;

use bytes::Bytes;
use heygen_webhooks::{EVENT_ID_HEADER, SIGNATURE_HEADER, Secret, TIMESTAMP_HEADER, sign};
use serde_json::{Value, json};

use crate::{
    Core, Delivery, WebhookFault,
    api::{Viewer, is_generated, iso},
    state::{Collection, Record},
};

pub(crate) use types::EVENT_TYPES;

impl Core {
    /// Tells the ends of all jobs that have come by now. Nothing changes between two requests but
    /// the time, so looking at each end later is as good as looking at it when it comes.
    pub(crate) fn tell_ends(&mut self, now: Duration) {
        while let Some((end, kind, id)) = self.state.outbox.watched.take(now) {
            self.send_repeats(end);
            self.state.outbox.release_overdue(end);
            self.tell_end(end, kind, &id);
        }
        self.send_repeats(now);
        self.state.outbox.release_overdue(now);
    }

    /// Sends again what was not taken by its receiver and has become due.
    fn send_repeats(&mut self, now: Duration) {
        while let Some(mut delivery) = self.state.outbox.take_repeat(now) {
            if let Some(id) = &delivery.endpoint_id {
                let records = &self.state.records;
                let endpoint = records.get(delivery.at, Collection::WebhookEndpoints, id);
                // A deleted endpoint gets nothing, a changed one gets it as it is now: its old secret
                // stopped at once.
                let Some(endpoint) = endpoint else {
                    continue;
                };
                let event_id = delivery.header(EVENT_ID_HEADER).unwrap_or_default();
                delivery.headers = headers(delivery.at, event_id, endpoint, &delivery.body);
                endpoint
                    .text("url")
                    .unwrap_or_default()
                    .clone_into(&mut delivery.url);
            }
            self.send(delivery);
        }
    }

    fn tell_end(&mut self, end: Duration, kind: Collection, id: &str) {
        let viewer = self.viewer(end);
        // A job may be gone by now, or end at another time.
        let Some(job) = viewer.records.get(end, kind, id) else {
            return;
        };
        if job.schedule.end() != Some(end) {
            return;
        }
        let event = payloads::of(&viewer, kind, id, job);
        let callback_url = job.secret("callback_url").map(str::to_owned);
        let is_repeated = !is_generated(job);
        self.state.is_dirty = true;
        if let Some(url) = callback_url {
            self.call_back(end, url, &event, is_repeated);
        }
        // Some jobs have no event, and call their `callback_url` all the same.
        if EVENT_TYPES
            .iter()
            .any(|(known, _)| *known == event.event_type)
        {
            self.tell(end, id, event);
        }
    }

    /// Makes the call that one job asked for. It is not signed.
    fn call_back(&mut self, at: Duration, url: String, event: &Event, is_repeated: bool) {
        let body = json!({ "event_type": event.event_type, "event_data": event.data });
        self.send(Delivery {
            url,
            headers: vec![("Content-Type".to_owned(), "application/json".to_owned())],
            body: bytes(&body),
            at,
            event_type: event.event_type.clone(),
            endpoint_id: None,
            attempt: 1,
            is_repeated,
            epoch: 0,
        });
    }

    /// Writes an event into the history and sends it to the endpoints that want it.
    fn tell(&mut self, at: Duration, entity_id: &str, event: Event) {
        let event_id = self.state.ids.next("event");
        let body = json!({
            "event_id": event_id,
            "event_type": event.event_type,
            "event_data": event.data,
            "created_at": iso(at),
        });
        let text = bytes(&body);
        let endpoints = self
            .state
            .records
            .newest_first(at, Collection::WebhookEndpoints);
        let wanted: Vec<Delivery> = endpoints
            .into_iter()
            .rev()
            .filter(|(_, endpoint)| wants(endpoint, &event.event_type, entity_id))
            .map(|(id, endpoint)| Delivery {
                url: endpoint.text("url").unwrap_or_default().to_owned(),
                headers: headers(at, &event_id, endpoint, &text),
                body: text.clone(),
                at,
                event_type: event.event_type.clone(),
                endpoint_id: Some(id.to_owned()),
                attempt: 1,
                is_repeated: true,
                epoch: 0,
            })
            .collect();
        for delivery in wanted {
            self.send(delivery);
        }
        let mut record = Record::new(at).with_hidden("entity_id", entity_id);
        if let Value::Object(fields) = body {
            record.fields = fields;
        }
        self.state
            .records
            .insert(Collection::Events, &event_id, record);
    }

    /// Puts a call out to be made, or does to it what a fault says.
    fn send(&mut self, mut delivery: Delivery) {
        let outbox = &mut self.state.outbox;
        match self.faults.take_webhook(delivery.endpoint_id.is_some()) {
            None => outbox.push(delivery),
            Some(WebhookFault::Dropped) => {}
            Some(WebhookFault::Doubled) => {
                outbox.push(delivery.clone());
                outbox.push(delivery);
            }
            Some(WebhookFault::Reordered) => outbox.hold(delivery),
            Some(WebhookFault::BadSignature) => {
                forge(&mut delivery);
                outbox.push(delivery);
            }
        }
    }

    fn viewer(&self, now: Duration) -> Viewer<'_> {
        Viewer {
            now,
            settings: &self.settings,
            signer: &self.signer,
            records: &self.state.records,
        }
    }
}

/// What there is to tell of a job.
pub(crate) struct Event {
    pub(crate) event_type: String,
    pub(crate) data: Value,
}

fn wants(endpoint: &Record, event_type: &str, entity_id: &str) -> bool {
    let is_entity = endpoint
        .secret("entity_id")
        .is_none_or(|wanted| wanted == entity_id);
    let events = endpoint.fields.get("events").and_then(Value::as_array);
    is_entity && events.is_none_or(|events| events.iter().any(|event| event == event_type))
}

fn headers(at: Duration, event_id: &str, endpoint: &Record, body: &Bytes) -> Vec<(String, String)> {
    let secret: Secret = endpoint
        .secret("secret")
        .and_then(|secret| secret.parse().ok())
        .expect("every endpoint has a secret of letters, digits and underscores");
    let headers = [
        ("Content-Type", "application/json".to_owned()),
        (SIGNATURE_HEADER, sign(&secret, body)),
        (TIMESTAMP_HEADER, at.as_secs().to_string()),
        (EVENT_ID_HEADER, event_id.to_owned()),
    ];
    headers.map(|(name, value)| (name.to_owned(), value)).into()
}

/// Signs a call with a secret that its receiver does not have.
fn forge(delivery: &mut Delivery) {
    let secret: Secret = "whsec_of_somebody_else"
        .parse()
        .expect("letters and underscores are a secret");
    let signature = sign(&secret, &delivery.body);
    let mut headers = delivery.headers.iter_mut();
    if let Some((_, value)) = headers.find(|(name, _)| name == SIGNATURE_HEADER) {
        *value = signature;
    }
}

fn bytes(body: &Value) -> Bytes {
    body.to_string().into()
}
