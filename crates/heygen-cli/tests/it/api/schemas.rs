//! `--request-schema` and `--response-schema`.

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
    let body = schema(&["lipsyncs", "update", "--request-schema"]);
    assert_eq!(body["required"], json!(["title"]));
    let body = schema(&["video-agents", "send-message", "--request-schema"]);
    // A message is required unless there is an edit, which is for the server to say.
    assert_eq!(body["required"], Value::Null);
    assert_eq!(body["additionalProperties"], false);
    let message = &body["properties"]["message"];
    assert_eq!(message["maxLength"], 10_000);
    assert_eq!(message["type"], "string");
    let files = &body["properties"]["files"];
    assert_eq!(files["type"], json!(["array", "null"]));
    let kinds = &body["$defs"]["AssetInput"]["oneOf"];
    assert_eq!(kinds.as_array().map(Vec::len), Some(3));
}

#[test]
fn unions_and_shared_objects_are_told_apart_by_their_tags() {
    let body = schema(&["videos", "create", "--request-schema"]);
    let variants = body["oneOf"].as_array().unwrap();
    assert_eq!(variants.len(), 4);
    let studio = &body["$defs"]["StudioVideo"];
    assert_eq!(studio["properties"]["type"]["const"], "studio");
    assert_eq!(studio["properties"]["scenes"]["maxItems"], 50);
    assert_eq!(studio["additionalProperties"], false);
    let voice = schema(&["models", "audio", "voices", "create", "--request-schema"]);
    let instant = &voice["$defs"]["InstantVoice"];
    assert_eq!(instant["properties"]["mode"]["const"], "instant");
}

#[test]
fn the_answer_of_a_stream_is_one_event() {
    let event = schema(&["models", "audio", "tts", "stream", "--response-schema"]);
    assert_eq!(event["oneOf"].as_array().unwrap().len(), 4);
    let audio = &event["$defs"]["SpeechAudio"];
    assert_eq!(audio["properties"]["type"]["const"], "audio");
}

#[test]
fn answers_have_their_envelope() {
    let list = schema(&["videos", "list", "--response-schema"]);
    assert_eq!(list["properties"]["data"]["type"], "array");
    assert_eq!(list["properties"]["has_more"]["type"], "boolean");
    let one = schema(&["videos", "get", "--response-schema"]);
    assert_eq!(one["properties"]["data"]["$ref"], "#/$defs/VideoRecord");
    // Open objects stay open: a newer server adds fields.
    assert!(
        one["$defs"]["VideoRecord"]
            .get("additionalProperties")
            .is_none()
    );
}
