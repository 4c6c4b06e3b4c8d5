//! The jobs of the API: which operation starts them, and what their records say.

use heygen_client::Turn;
use heygen_types::{Job, JobState, Json, Operation, OperationId, table::OperationEntry};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// Reads the record of a job.
type Reader = fn(&Json) -> Option<Box<dyn Job>>;

/// Returns how the record of a job is read that an operation answers with; `None` where its answer
/// is no such record.
fn reader(operation: OperationId) -> Option<Reader> {
    macro_rules! readers {
        ($($operation:ty),+ $(,)?) => {
            match operation.as_str() {
                $(id if id == <$operation as Operation>::ID => {
                    Some(read::<<$operation as Operation>::Response>)
                })+
                _ => None,
            }
        };
    }
    heygen_types::for_each_job!(readers)
}

fn read<T: Job + DeserializeOwned + 'static>(record: &Json) -> Option<Box<dyn Job>> {
    let record = record.decode_answer::<T>().ok()?;
    Some(Box::new(record))
}

/// Returns the operation that reads the record to wait for after an operation.
pub(super) fn record_of(operation: &OperationEntry) -> Option<OperationId> {
    match reader(operation.id) {
        Some(_) => Some(operation.id),
        None => operation.starts.map(|starts| starts.job),
    }
}

/// Returns the ids of the jobs that an operation started.
pub(super) fn ids(operation: &OperationEntry, body: &[u8]) -> Option<Vec<String>> {
    let starts = operation.starts.as_ref()?;
    let answer = answer(body);
    let ids = match super::find(&answer, &format!("data.{}", starts.id))? {
        Json::Array(ids) => ids.iter().filter_map(id).collect(),
        one => vec![id(one)?],
    };
    (!ids.is_empty()).then_some(ids)
}

/// Returns whether an operation starts jobs whose ids nothing but its answer tells.
pub(super) fn starts(operation: &OperationEntry) -> bool {
    let is_given = |id: &str| {
        let mut fields = operation.body.fields.iter();
        operation.path_params.contains(&id) || fields.any(|it| it.name == id)
    };
    let starts = operation.starts.as_ref();
    starts.is_some_and(|starts| !starts.resumes && !is_given(starts.id))
}

/// Reads an answer as far as the client does, which has accepted it: a letter that was cut and a name
/// that is there twice hide no id, nor does a list around the one record.
fn answer(body: &[u8]) -> Json {
    let value: Value = serde_json::from_str(&String::from_utf8_lossy(body)).unwrap_or_default();
    let mut answer = serde_json::from_value(value).unwrap_or_default();
    if let Json::Object(members) = &mut answer
        && let Some(Json::Array(items)) = members.get_mut("data")
        && items.len() == 1
        && let Some(only) = items.pop()
    {
        members.insert("data".to_owned(), only);
    }
    answer
}

/// Returns an id, also one that is written as a number.
fn id(json: &Json) -> Option<String> {
    match json {
        Json::String(id) if !id.is_empty() => Some(id.clone()),
        Json::Unsigned(id) => Some(id.to_string()),
        _ => None,
    }
}

/// A record as it was seen once.
pub(super) struct Look {
    pub(super) body: Vec<u8>,
    job: Option<Box<dyn Job>>,
}

impl Look {
    /// Reads the record of a job. The answer was compared with its id before; where it leaves that
    /// out it is known.
    pub(super) fn new(record: &OperationEntry, id: &str, body: Vec<u8>) -> Self {
        let answer = answer(&body);
        let mut job = answer.member("data").cloned().unwrap_or(answer);
        if let Json::Object(members) = &mut job {
            let names = record.path_params.last().into_iter();
            for name in names.copied().chain(["id"]) {
                let known = || Json::String(id.to_owned());
                members.entry(name.to_owned()).or_insert_with(known);
            }
        }
        let job = reader(record.id).and_then(|read| read(&job));
        Self { body, job }
    }

    pub(super) fn state(&self, turn: &mut Turn) -> JobState<'_> {
        match &self.job {
            Some(job) => turn.state(job.as_ref()),
            // It says nothing of the job: the next look may.
            None => JobState::Running,
        }
    }

    pub(super) fn word(&self) -> &str {
        self.job.as_ref().map_or("", |job| job.status_word())
    }

    pub(super) fn progress(&self) -> Option<u32> {
        self.job.as_ref().and_then(|job| job.progress())
    }

    /// Returns a text of the record.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        let record = answer(&self.body);
        super::find(&record, path)?.as_str().map(str::to_owned)
    }

    /// Returns what the agent of a session said last.
    pub(super) fn question(&self) -> Option<String> {
        let record = answer(&self.body);
        let Json::Array(messages) = super::find(&record, "data.messages")? else {
            return None;
        };
        // The newest message comes first.
        let message = messages.iter().find(|message| is_of_agent(message))?;
        let content = message.member("content")?.as_str()?;
        (!content.trim().is_empty()).then(|| content.to_owned())
    }
}

fn is_of_agent(message: &Json) -> bool {
    message.member("role").and_then(Json::as_str) != Some("user")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_stand_alone_or_in_a_list() {
        let found = |id, body: &[u8]| {
            let operation = heygen_types::table::find(id).unwrap();
            ids(operation, body)
        };
        let one = Some(vec!["v".to_owned()]);
        assert_eq!(found("videos.create", br#"{"data":{"video_id":"v"}}"#), one);
        let two = Some(vec!["a".to_owned(), "b".to_owned()]);
        let body = br#"{"data":{"video_translation_ids":["a","b"]}}"#;
        assert_eq!(found("video_translations.create", body), two);
        for body in [
            &b"{\"data\":{\"video_id\":\"v\",\"title\":\"\xC3\"}}"[..],
            br#"{"data":{"video_id":"v","video_id":"v"}}"#,
            br#"{"data":[{"video_id":"v"}]}"#,
        ] {
            assert_eq!(found("videos.create", body), one);
        }
        for body in [&b"{}"[..], b"", br#"{"data":{"video_translation_ids":[]}}"#] {
            assert_eq!(found("video_translations.create", body), None);
        }
    }
}
