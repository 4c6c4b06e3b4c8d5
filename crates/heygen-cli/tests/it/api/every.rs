//! Every operation of the table, through the built binary.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use heygen_types::{
    BodyEncoding, Envelope, Method,
    table::{OperationEntry, Schema, Table},
};
use serde_json::Value;

use super::sample::{Written, maximal, table};
use crate::{
    recorder::{Recorder, Reply},
    support::{Folder, RunExt as _, png},
};

/// An answer that no version of this program knows, in a form that no JSON library writes.
const ANSWER: &str =
    "{ \"data\" : {\"title\":\"x\", \"new\":[1.50, 1e2,\"\\u00e9\"]},\n \"more\":null }";

/// What names something that was begun.
const IDS: &str = r#""id":"x","ai_clipping_id":"x","avatar_item":{"id":"x"},"batch_id":"x","brand_kit_id":"x","filler_word_removal_id":"x","render_id":"x","lipsync_id":"x","session_id":"x","video_translation_id":"x","video_translation_ids":["x"],"proofread_ids":["x"],"video_id":"x","voice_clone_id":"x","generation_id":"x","voice_id":"x""#;

#[test]
fn every_operation_goes_out_whole_and_its_answer_comes_back_whole() {
    let table = table();
    assert_eq!(table.operations.len(), 116);
    let cases: Vec<(&OperationEntry, Option<&Schema>)> = table
        .operations
        .iter()
        .flat_map(|operation| match operation.encoding() {
            BodyEncoding::Json => {
                let objects = table.objects(&operation.body).into_iter();
                objects.map(|object| (operation, Some(object))).collect()
            }
            _ => vec![(operation, None)],
        })
        .collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some((operation, object)) =
                    cases.get(next.fetch_add(1, Ordering::Relaxed))
                {
                    check(&table, operation, *object);
                }
            });
        }
    });
}

fn check(table: &Table, operation: &OperationEntry, object: Option<&Schema>) {
    let id = &operation.id;
    let folder = Folder::new();
    let mut written = maximal(table, operation, object);
    if operation.encoding() == BodyEncoding::Multipart {
        written
            .words
            .push(folder.png("a.png").display().to_string());
    }
    if operation.method == Method::Delete {
        written.words.push("--yes".to_owned());
    }
    let makes_another = [
        "templates.generate",
        "video_translations.proofreads.generate",
    ];
    let is_create = operation.path_params.is_empty() && id != "assets.batches.complete";
    let begins =
        operation.method == Method::Post && (is_create || makes_another.contains(&id.as_str()));
    let answer = match begins {
        true => ANSWER.replace("{\"title\"", &format!("{{{IDS},\"title\"")),
        false => ANSWER.to_owned(),
    };
    let shown = format!("{answer}\n");
    let recorder = match operation.envelope() {
        Envelope::Stream => Recorder::new(move |_| stream(&answer)),
        _ => Recorder::new(move |_| Reply::from(answer.as_str())),
    };
    let done = recorder.heygen().args(&written.words).run();
    assert_eq!(done.code, Some(0), "{id}: {:?}\n{done:#?}", written.words);
    assert_eq!(done.stdout, shown, "{id}");
    assert_eq!(done.stderr, "", "{id}");

    // A URL is asked for its size; the rest is one request.
    let seen: Vec<_> = recorder
        .seen()
        .into_iter()
        .filter(|seen| seen.method != "HEAD")
        .collect();
    let [seen] = &seen[..] else {
        panic!("{id}: {seen:#?}")
    };
    assert_eq!(seen.method, operation.method.as_str(), "{id}");
    assert_eq!(seen.target, target(&written), "{id}");
    assert_eq!(seen.header("x-api-key"), Some("canary-key"), "{id}");
    let has_key = seen
        .header("idempotency-key")
        .is_some_and(|key| key.len() >= 32);
    assert_eq!(has_key, operation.idempotency_key, "{id}");
    match operation.encoding() {
        BodyEncoding::Json => {
            assert_eq!(seen.header("content-type"), Some("application/json"));
            let mut expected = Value::Object(written.body);
            let sent = seen.json();
            if id == "background_removals.create" && expected.get("request_id").is_none() {
                expected["request_id"] = sent["request_id"].clone();
            }
            assert_eq!(sent, expected, "{id}");
        }
        BodyEncoding::Multipart => {
            let file = png(2000);
            let is_whole = seen.body.windows(file.len()).any(|part| part == file);
            assert!(is_whole, "{id}");
        }
        _ => assert!(seen.body.is_empty(), "{id}"),
    }
}

/// The same as the data of an event.
fn stream(answer: &str) -> Reply {
    let lines: String = answer
        .lines()
        .map(|line| format!("data: {line}\n"))
        .collect();
    let headers = [("content-type".to_owned(), "text/event-stream".to_owned())];
    Reply(
        200,
        headers.into(),
        format!("{lines}\ndata: [DONE]\n\n").into(),
    )
}

fn target(written: &Written) -> String {
    if written.query.is_empty() {
        return written.path.clone();
    }
    let query = written.query.join("&");
    let query = query.replace("https://", "https%3A%2F%2F");
    format!("{}?{query}", written.path)
}
