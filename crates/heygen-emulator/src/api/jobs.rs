//! What all resources have in common that take time to make.

use heygen_types::{ApiError, table::SchemaType};
use serde_json::Value;

use super::{Answer, Call, show};
use crate::{
    fault::FaultKind,
    problem::Problem,
    state::{Collection, Record, Schedule},
};

impl Call<'_> {
    /// Starts a job of a kind and returns its id.
    pub(super) fn start(&mut self, kind: Collection, prefix: &str, record: Record) -> String {
        let id = self.state.ids.next(prefix);
        let schedule = self.schedule(kind);
        self.add(kind, &id, record.with_schedule(schedule));
        id
    }

    /// Returns the course of a job that starts now, which a fault may end badly.
    pub(super) fn schedule(&self, kind: Collection) -> Schedule {
        let schedule = Schedule::job(kind, self.now, self.settings.job_time);
        self.doomed(kind, schedule)
    }

    /// Lets a job end badly when a fault says so.
    pub(super) fn doomed(&self, kind: Collection, schedule: Schedule) -> Schedule {
        match self.fault {
            Some(FaultKind::JobFails(failure)) => schedule.failing(kind, ApiError::clone(failure)),
            _ => schedule,
        }
    }

    /// Adds a resource, and has its end told when it has one that is still to come.
    pub(super) fn add(&mut self, kind: Collection, id: &str, record: Record) {
        self.watch(kind, id, &record.schedule);
        self.state.records.insert(kind, id, record);
        self.state.is_dirty = true;
    }

    /// Has the end of a job told.
    pub(super) fn watch(&mut self, kind: Collection, id: &str, schedule: &Schedule) {
        if let Some(end) = schedule.end() {
            self.state.outbox.watched.add(end, kind, id);
        }
    }

    /// Returns a resource that is there by now.
    pub(super) fn find(&self, kind: Collection, id: &str) -> Option<&Record> {
        self.state.records.get(self.now, kind, id)
    }

    /// Returns all resources of a kind that are there by now, newest first.
    pub(super) fn all(&self, kind: Collection) -> Vec<(&str, &Record)> {
        self.state.records.newest_first(self.now, kind)
    }

    /// Returns `true` unless a parameter of the query asks for another value of a field.
    pub(super) fn matches(&self, record: &Record, name: &str) -> bool {
        let own = record.text(name).or_else(|| record.secret(name));
        self.query(name)
            .is_none_or(|wanted| own.unwrap_or_default() == wanted)
    }

    /// Answers with a resource that is known to be there.
    pub(super) fn show(&self, kind: Collection, id: &str) -> Answer {
        let record = self
            .find(kind, id)
            .expect("the resource was just found or added");
        self.data(show(&self.viewer(), kind, id, record))
    }

    /// Returns a resource to change, by the first parameter of the path.
    pub(super) fn record_mut(&mut self, kind: Collection) -> Result<&mut Record, Problem> {
        self.record(kind)?;
        self.state.is_dirty = true;
        let id = self.parameters.first().map_or("", String::as_str);
        let record = self.state.records.get_mut(kind, id);
        Ok(record.expect("the resource was found a moment ago"))
    }

    /// Removes the resource that the path names, and returns its id.
    pub(super) fn remove(&mut self, kind: Collection) -> Result<String, Problem> {
        self.record(kind)?;
        let id = self.parameter().to_owned();
        self.state.records.remove(kind, &id);
        self.state.is_dirty = true;
        Ok(id)
    }
}

/// Answers with the resource that the path names.
pub(super) fn get(call: &Call<'_>, kind: Collection) -> Answer {
    call.record(kind)?;
    call.show(kind, call.parameter())
}

/// Removes the resource that the path names.
pub(super) fn delete(call: &mut Call<'_>, kind: Collection) -> Answer {
    let id = call.remove(kind)?;
    deleted(call, &id)
}

/// Answers with the id of a deleted resource in each text field of the answer, and `true` in each
/// flag.
pub(super) fn deleted(call: &Call<'_>, id: &str) -> Answer {
    let fields = call.entry().response.fields.iter().map(|field| {
        let value = match field.r#type {
            Some(SchemaType::Boolean) => Value::from(true),
            _ => Value::from(id),
        };
        (field.name.to_owned(), value)
    });
    call.data(Value::Object(fields.collect()))
}

/// Replaces the fields of the resource that the path names by those of the request.
pub(super) fn update(call: &mut Call<'_>, kind: Collection, body: &Value) -> Answer {
    let names = call.entry().body.fields.iter().map(|field| field.name);
    let record = call.record_mut(kind)?;
    for name in names {
        if let Some(value) = body.get(name) {
            record.fields.insert(name.to_owned(), value.clone());
        }
    }
    get(call, kind)
}
