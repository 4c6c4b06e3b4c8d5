//! One odd field does not make an answer unreadable.

use heygen_types::{
    Envelope, Json, NextPage, Page, PageOf as _, VideoId,
    assets::UploadBatch,
    batches::{BatchDetail, BatchItem, StatusEntry},
    videos::VideoRecord,
    webhooks::WebhookEvent,
};
use serde_json::{Value, json};

use crate::{
    operations::{self, Entry},
    table::{Extent, Table, fields, is_required, name},
};

/// Calls a function with every object that an operation may answer, and with what reads it.
fn for_each_object(check: impl Fn(&Entry, &Value, Value, &dyn Fn(Value) -> Value)) {
    let table = Table::read();
    for entry in operations::all() {
        let described = &table.endpoint(entry.id)["response"];
        for (index, object) in table.objects(described).into_iter().enumerate() {
            // One example for each object, and several for one with values that are unions.
            let mut examples = table.examples(described, Extent::Maximal);
            if table.objects(described).len() > 1 {
                examples = vec![examples.swap_remove(index)];
            }
            for example in examples {
                let read = |example: Value| match entry.envelope {
                    Envelope::Data | Envelope::Stream => (entry.answer)(example).unwrap(),
                    _ => (entry.answer)(json!({"data": [example]})).unwrap()["data"][0].take(),
                };
                check(&entry, object, example, &read);
            }
        }
    }
}

#[test]
fn null_is_read_in_every_field_that_may_be_absent() {
    for_each_object(|_, object, example, read| {
        for field in fields(object).iter().filter(|field| !is_required(field)) {
            // Of a union only the fields of the other kinds.
            if field["const"].is_null() && name(field) != "type" {
                let mut example = example.clone();
                example[name(field)] = Value::Null;
                read(example);
            }
        }
    });
}

#[test]
fn an_optional_id_may_be_an_empty_text() {
    for_each_object(|entry, object, example, read| {
        for field in fields(object) {
            let is_id = name(field).ends_with("_id")
                && field["nullable"] == true
                // These are texts of the caller's own, and of the support.
                && !["callback_id", "request_id"].contains(&name(field));
            if is_id {
                let mut example = example.clone();
                example[name(field)] = json!("");
                let again = read(example);
                assert_eq!(
                    again[name(field)],
                    Value::Null,
                    "{} {}",
                    entry.id,
                    name(field)
                );
            }
        }
    });
}

#[test]
fn whole_numbers_may_come_with_a_fraction() {
    for_each_object(|entry, object, example, read| {
        for field in fields(object) {
            // The size of a file is checked to the byte, so it is read to the letter.
            if field["type"] == "integer" && !name(field).ends_with("_bytes") {
                let number = example[name(field)].as_i64().unwrap();
                let mut example = example.clone();
                example[name(field)] = json!(number as f64 + 0.75);
                let again = read(example);
                assert_eq!(again[name(field)], number, "{} {}", entry.id, name(field));
            }
        }
    });
}

#[test]
fn a_number_that_does_not_fit_is_an_error_and_no_panic() {
    for number in [
        json!(-1),
        json!(1e300),
        json!(18_446_744_073_709_551_615_u64),
        json!("7"),
    ] {
        let item = json!({"item_index": number, "status": "failed"});
        let read = serde_json::from_value::<BatchItem>(item);
        let fits = number.as_u64().is_some();
        assert_eq!(read.is_ok(), fits, "{number}");
    }
}

#[test]
fn items_of_batches_without_an_id_are_read() {
    let item = json!({"item_index": 1.0, "status": "queued", "video_id": ""});
    let item: BatchItem<VideoId> = serde_json::from_value(item).unwrap();
    assert_eq!((item.item_index, item.video_id), (1, None));
    let entry: StatusEntry =
        serde_json::from_value(json!({"status": "not_found", "video_id": ""})).unwrap();
    assert_eq!(entry.video_id, None);
    // A program may read the ids as plain texts.
    let entry = json!({"status": "failed", "video_id": "v"});
    let entry: StatusEntry<String> = serde_json::from_value(entry).unwrap();
    assert_eq!(entry.video_id.as_deref(), Some("v"));
}

#[test]
fn a_list_of_nothing_may_be_null() {
    let page = json!({"data": null, "has_more": null, "next_token": null});
    let page: Page<String> = serde_json::from_value(page).unwrap();
    assert_eq!(page, Page::new(Vec::new()));
    assert!(serde_json::from_value::<Page<String>>(json!({})).is_err());
}

#[test]
fn an_event_is_read_whatever_its_id_and_its_time_look_like() {
    let event =
        json!({"event_type": "a", "event_data": {}, "event_id": "", "created_at": 1_700_000_000});
    let event: WebhookEvent = serde_json::from_value(event).unwrap();
    assert_eq!(event.event_id, None);
    assert_eq!(event.created_at.as_deref(), Some("1700000000"));
}

#[test]
fn a_cursor_counts_unless_nothing_follows() {
    let second = || NextPage::At("t".to_owned());
    for (has_more, token, expected) in [
        (json!(true), json!("t"), second()),
        (json!(false), json!("t"), NextPage::End),
        (json!(false), json!(null), NextPage::End),
        // An empty cursor would lead back to the first page.
        (json!(true), json!(""), NextPage::Lost),
        (json!(true), json!(null), NextPage::Lost),
        // The same in another form.
        (json!("true"), json!("t"), second()),
        (json!(1), json!("t"), second()),
        (json!("True"), json!(null), NextPage::Lost),
        (json!("false"), json!("t"), NextPage::End),
        (json!(0), json!("t"), NextPage::End),
        // What says neither ends no list that goes on.
        (json!(null), json!("t"), second()),
        (json!("yes"), json!("t"), second()),
        (json!(17), json!("t"), second()),
        (json!({}), json!("t"), second()),
        (json!("yes"), json!(null), NextPage::End),
    ] {
        let page = json!({"data": [1], "has_more": has_more, "next_token": token});
        let page: Page<u32> = answer(&page).decode_answer().unwrap();
        assert_eq!(page.into_items(), (vec![1], expected.clone()), "{has_more}");
        let batch = json!({
            "batch_id": "b", "counts_by_status": {}, "created_at": 0, "items": [],
            "status": "processing", "total_items": 0, "has_more": has_more, "next_token": token,
        });
        let batch: BatchDetail = answer(&batch).decode_answer().unwrap();
        assert_eq!(batch.into_items().1, expected, "{has_more}");
    }
    let page: Page<u32> = answer(&json!({"data": [], "next_token": "t"}))
        .decode_answer()
        .unwrap();
    assert_eq!(page.into_items().1, second());
}

fn answer(value: &Value) -> Json {
    serde_json::from_value(value.clone()).unwrap()
}

/// Returns whether a member is what the next step needs: the ids of what an answer is about, and
/// what the answer is for.
fn is_needed(name: &str) -> bool {
    let is_id = name == "id" || name.ends_with("_id");
    is_id && !["space_id", "run_id"].contains(&name)
        || ["upload_url", "srt_url", "audio_url", "audio", "secret"].contains(&name)
        // They hold the ids of slots, or of the one thing that the answer is about.
        || ["items", "avatar_group"].contains(&name)
}

/// Calls a function with the place of every member in a value.
fn for_each_member(value: &Value, place: &str, visit: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let inner = format!("{place}/{name}");
                visit(&inner, name);
                for_each_member(member, &inner, visit);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                for_each_member(item, &format!("{place}/{index}"), visit);
            }
        }
        _ => {}
    }
}

fn without(value: &Value, place: &str) -> Value {
    let mut value = value.clone();
    let (holder, name) = place.rsplit_once('/').unwrap();
    let holder = value.pointer_mut(holder).unwrap();
    holder.as_object_mut().unwrap().remove(name);
    value
}

#[test]
fn an_answer_is_read_without_what_is_not_needed_next() {
    let table = Table::read();
    let mut read = 0;
    for entry in operations::all() {
        let described = &table.endpoint(entry.id)["response"];
        for example in table.examples(described, Extent::Maximal) {
            let wrap = |example: &Value| match entry.envelope {
                Envelope::Data | Envelope::Stream => example.clone(),
                _ => json!({"data": [example, example], "has_more": false}),
            };
            let whole = serde_json::from_value(wrap(&example)).unwrap();
            let whole = (entry.odd_answer)(&whole).unwrap();
            for_each_member(&example, "", &mut |place, name| {
                let odd = [
                    json!(null),
                    json!({}),
                    json!([]),
                    json!("odd"),
                    json!(-7),
                    json!(true),
                ];
                let odd = odd.into_iter().map(|odd| {
                    let mut changed = example.clone();
                    *changed.pointer_mut(place).unwrap() = odd;
                    changed
                });
                for odd in odd.chain([without(&example, place)]) {
                    let odd: Json = serde_json::from_value(wrap(&odd)).unwrap();
                    let again = (entry.odd_answer)(&odd);
                    let what = format!("{} {place} in {odd:?}", entry.id);
                    match again {
                        Ok(again) => {
                            let count = |value: &Value| value["data"].as_array().map(Vec::len);
                            // An entry that cannot be read is left out, and the others stay.
                            if count(&again) != count(&whole) {
                                assert!(is_needed(name), "{what}");
                            }
                            read += 1;
                        }
                        Err(error) => assert!(is_needed(name), "{error}: {what}"),
                    }
                }
            });
        }
    }
    assert!(read > 5_000, "{read} odd answers were read");
}

#[test]
fn what_is_odd_in_an_answer_is_made_up_for() {
    let read = |answer: &str| {
        let answer: Json = serde_json::from_str(answer).unwrap();
        answer.decode_answer::<VideoRecord>()
    };
    // Seconds as a text, an id as a number, a number with a fraction, and what nobody knows.
    let odd = r#"{"id": 17, "status": "completed", "created_at": " 5 ", "completed_at": 7.0,
        "duration": "3.5", "title": 4, "video_url": {}, "folder_id": [], "new": {"a": [1]}}"#;
    let video = read(odd).unwrap();
    assert_eq!(video.id.as_str(), "17");
    assert_eq!((video.created_at, video.completed_at), (Some(5), Some(7)));
    assert_eq!(
        (video.duration, video.title.as_deref()),
        (Some(3.5), Some("4"))
    );
    assert_eq!((video.video_url, video.folder_id), (None, None));

    let message = |answer| read(answer).unwrap_err().to_string();
    assert_eq!(message(r#"{"status": "completed"}"#), "id: is missing");
    assert_eq!(
        message(r#"{"id": "", "created_at": "x"}"#),
        "created_at: invalid type: string \"x\", expected a whole number"
    );
    assert_eq!(
        message(r#"[{"id": "v"}]"#),
        "value: is a list, expected an object"
    );
    assert!(read(r#""text""#).is_err() && read("null").is_err());
}

#[test]
fn a_slot_that_cannot_be_read_does_not_move_those_after_it() {
    let slot = |id: &str| json!({"asset_id": id, "upload_url": "https://s.example/a"});
    let batch = |items: Value| {
        let batch = json!({"batch_id": "b", "items": items});
        let batch: Json = serde_json::from_value(batch).unwrap();
        batch.decode_answer::<UploadBatch>()
    };
    let slots = batch(json!([slot("a"), slot("b")])).unwrap().items;
    assert_eq!(slots[1].asset_id.as_str(), "b");
    // An answer that says nothing of limits names none.
    assert_eq!(
        (slots[0].expires_in_seconds, slots[0].max_bytes.bytes()),
        (3_600, u64::MAX)
    );
    assert!(batch(json!([{}, slot("b")])).is_err());
}

#[test]
fn nonsense_takes_no_longer_than_it_must() {
    let entry = r#"{"id":[],"status":[],"created_at":[],"duration":[]}"#;
    let list = format!(r#"{{"data":[{}]}}"#, vec![entry; 20_000].join(","));
    let list: Json = serde_json::from_str(&list).unwrap();
    assert!(list.decode_answer::<Page<VideoRecord>>().is_err());
}
