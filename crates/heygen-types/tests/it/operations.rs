//! Every operation without its type: how its bodies and answers are read and written again.

use heygen_types::{
    BodyEncoding, Envelope, Invalid, Json, Operation, Streamed,
    assets::{ListAssetStatuses, SearchAssets, SearchScope, SearchType},
    models::StreamModelSpeech,
};
use serde_json::Value;

/// An operation without its type.
pub(crate) struct Entry {
    pub(crate) id: &'static str,
    pub(crate) encoding: BodyEncoding,
    pub(crate) envelope: Envelope,
    /// Reads a body and writes it again.
    pub(crate) body: fn(Value) -> serde_json::Result<Value>,
    /// Reads an answer, taken out of `data` where the envelope is that, and writes it again.
    pub(crate) answer: fn(Value) -> serde_json::Result<Value>,
    /// Reads an answer as a client does, and writes it again.
    pub(crate) odd_answer: fn(&Json) -> Result<Value, Invalid>,
}

fn entry<O: Operation>() -> Entry {
    Entry {
        id: O::ID,
        encoding: O::ENCODING,
        envelope: O::ENVELOPE,
        body: |body| serde_json::to_value(serde_json::from_value::<O::Body>(body)?),
        answer: |answer| serde_json::to_value(serde_json::from_value::<O::Response>(answer)?),
        odd_answer: |answer| {
            let answer = answer.decode_answer::<O::Response>()?;
            Ok(serde_json::to_value(answer).unwrap())
        },
    }
}

/// Makes the entry of an operation whose answers are events.
fn stream_entry<O: Streamed>() -> Entry {
    fn event<O: Streamed>(value: &Json) -> Result<Value, Invalid> {
        Ok(serde_json::to_value(O::event(value)?).unwrap())
    }
    Entry {
        answer: |answer| {
            let answer = serde_json::from_value(answer)?;
            event::<O>(&answer).map_err(serde::de::Error::custom)
        },
        odd_answer: event::<O>,
        ..entry::<O>()
    }
}

pub(crate) fn all() -> Vec<Entry> {
    macro_rules! entries {
        ($($operation:ty),+ $(,)?) => { vec![$(entry::<$operation>()),+] };
    }
    let mut entries: Vec<Entry> = heygen_types::for_each_operation!(entries);
    for entry in &mut entries {
        if entry.envelope == Envelope::Stream {
            assert_eq!(entry.id, StreamModelSpeech::ID, "a stream is not tested");
            *entry = stream_entry::<StreamModelSpeech>();
        }
    }
    entries
}

#[test]
fn a_query_holds_what_is_set() {
    let mut search = SearchAssets::new("a tree", SearchType::Icon);
    let query = |search: &SearchAssets| {
        let pairs = search.query().into_iter();
        let pairs = pairs.map(|(name, value)| format!("{name}={value}"));
        pairs.collect::<Vec<_>>().join(" & ")
    };
    assert_eq!(query(&search), "query=a tree & type=icon");
    search.limit = Some(50);
    search.scope = Some(SearchScope::Personal);
    let all = query(&search);
    for pair in ["query=a tree", "type=icon", "limit=50", "scope=personal"] {
        assert!(all.contains(pair), "{all}");
    }
    let statuses = ListAssetStatuses::new(vec!["a".parse().unwrap(), "b".parse().unwrap()]);
    assert_eq!(statuses.query(), [("asset_ids", "a,b".to_owned())]);
}
