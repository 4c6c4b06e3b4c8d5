use std::collections::BTreeMap;

use heygen_types::{AssetInput, Json, VideoId, video_agents::AgentStatus};
use serde::Deserialize;
use serde_json::{Value, json};

#[test]
fn every_shape_survives_a_round_trip() {
    for value in [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(i64::MIN),
        json!(u64::MAX),
        json!(1.5),
        json!(-0.25),
        json!(""),
        json!("text \u{1F600} \n"),
        json!([]),
        json!([1, "a", null, [true]]),
        json!({}),
        json!({"b": {"c": [1, {"d": null}]}, "a": 2}),
    ] {
        let read: Json = serde_json::from_value(value.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), value);
        let text = serde_json::to_string(&value).unwrap();
        let read_from_text: Json = serde_json::from_str(&text).unwrap();
        assert_eq!(read_from_text, read);
    }
}

#[test]
fn numbers_keep_their_kind() {
    let read = |value: Value| serde_json::from_value::<Json>(value).unwrap();
    assert_eq!(read(json!(7)), Json::Unsigned(7));
    assert_eq!(read(json!(-7)), Json::Integer(-7));
    assert_eq!(read(json!(7.5)), Json::Float(7.5));
}

#[test]
fn a_member_named_twice_is_refused() {
    let problem = serde_json::from_str::<Json>(r#"{"a":1,"a":2}"#).unwrap_err();
    assert!(problem.to_string().contains("twice"), "{problem}");
}

#[test]
fn members_and_texts_can_be_looked_at() {
    let error: Json = serde_json::from_value(json!({"code": "bad", "n": 1})).unwrap();
    assert_eq!(error.member("code").and_then(Json::as_str), Some("bad"));
    assert_eq!(error.member("n").and_then(Json::as_str), None);
    assert_eq!(error.member("x"), None);
    assert_eq!(Json::Null.member("code"), None);
    assert_eq!(Json::default(), Json::Null);
}

#[test]
fn a_value_is_read_as_any_type() {
    #[derive(Debug, PartialEq, Deserialize)]
    enum Kind {
        Plain,
        Sized { bytes: u8 },
        Named(String),
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Whole {
        id: VideoId,
        status: AgentStatus,
        input: AssetInput,
        counts: BTreeMap<String, i64>,
        ratio: f32,
        pair: (bool, char),
        kinds: Vec<Kind>,
        nothing: Option<u8>,
        something: Option<u8>,
        unit: (),
        #[serde(flatten)]
        more: BTreeMap<String, Json>,
    }
    let value = json!({
        "id": "v1", "status": "word of next year", "input": {"type": "asset_id", "asset_id": "a"},
        "counts": {"a": -1, "b": 2}, "ratio": 0.5, "pair": [true, "x"], "unit": null,
        "kinds": ["Plain", {"Sized": {"bytes": 7}}, {"Named": "n"}],
        "nothing": null, "something": 3, "extra": [1],
    });
    let json: Json = serde_json::from_value(value.clone()).unwrap();
    let read: Whole = json.decode().unwrap();
    assert_eq!(read, serde_json::from_value(value).unwrap());
    assert_eq!(read.more.len(), 1);
}

#[test]
fn what_does_not_fit_is_told() {
    let json: Json = serde_json::from_value(json!({"status": "completed"})).unwrap();
    for (told, problem) in [
        ("expected a string", json.decode::<String>().unwrap_err()),
        ("invalid type", json.decode::<Vec<u8>>().unwrap_err()),
        (
            "is empty",
            Json::String(String::new()).decode::<VideoId>().unwrap_err(),
        ),
        (
            "invalid length 2",
            Json::Array(vec![Json::Null, Json::Null])
                .decode::<((),)>()
                .unwrap_err(),
        ),
    ] {
        assert!(problem.to_string().contains(told), "{problem}");
    }
}

#[test]
fn debug_shows_values_but_no_query() {
    let value = json!({"a": [null, true, -1, 2, 0.5, "text?"], "b": "see https://x.example/f?key=secret", "api_key": "secret"});
    let json: Json = serde_json::from_value(value).unwrap();
    assert_eq!(
        format!("{json:?}"),
        "Object({\"a\": Array([Null, Bool(true), Integer(-1), Unsigned(2), Float(0.5), \
         String(\"text?\")]), \"api_key\": …, \"b\": String(\"see https://x.example/f?…\")})"
    );
}
