//! What the server says of something else than it was asked about, and storage that takes its time.

use bytes::Bytes;
use heygen_emulator::{Endpoint, Fault, OperationId};
use http::{StatusCode, response::Parts};
use serde_json::{Value, json};

use super::{subject::Subject, world::State};

impl State {
    /// Has storage hide an object from the question that arrives, for as long as it needs after it
    /// has accepted the bytes. Once it was seen it stays.
    pub(super) fn perhaps_hide(&mut self, conn: usize) {
        let Some(subject) = &self.conns[conn].subject else {
            return;
        };
        if subject.endpoint != OperationId::CompleteAsset || self.is_calm {
            return;
        }
        let url = self.facts.urls.of(&subject.id);
        let shown_at = url.accepted_at.map(|at| at + self.schedule.shows_after);
        if shown_at.is_some_and(|at| self.agenda.now < at)
            && !self.facts.assets.is_finalised(&subject.id)
        {
            self.core.fault(Fault::object_not_visible());
            self.report.hidden += 1;
        }
    }

    /// Has an answer say something untrue, now and then: a good one of something else than was asked
    /// about, and any that it is a success, in words that say otherwise and are not the API's.
    pub(super) fn perhaps_lie(&mut self, conn: usize, parts: &mut Parts, body: Bytes) -> Bytes {
        let per_mille = match self.is_calm {
            true => 0,
            false => self.schedule.lie_per_mille,
        };
        if !self.schedule.random.chance(per_mille) {
            return body;
        }
        let Some(subject) = self.conns[conn].subject.clone() else {
            return body;
        };
        if subject.endpoint != Endpoint::StoragePut && self.schedule.random.chance(300) {
            parts.status = StatusCode::OK;
            let words = self.schedule.random.pick(WORDS);
            self.report.words += 1;
            self.tell(|| format!("  a gateway answers request {conn} with 200: {words}"));
            return words.into();
        }
        if !parts.status.is_success() {
            return body;
        }
        let answer = serde_json::from_slice::<Value>(&body).ok();
        let Some(lie) = answer.and_then(|answer| self.lie(&subject, answer)) else {
            return body;
        };
        self.report.lies += 1;
        self.conns[conn].is_lie = true;
        self.tell(|| format!("  the answer to request {conn} is about something else: {lie}"));
        lie.to_string().into()
    }

    fn lie(&mut self, subject: &Subject, mut answer: Value) -> Option<Value> {
        match subject.endpoint {
            Endpoint::Api(OperationId::CompleteAsset) => {
                *answer.pointer_mut("/data/asset_id")? = self.other_than(&subject.id);
            }
            Endpoint::Api(OperationId::GetAsset) => {
                *answer.pointer_mut("/data/id")? = self.other_than(&subject.id);
            }
            Endpoint::Api(OperationId::UploadAsset) => {
                let id = answer.pointer_mut("/data/asset_id")?;
                let own = id.as_str()?.to_owned();
                *id = self.other_than(&own);
                // Of another file with the same size and type nobody could tell.
                if self.schedule.random.chance(500) {
                    let size = answer.pointer_mut("/data/size_bytes")?;
                    *size = (size.as_u64()? + 1 + self.schedule.random.below(9)).into();
                } else {
                    *answer.pointer_mut("/data/mime_type")? = "video/webm".into();
                }
            }
            Endpoint::Api(OperationId::ListAssetStatuses) => {
                let own = subject.id.rsplit('=').next()?.to_owned();
                let strange = [self.entry_of_other(&own), self.entry_of_other(&own)];
                let [first, last] = strange;
                let more = [
                    json!(true),
                    json!("true"),
                    json!(1),
                    json!("no"),
                    json!(null),
                ];
                answer["has_more"] = self.schedule.random.pick(&more.each_ref()).clone();
                answer["next_token"] = "next".into();
                let list = answer.pointer_mut("/data")?.as_array_mut()?;
                match self.schedule.random.below(4) {
                    0 => list.insert(0, first),
                    1 => list.push(last),
                    2 => {
                        list.insert(0, first);
                        list.push(last);
                    }
                    _ => *list = vec![first, last],
                }
            }
            _ => return None,
        }
        Some(answer)
    }

    fn entry_of_other(&mut self, own: &str) -> Value {
        let status = ["failed", "failed", "processing", "completed", "not_found"];
        let status = self.schedule.random.pick(&status);
        json!({"video_id": self.other_than(own), "status": status})
    }

    /// Returns the id of another asset, one that exists or one that is none of ours.
    fn other_than(&mut self, own: &str) -> Value {
        let assets = self.core.assets(self.server_time());
        let others: Vec<&str> = assets.iter().map(|it| it.id.as_str()).collect();
        let others: Vec<&str> = others.into_iter().filter(|id| *id != own).collect();
        match others.is_empty() || self.schedule.random.chance(500) {
            true => "asset_of_a_stranger".into(),
            false => self.schedule.random.pick(&others).into(),
        }
    }
}

/// What says no in a success, in no form of the API.
const WORDS: &[&str] = &[
    r#"{"success":false,"message":"try again"}"#,
    r#"{"error":"no"}"#,
    r#"{"code":40012,"message":"no","data":null}"#,
    r#"{"error":{"message":"no"}}"#,
    r#"{"error":{"code":"Not Found","message":"no route"}}"#,
    r#"{"data":{}}"#,
    r#"{"data":null}"#,
];
