use std::{cmp::Reverse, collections::BTreeMap, fmt, mem, time::Duration};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Schedule;
use crate::library;

/// The kinds of resources that are kept as documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Collection {
    Avatars,
    AvatarLooks,
    BackgroundRemovals,
    Batches,
    BrandGlossaries,
    BrandKits,
    Clippings,
    Events,
    FillerWordRemovals,
    Folders,
    Lipsyncs,
    ModelImages,
    ModelVoices,
    Proofreads,
    Renders,
    Sessions,
    Templates,
    Translations,
    Videos,
    Voices,
    WebhookEndpoints,
}

/// A resource: what answers show of it, what they do not, and where it stands when.
///
/// `Debug` leaves out its content, where there are secrets and presigned URLs.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Record {
    /// Its place in the order of creation.
    pub(crate) number: u64,
    /// From when on it is there; a video that an agent will make lies in the future.
    pub(crate) created_at: Duration,
    pub(crate) schedule: Schedule,
    /// What answers show as it is.
    pub(crate) fields: Map<String, Value>,
    /// What only the emulator knows.
    pub(crate) hidden: Map<String, Value>,
}

/// All resources, by kind and id.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Records {
    made: u64,
    kinds: BTreeMap<Collection, BTreeMap<String, Record>>,
}

impl Record {
    pub(crate) fn new(created_at: Duration) -> Self {
        Self {
            created_at,
            ..Self::default()
        }
    }

    /// Says where it stands when.
    pub(crate) fn with_schedule(mut self, schedule: Schedule) -> Self {
        self.schedule = schedule;
        self
    }

    /// Shows a field in answers.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.fields.insert(name.to_owned(), value.into());
        self
    }

    /// Keeps something that answers do not show.
    pub(crate) fn with_hidden(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.hidden.insert(name.to_owned(), value.into());
        self
    }

    /// Takes over fields of a request; those that are absent or null stay absent.
    pub(crate) fn with_fields_of(mut self, body: &Value, names: &[&str]) -> Self {
        copy(body, names, &mut self.fields);
        self
    }

    /// Takes over fields of a request that answers do not show.
    pub(crate) fn with_hidden_of(mut self, body: &Value, names: &[&str]) -> Self {
        copy(body, names, &mut self.hidden);
        self
    }

    /// Returns a shown field that is a text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name)?.as_str()
    }

    /// Returns a hidden field that is a text.
    pub(crate) fn secret(&self, name: &str) -> Option<&str> {
        self.hidden.get(name)?.as_str()
    }

    /// Tells whether a hidden field is `true`.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.hidden.get(name) == Some(&Value::Bool(true))
    }
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record")
            .field("number", &self.number)
            .field("created_at", &self.created_at)
            .field("schedule", &self.schedule)
            .finish_non_exhaustive()
    }
}

fn copy(body: &Value, names: &[&str], to: &mut Map<String, Value>) {
    for name in names {
        if let Some(value) = body.get(name).filter(|value| !value.is_null()) {
            to.insert((*name).to_owned(), value.clone());
        }
    }
}

impl Records {
    /// Starts with what is there before anybody makes anything. What is made afterwards has
    /// higher numbers, also when a later emulator has more in its library.
    pub(crate) fn with_library(mut self) -> Self {
        let own = mem::take(&mut self.kinds);
        let made = self.made.max(LIBRARY_MAX);
        self.made = 0;
        library::fill(&mut self);
        debug_assert!(self.made <= LIBRARY_MAX, "the library has its own numbers");
        self.made = made;
        for (kind, records) in own {
            self.kinds.entry(kind).or_default().extend(records);
        }
        self
    }

    /// Returns what is worth keeping: all but the library.
    pub(crate) fn without_library(&self) -> Self {
        let mut own = self.clone();
        for records in own.kinds.values_mut() {
            records.retain(|_, record| record.number > LIBRARY_MAX);
        }
        own
    }

    /// Adds a resource behind all that are there.
    pub(crate) fn insert(&mut self, kind: Collection, id: &str, mut record: Record) {
        self.made += 1;
        record.number = self.made;
        self.kinds
            .entry(kind)
            .or_default()
            .insert(id.to_owned(), record);
    }

    /// Returns a resource that is there by now.
    pub(crate) fn get(&self, now: Duration, kind: Collection, id: &str) -> Option<&Record> {
        let record = self.kinds.get(&kind)?.get(id)?;
        (record.created_at <= now).then_some(record)
    }

    pub(crate) fn get_mut(&mut self, kind: Collection, id: &str) -> Option<&mut Record> {
        self.kinds.get_mut(&kind)?.get_mut(id)
    }

    pub(crate) fn remove(&mut self, kind: Collection, id: &str) -> Option<Record> {
        self.kinds.get_mut(&kind)?.remove(id)
    }

    /// Returns all of a kind that are there by now, the last made first.
    pub(crate) fn newest_first(&self, now: Duration, kind: Collection) -> Vec<(&str, &Record)> {
        let mut records: Vec<_> = self
            .kinds
            .get(&kind)
            .into_iter()
            .flatten()
            .filter(|(_, record)| record.created_at <= now)
            .map(|(id, record)| (id.as_str(), record))
            .collect();
        records.sort_by_key(|(_, record)| Reverse(record.number));
        records
    }
}

/// The highest number that something in the library can have.
const LIBRARY_MAX: u64 = 1_000;
