//! Answers are read whether they say little or much, and what a type knows survives.

use heygen_types::Envelope;
use serde_json::{Value, json};

use crate::{
    operations::{self, Entry},
    table::{Extent, Table, fields, is_required, name},
};

/// Returns the answers that the table describes for an operation, in the shape its type reads.
fn answers(table: &Table, entry: &Entry, extent: Extent) -> Vec<Value> {
    let described = &table.endpoint(entry.id)["response"];
    let examples = table.examples(described, extent);
    match entry.envelope {
        Envelope::Data | Envelope::Stream => examples,
        _ if extent == Extent::Minimal => vec![json!({"data": examples})],
        _ => vec![json!({"data": examples, "has_more": true, "next_token": "next"})],
    }
}

fn for_each_answer(extent: Extent, check: impl Fn(&Table, &Entry, Value)) {
    let table = Table::read();
    for entry in operations::all() {
        for answer in answers(&table, &entry, extent) {
            check(&table, &entry, answer);
        }
    }
}

#[test]
fn answers_that_say_everything_survive_unchanged() {
    for_each_answer(Extent::Maximal, |_, entry, answer| {
        assert_eq!(
            (entry.answer)(answer.clone()).unwrap(),
            answer,
            "{}",
            entry.id
        );
    });
}

#[test]
fn answers_that_say_only_what_they_must_are_read() {
    for_each_answer(Extent::Minimal, |_, entry, answer| {
        let again = (entry.answer)(answer.clone()).unwrap();
        assert_contains(&again, &answer, entry.id);
        // What was added are defaults: reading them again changes nothing.
        assert_eq!((entry.answer)(again.clone()).unwrap(), again);
    });
}

fn assert_contains(whole: &Value, part: &Value, id: &str) {
    match (whole, part) {
        (Value::Object(whole), Value::Object(part)) => {
            for (name, value) in part {
                assert_contains(&whole[name], value, id);
            }
        }
        (Value::Array(whole), Value::Array(part)) => {
            assert_eq!(whole.len(), part.len(), "{id}");
            whole
                .iter()
                .zip(part)
                .for_each(|(whole, part)| assert_contains(whole, part, id));
        }
        _ => assert_eq!(whole, part, "{id}"),
    }
}

#[test]
fn a_missing_required_field_makes_an_answer_unreadable() {
    let table = Table::read();
    for entry in operations::all() {
        if entry.envelope != Envelope::Data {
            continue;
        }
        for object in table.objects(&table.endpoint(entry.id)["response"]) {
            // A field that may be null is read as null when it is missing.
            let required = |field: &&Value| {
                is_required(field) && field["nullable"] != true && !SPARED.contains(&name(field))
            };
            for field in fields(object).iter().filter(required) {
                for mut answer in answers(&table, &entry, Extent::Maximal) {
                    answer.as_object_mut().unwrap().remove(name(field));
                    let read = (entry.answer)(answer);
                    assert!(read.is_err(), "{} without {}", entry.id, name(field));
                }
            }
        }
    }
}

#[test]
fn unknown_fields_are_tolerated_everywhere() {
    for_each_answer(Extent::Maximal, |_, entry, answer| {
        let again = (entry.answer)(with_strangers(answer.clone(), true)).unwrap();
        assert_eq!(again, answer, "{}", entry.id);
    });
}

/// Required members for whose absence the types have a word.
const SPARED: [&str; 5] = [
    "expires_in_seconds",
    "has_more",
    "max_bytes",
    "run_id",
    "space_id",
];

/// Adds an unknown field to every object that is not a free map.
fn with_strangers(value: Value, is_object: bool) -> Value {
    // References to files are requests too, and strict; one with a stranger is kept unread.
    const MAPS: [&str; 8] = [
        "asset",
        "counts_by_status",
        "error",
        "event_data",
        "layers",
        "metadata",
        "upload_headers",
        "variables",
    ];
    match value {
        Value::Object(members) => {
            let mut members: serde_json::Map<_, _> = members
                .into_iter()
                .map(|(name, value)| {
                    let is_object = !MAPS.contains(&name.as_str());
                    let value = with_strangers(value, is_object);
                    (name, value)
                })
                .collect();
            // An object of an unknown kind is kept as it came.
            let is_known = members.get("type") != Some(&json!("something_new"));
            if is_object && is_known {
                members.insert("unknown_field".to_owned(), json!({"a": [1, null]}));
            }
            Value::Object(members)
        }
        Value::Array(items) => Value::Array(
            items
                .into_iter()
                .map(|item| with_strangers(item, is_object))
                .collect(),
        ),
        other => other,
    }
}

#[test]
fn null_is_read_where_the_api_may_send_it() {
    for_each_answer(Extent::Maximal, |table, entry, answer| {
        for object in table.objects(&table.endpoint(entry.id)["response"]) {
            for field in fields(object) {
                if field["nullable"] != true {
                    continue;
                }
                let mut answer = answer.clone();
                match answer.get_mut("data").and_then(Value::as_array_mut) {
                    Some(items) => items
                        .iter_mut()
                        .for_each(|item| item[name(field)] = Value::Null),
                    None => answer[name(field)] = Value::Null,
                }
                let again = (entry.answer)(answer.clone()).unwrap();
                assert_eq!(again, answer, "{} {}", entry.id, name(field));
            }
        }
    });
}

#[test]
fn unknown_values_of_every_list_survive() {
    const NEW: &str = "a value of next year";
    let mut replaced = 0;
    let table = Table::read();
    for entry in operations::all() {
        for answer in answers(&table, &entry, Extent::Maximal) {
            for pointer in listed_strings(&answer) {
                let mut answer = answer.clone();
                *answer.pointer_mut(&pointer).unwrap() = json!(NEW);
                let again = (entry.answer)(answer.clone()).unwrap();
                assert_eq!(again, answer, "{} {pointer}", entry.id);
                replaced += 1;
            }
        }
    }
    assert!(replaced > 10, "only {replaced} values were tried");
}

/// Finds the places of strings that the server picks from a list.
fn listed_strings(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut visit = |name: String, value: &Value| match value {
        Value::String(_) if ["/status", "/type", "/mime_type"].contains(&name.as_str()) => {
            found.push(name);
        }
        _ => found.extend(
            listed_strings(value)
                .into_iter()
                .map(|rest| format!("{name}{rest}")),
        ),
    };
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| visit(format!("/{name}"), value)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| visit(format!("/{index}"), value)),
        _ => {}
    }
    found
}

#[test]
fn the_older_name_of_the_id_is_read_only_where_the_newer_is_missing() {
    let entries = operations::all();
    let upload = entries
        .iter()
        .find(|entry| entry.id == "assets.upload")
        .unwrap();
    let mut answer = json!({
        "id": "old", "name": "clip.mp4",
        "mime_type": "video/mp4", "size_bytes": 1, "url": "https://example.com/a",
    });
    let read = |answer: &Value| (upload.answer)(answer.clone()).unwrap()["asset_id"].clone();
    assert_eq!(read(&answer), "old");
    answer["asset_id"] = json!("new");
    assert_eq!(read(&answer), "new");
}
