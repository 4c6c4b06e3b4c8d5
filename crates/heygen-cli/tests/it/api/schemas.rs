//! `--request-schema` and `--response-schema`.

use heygen_types::{BodyEncoding, Envelope, table::OPERATIONS};
use serde_json::{Value, json};

use crate::support::{Run, run};

#[track_caller]
fn schema(words: &[&str]) -> Value {
    let done: Run = run(words).ends_with(0);
    assert_eq!(done.stderr, "");
    serde_json::from_str(&done.stdout).unwrap()
}

#[test]
fn a_schema_needs_neither_a_key_nor_an_id() {
    let body = schema(&["video-agents", "send-message", "--request-schema"]);
    // A message is required unless there is an edit, which is for the server to say.
    assert_eq!(body["required"], Value::Null);
    assert_eq!(body["additionalProperties"], false);
    let message = &body["properties"]["message"];
    assert_eq!(message["maxLength"], 10_000);
    assert_eq!(message["type"], "string");
    assert_eq!(
        body["properties"]["files"]["type"],
        json!(["array", "null"])
    );
    assert_eq!(body["properties"]["files"]["maxItems"], 20);
}

#[test]
fn unions_and_shared_objects_are_told_apart_by_their_tags() {
    let body = schema(&["videos", "create", "--request-schema"]);
    let variants = body["anyOf"].as_array().unwrap();
    assert_eq!(variants.len(), 4);
    let studio = &body["$defs"]["video_create_studio"];
    assert_eq!(studio["properties"]["type"]["const"], "studio");
    assert_eq!(studio["properties"]["scenes"]["maxItems"], 50);
    assert_eq!(studio["additionalProperties"], false);
    let voice = schema(&["models", "audio", "voices", "create", "--request-schema"]);
    let instant = &voice["$defs"]["model_audio_voice_create_instant"];
    assert_eq!(instant["properties"]["mode"]["const"], "instant");
}

#[test]
fn the_answer_of_a_stream_is_one_event() {
    let event = schema(&["models", "audio", "tts", "stream", "--response-schema"]);
    assert_eq!(event["anyOf"].as_array().unwrap().len(), 4);
    let audio = &event["$defs"]["speech_event_audio"];
    assert_eq!(audio["properties"]["type"]["const"], "audio");
}

#[test]
fn answers_have_their_envelope() {
    let list = schema(&["videos", "list", "--response-schema"]);
    assert_eq!(list["properties"]["data"]["type"], "array");
    assert_eq!(list["properties"]["has_more"]["type"], "boolean");
    let one = schema(&["videos", "get", "--response-schema"]);
    assert_eq!(one["properties"]["data"]["$ref"], "#/$defs/video_record");
    // Open objects stay open: a newer server adds fields.
    assert!(
        one["$defs"]["video_record"]
            .get("additionalProperties")
            .is_none()
    );
}

#[test]
fn every_reference_of_every_schema_leads_somewhere() {
    for operation in OPERATIONS {
        let words: Vec<String> = operation
            .id
            .as_str()
            .split('.')
            .map(|word| word.replace('_', "-"))
            .collect();
        let mut flags = vec!["--response-schema"];
        if operation.encoding == BodyEncoding::Json {
            flags.push("--request-schema");
        }
        for flag in flags {
            let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
            words.push(flag);
            let document = schema(&words);
            check(&document, &document, &words);
            if flag == "--response-schema" {
                let is_list = document["properties"]["data"]["type"] == "array";
                assert_eq!(is_list, operation.envelope == Envelope::List, "{words:?}");
            }
        }
    }
}

fn check(document: &Value, value: &Value, words: &[&str]) {
    match value {
        Value::Object(members) => {
            if let Some(Value::String(reference)) = members.get("$ref") {
                let pointer = reference.strip_prefix('#').unwrap();
                let target = document.pointer(pointer);
                assert!(
                    target.is_some_and(Value::is_object),
                    "{words:?}: {reference}"
                );
            }
            members
                .values()
                .for_each(|value| check(document, value, words));
        }
        Value::Array(items) => items.iter().for_each(|value| check(document, value, words)),
        _ => {}
    }
}
