use heygen_types::Json;
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
