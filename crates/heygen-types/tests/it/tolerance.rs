//! One odd field does not make an answer unreadable.

use heygen_types::{
    Envelope, NextPage, Page, PageOf as _, VideoId,
    batches::{BatchItem, StatusEntry},
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
        for object in table.objects(described) {
            for example in table.examples(described, Extent::Maximal) {
                let read = |example: Value| match entry.envelope {
                    Envelope::Data => (entry.answer)(example).unwrap(),
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
fn a_cursor_counts_only_when_it_leads_on() {
    for (has_more, token, expected) in [
        (true, Some("t"), NextPage::At("t".to_owned())),
        (false, Some("t"), NextPage::End),
        (false, None, NextPage::End),
        // An empty cursor would lead back to the first page.
        (true, Some(""), NextPage::Lost),
        (true, None, NextPage::Lost),
    ] {
        let mut page = Page::new(vec![1]);
        (page.has_more, page.next_token) = (has_more, token.map(str::to_owned));
        assert_eq!(page.into_items(), (vec![1], expected));
    }
}
