use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::{
    Settings,
    media::{self, Medium},
    state::{Record, Records},
    storage::Signer,
};

/// What it takes to show a resource as it is at one moment: answers and events are made with it.
#[derive(Clone, Copy)]
pub(crate) struct Viewer<'a> {
    pub(crate) now: Duration,
    pub(crate) settings: &'a Settings,
    pub(crate) signer: &'a Signer,
    pub(crate) records: &'a Records,
}

impl Viewer<'_> {
    /// Makes a URL under which the result of a job can be fetched.
    pub(super) fn result(&self, name: &str, medium: Medium) -> String {
        self.stored(&media::result_key(name, medium))
    }

    /// Makes a URL under which an object of storage can be fetched.
    pub(super) fn stored(&self, key: &str) -> String {
        let lifetime = self.settings.download_url_lifetime;
        self.signer.get(self.now, lifetime, key)
    }

    /// Returns the fields of a job that answers show, with its id, its status and its age.
    pub(super) fn job(&self, id: &str, record: &Record) -> Value {
        let mut job = Value::Object(record.fields.clone());
        job["id"] = id.into();
        job["status"] = record.schedule.status(self.now).into();
        job["created_at"] = record.created_at.as_secs().into();
        if let Some(failure) = record.schedule.failure(self.now) {
            job["failure_message"] = failure.message.as_str().into();
        }
        job
    }
}

/// Removes a field of a resource that is shown.
pub(super) fn remove(resource: &mut Value, name: &str) -> Option<Value> {
    resource.as_object_mut()?.remove(name)
}

/// Writes a time as the resources do that give it as text.
pub(crate) fn iso(time: Duration) -> String {
    let seconds = i64::try_from(time.as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds)
        .unwrap_or(Timestamp::MAX)
        .to_string()
}
