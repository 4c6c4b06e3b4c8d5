//! The events against what is known of them as data.

use std::{collections::BTreeSet, fs, path::Path};

use heygen_types::{
    Job as _, JobState, Json,
    webhooks::{
        AvatarVideoFail, AvatarVideoSuccess, EventOutcome, EventPayload, EventType,
        PersonalizedVideo, VideoTranslateFail, VideoTranslateSuccess, WebhookEvent,
        WebhookEventRecord,
    },
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::table::{fields, is_required, name};

fn facts() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("api/webhooks.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

fn event(event_type: &str, data: Value) -> WebhookEvent {
    serde_json::from_value(json!({"event_type": event_type, "event_data": data})).unwrap()
}

#[test]
fn every_event_type_of_the_facts_is_known_and_no_other() {
    let facts = facts();
    let described: Vec<&str> = facts["event_types"]
        .as_array()
        .unwrap()
        .iter()
        .map(|described| described["type"].as_str().unwrap())
        .collect();
    assert_eq!(described, EventType::KNOWN);
    assert_eq!(described.len(), 34);
    for text in described {
        let known = EventType::from(text);
        assert!(!matches!(known, EventType::Unknown(_)), "{text}");
        assert_eq!(known.as_str(), text);
    }
}

#[test]
fn outcomes_are_those_of_the_facts() {
    for described in facts()["event_types"].as_array().unwrap() {
        let expected = match described["outcome"].as_str() {
            Some("success") => Some(EventOutcome::Success),
            Some("failure") => Some(EventOutcome::Failure),
            Some("finished") => Some(EventOutcome::Finished),
            None => None,
            Some(other) => panic!("there is a new outcome, {other}"),
        };
        let event_type = EventType::from(described["type"].as_str().unwrap());
        assert_eq!(event_type.outcome(), expected, "{event_type}");
    }
}

#[test]
fn every_payload_of_the_facts_has_its_type() {
    let facts = facts();
    let older = &facts["older_payloads"];
    for described in facts["event_types"].as_array().unwrap() {
        let text = described["type"].as_str().unwrap();
        let data = json!({
            "video_id": "v1", "url": "https://files.example/v1.mp4", "id": "c1", "status": "failed",
        });
        let event = event(text, data);
        let (typed, is_older) = match event.payload() {
            EventPayload::AvatarVideoSuccess(_) => ("avatar_video_success", false),
            EventPayload::AvatarVideoFail(_) => ("avatar_video_fail", false),
            EventPayload::Clipping(_) => ("clipping_job", false),
            EventPayload::AvatarVideoGifSuccess(_) => ("avatar_video_gif.success", true),
            EventPayload::AvatarVideoGifFail(_) => ("avatar_video_gif.fail", true),
            EventPayload::VideoTranslateSuccess(_) => ("video_translate.success", true),
            EventPayload::VideoTranslateFail(_) => ("video_translate.fail", true),
            EventPayload::PersonalizedVideo(_) => ("personalized_video", true),
            EventPayload::Other(_) => ("", false),
            other => panic!("{text}: {other:?}"),
        };
        if is_older {
            assert_eq!(typed, text);
            assert_eq!(described["payload"], Value::Null, "{text}");
            let is_described = |by: &str| older[by].get(text).is_some();
            assert!(is_described("fields") || is_described("same_as"), "{text}");
        } else {
            assert_eq!(
                typed,
                described["payload"].as_str().unwrap_or_default(),
                "{text}"
            );
            assert_eq!(older["fields"].get(text), None, "{text}");
            assert_eq!(older["same_as"].get(text), None, "{text}");
        }
    }
}

/// Checks a type against the fields of the facts: those that must be there suffice, all of them
/// survive, and each of the former is missed.
fn check_fields<T: Serialize + DeserializeOwned>(described: &Value) {
    let value = |field: &Value| match name(field) {
        name if name.ends_with("url") => json!("https://files.example/a?b=c"),
        name => json!(format!("text of {name}")),
    };
    let all = fields(described);
    assert!(!all.is_empty());
    let whole: Map<String, Value> = all
        .iter()
        .map(|field| (name(field).to_owned(), value(field)))
        .collect();
    let read: T = serde_json::from_value(whole.clone().into()).unwrap();
    assert_eq!(
        serde_json::to_value(&read).unwrap(),
        Value::from(whole.clone())
    );

    let mut minimal = whole.clone();
    minimal.retain(|name_, _| {
        all.iter()
            .any(|field| name(field) == name_ && is_required(field))
    });
    let read: T = serde_json::from_value(minimal.clone().into()).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    let written_names: BTreeSet<&String> = written.as_object().unwrap().keys().collect();
    assert_eq!(
        written_names,
        whole.keys().collect(),
        "fields missing or invented"
    );
    for required in minimal.keys() {
        let mut without = minimal.clone();
        without.remove(required);
        assert!(
            serde_json::from_value::<T>(without.into()).is_err(),
            "{required}"
        );
    }
    for field in all.iter().filter(|field| field["nullable"] == true) {
        let mut with_null = minimal.clone();
        with_null.insert(name(field).to_owned(), Value::Null);
        assert!(
            serde_json::from_value::<T>(with_null.into()).is_ok(),
            "{field}"
        );
    }
}

#[test]
fn payloads_have_the_fields_of_the_facts() {
    let facts = facts();
    check_fields::<AvatarVideoSuccess>(&facts["payloads"]["avatar_video_success"]);
    check_fields::<AvatarVideoFail>(&facts["payloads"]["avatar_video_fail"]);
}

#[test]
fn the_envelope_has_the_fields_of_the_facts() {
    let facts = facts();
    let described = fields(&facts["envelope"]);
    let whole = json!({
        "event_type": "batch.finished", "event_data": {"batch_id": "b"},
        "event_id": "evt_1", "created_at": "2026-01-01T00:00:00Z",
    });
    let names: BTreeSet<&str> = described.iter().map(name).collect();
    assert_eq!(
        names,
        whole
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect()
    );
    let read: WebhookEvent = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), whole);
    for field in described {
        let mut without = whole.clone();
        without.as_object_mut().unwrap().remove(name(field));
        let read = serde_json::from_value::<WebhookEvent>(without.clone());
        assert_eq!(read.is_err(), is_required(field), "{field}");
        if let Ok(read) = read {
            assert_eq!(serde_json::to_value(&read).unwrap(), without);
        }
    }
}

#[test]
fn unknown_types_and_fields_do_no_harm() {
    let text = r#"{"event_type":"hologram.success","event_data":[1,null],"region":"eu"}"#;
    let event: WebhookEvent = serde_json::from_str(text).unwrap();
    assert_eq!(event.event_type.as_str(), "hologram.success");
    let data: Json = serde_json::from_str("[1,null]").unwrap();
    assert_eq!(event.payload(), EventPayload::Other(&data));
}

/// Checks that a type of older documentation has the fields listed there, and needs none of them.
fn check_older_fields<T: Serialize + DeserializeOwned + Default + PartialEq + std::fmt::Debug>(
    event_type: &str,
) {
    let facts = facts();
    let listed = facts["older_payloads"]["fields"][event_type]
        .as_array()
        .unwrap();
    let listed: BTreeSet<&str> = listed.iter().map(|name| name.as_str().unwrap()).collect();
    let empty = serde_json::to_value(T::default()).unwrap();
    let written: BTreeSet<&str> = empty
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(written, listed, "{event_type}");
    assert_eq!(
        serde_json::from_value::<T>(json!({})).unwrap(),
        T::default()
    );
    let more = json!({"a_field_of_today": [1]});
    let read: T = serde_json::from_value(more).unwrap();
    assert_eq!(
        serde_json::to_value(&read).unwrap()["a_field_of_today"],
        json!([1])
    );
}

#[test]
fn payloads_of_older_documentation_have_its_fields_and_need_none() {
    check_older_fields::<VideoTranslateSuccess>("video_translate.success");
    check_older_fields::<VideoTranslateFail>("video_translate.fail");
    check_older_fields::<PersonalizedVideo>("personalized_video");
    let event_of_today = event(
        "video_translate.fail",
        json!({"video_translate_id": 7, "message": "no speech", "callback_id": {}, "code": 3}),
    );
    let EventPayload::VideoTranslateFail(fail) = event_of_today.payload() else {
        panic!("{event_of_today:?}");
    };
    assert_eq!(fail.video_translate_id.unwrap().as_str(), "7");
    assert_eq!(fail.message.as_deref(), Some("no speech"));
    assert_eq!(fail.callback_id, None);
    assert_eq!(fail.more["code"], Json::Unsigned(3));
}

#[test]
fn a_known_type_without_a_required_field_is_malformed() {
    let job = json!({"id": "c1", "status": "failed"});
    let video = json!({"video_id": "v1", "url": "https://files.example/v1.mp4"});
    for (event_type, whole, required) in [
        ("avatar_video.success", &video, &["video_id", "url"][..]),
        ("avatar_video.fail", &video, &["video_id"]),
        ("ai_clipping.success", &job, &["id", "status"]),
        ("ai_clipping.fail", &job, &["id", "status"]),
    ] {
        for name in required {
            for bad in [
                None,
                Some(Value::Null),
                Some(json!("")),
                Some(json!([])),
                Some(json!({})),
            ] {
                let mut data = whole.clone();
                match bad {
                    Some(bad) => data[*name] = bad,
                    None => drop(data.as_object_mut().unwrap().remove(*name)),
                }
                let event = event(event_type, data.clone());
                let EventPayload::Malformed {
                    data: kept,
                    problem,
                } = event.payload()
                else {
                    panic!("{event_type} took {data}");
                };
                assert_eq!(problem.field(), format!("event_data.{name}"), "{data}");
                assert_eq!(serde_json::to_value(kept).unwrap(), data);
            }
        }
        for data in [json!(null), json!([]), json!("v1")] {
            let event = event(event_type, data);
            let payload = event.payload();
            assert!(
                matches!(payload, EventPayload::Malformed { .. }),
                "{payload:?}"
            );
        }
    }
}

#[test]
fn an_optional_field_of_another_shape_makes_nothing_malformed() {
    let odd = event(
        "avatar_video.success",
        json!({"video_id": 7, "url": "https://files.example/v1.mp4", "folder_id": {}, "video_page_url": 3}),
    );
    let EventPayload::AvatarVideoSuccess(video) = odd.payload() else {
        panic!("{odd:?}");
    };
    assert_eq!(video.video_id.as_str(), "7");
    assert_eq!(video.folder_id, None);
    let odd = event(
        "avatar_video.fail",
        json!({"video_id": "v1", "msg": {"text": "x"}}),
    );
    assert!(matches!(odd.payload(), EventPayload::AvatarVideoFail(fail) if fail.msg.is_none()));
}

#[test]
fn an_undocumented_shape_is_kept() {
    for (event_type, data) in [
        ("avatar_video_gif.success", json!({"id": "v1"})),
        ("avatar_video_gif.fail", json!({})),
        ("video_translate.success", json!("done")),
        ("personalized_video", json!(null)),
        ("video_agent.success", json!({"session_id": "s1"})),
    ] {
        let event = event(event_type, data.clone());
        let EventPayload::Other(kept) = event.payload() else {
            panic!("{event_type} took {data}");
        };
        assert_eq!(serde_json::to_value(kept).unwrap(), data);
    }
}

#[test]
fn texts_that_receivers_have_seen_are_taken() {
    let event = event(
        "avatar_video.success",
        json!({
            "video_id": "v1", "url": "https://files.example/v1.mp4", "folder_id": "",
            "callback_id": "", "callback_url": null, "gif_download_url": null,
        }),
    );
    let EventPayload::AvatarVideoSuccess(video) = event.payload() else {
        panic!("{event:?}");
    };
    assert_eq!(video.folder_id.as_deref(), Some(""));
    assert_eq!(video.callback_id.as_deref(), Some(""));
    assert_eq!(video.callback_url, None);
}

#[test]
fn a_clipping_event_carries_the_job() {
    let event = event(
        "ai_clipping.fail",
        json!({"id": "c1", "status": "failed", "failure_message": "no speech"}),
    );
    let EventPayload::Clipping(job) = event.payload() else {
        panic!("{event:?}");
    };
    let failed = JobState::Failed {
        code: None,
        message: Some("no speech"),
    };
    assert_eq!(job.state(), failed);
}

#[test]
fn the_history_has_the_same_payloads() {
    let record: WebhookEventRecord = serde_json::from_value(json!({
        "event_type": "avatar_video.fail", "event_data": {"video_id": "v1", "msg": "no credits left"},
        "event_id": "evt_1", "created_at": "2026-01-01T00:00:00Z",
    }))
    .unwrap();
    let event = WebhookEvent::from(record.clone());
    assert_eq!(
        serde_json::to_value(&event).unwrap(),
        serde_json::to_value(&record).unwrap()
    );
    assert!(
        matches!(event.payload(), EventPayload::AvatarVideoFail(fail) if fail.reason().is_some())
    );
}

#[test]
fn the_reason_of_a_failure_is_found_wherever_it_stands() {
    let fail = |more: Value| {
        let mut data = more;
        data["video_id"] = json!("v1");
        let event = event("avatar_video.fail", data);
        match event.payload() {
            EventPayload::AvatarVideoFail(fail) => fail,
            other => panic!("{other:?}"),
        }
    };
    for field in [
        "msg",
        "message",
        "error_message",
        "failure_message",
        "error",
    ] {
        let fail = fail(json!({field: "no credits left"}));
        assert_eq!(fail.reason(), Some("no credits left"), "{field}");
        assert_eq!(fail.code(), None, "{field}");
    }
    for field in ["failure_code", "error_code"] {
        let fail = fail(json!({field: "MOVIO"}));
        assert_eq!(fail.code().as_deref(), Some("MOVIO"), "{field}");
        assert_eq!(fail.reason(), None, "{field}");
    }
    let nested = fail(json!({"error": {"code": 40102, "message": "no credits left"}}));
    assert_eq!(nested.reason(), Some("no credits left"));
    assert_eq!(nested.code().as_deref(), Some("40102"));
    let both = fail(json!({"msg": "Failed", "failure_message": "no credits left", "error": null}));
    assert_eq!(both.reason(), Some("no credits left"));
    let none = fail(json!({"message": "", "error": {}, "cause": "?"}));
    assert_eq!((none.reason(), none.code()), (None, None));
    assert_eq!(none.more["cause"].as_str(), Some("?"));
}

#[test]
fn the_facts_name_no_reason_field_that_is_not_looked_at() {
    let facts = facts();
    let open = facts["payloads"]["avatar_video_fail"]["open"]
        .as_str()
        .unwrap();
    let (_, list) = open.split_once("look for ").unwrap();
    let list = list.replace("{code,message}", "");
    let named: BTreeSet<&str> = list.split(", ").collect();
    let looked_at = AvatarVideoFail::REASON_FIELDS
        .into_iter()
        .chain(AvatarVideoFail::CODE_FIELDS)
        .collect();
    assert_eq!(named, looked_at);
}

#[test]
fn debug_shows_no_query_of_any_url() {
    let url = "https://files.example/v1.mp4?X-Amz-Signature=secret";
    for data in [
        json!({"video_id": "v1", "url": url}),
        json!({"deep": [{"link": url}], "text": format!("see {url}")}),
        json!({"video_id": format!("see {url}"), "url": url}),
    ] {
        let event = event("avatar_video.success", data);
        let shown = format!("{event:?} {:?}", event.payload());
        assert!(!shown.contains("secret"), "{shown}");
        assert!(shown.contains("https://files.example/v1.mp4?…"), "{shown}");
        assert!(serde_json::to_string(&event).unwrap().contains("secret"));
    }
}
