//! Following cursors.

use serde_json::json;

use crate::{
    recorder::{Recorder, Reply},
    support::RunExt as _,
};

/// Three pages of a list; the tokens need escaping.
fn pages(beside: bool) -> Recorder {
    Recorder::new(move |seen| {
        let page = match seen.target.split("token=").nth(1) {
            None => 1,
            Some("two%26%3D") => 2,
            Some("three") => 3,
            Some(other) => panic!("token {other}"),
        };
        let next = ["two&=", "three", ""][page - 1];
        let item = json!({"id": format!("v{page}"), "item_index": page, "new": page});
        Reply::from(if beside {
            json!({"data": [item], "has_more": page < 3, "next_token": next, "page": page})
        } else {
            json!({"data": {"items": [item], "has_more": page < 3, "next_token": next}})
        })
    })
}

#[test]
fn all_pages_come_whole_one_a_line_for_both_shapes() {
    for (words, beside) in [
        (
            &["videos", "list", "--limit", "1", "--title", "x"][..],
            true,
        ),
        (&["videos", "batches", "get", "b", "--limit", "1"], false),
    ] {
        let recorder = pages(beside);
        let done = recorder
            .heygen()
            .args(words)
            .arg("--all")
            .run()
            .ends_with(0);
        let objects = done.objects();
        assert_eq!(objects.len(), 3, "{done:?}");
        assert_eq!(objects[2]["has_more"].is_boolean(), beside);
        for seen in recorder.seen() {
            assert!(seen.target.contains("limit=1"), "{}", seen.target);
            assert_eq!(seen.target.contains("title=x"), beside);
            assert!(seen.target.matches("token=").count() <= 1);
        }
    }
}

#[test]
fn a_list_can_be_gone_on_with_in_the_middle() {
    let recorder = pages(true);
    let words = ["videos", "list", "--token", "two&=", "--all"];
    let done = recorder.heygen().args(words).run().ends_with(0);
    assert_eq!(done.objects().len(), 2);
}

#[test]
fn people_get_one_table_and_a_word_on_what_follows() {
    let recorder = pages(true);
    let words = ["videos", "list", "--output", "human"];
    let done = recorder.heygen().args(words).run().ends_with(0);
    assert!(done.stdout.starts_with("ITEM_INDEX  ID"), "{done:?}");
    assert!(
        done.stderr.contains("--all") && done.stderr.contains("two&="),
        "{done:?}"
    );
    let done = recorder
        .heygen()
        .args(words)
        .arg("--all")
        .run()
        .ends_with(0);
    assert_eq!(done.stdout.matches("ITEM_INDEX").count(), 1, "{done:?}");
    assert!(["v1", "v2", "v3"].iter().all(|id| done.stdout.contains(id)));
    assert_eq!(done.stderr, "");
}

#[test]
fn a_server_that_turns_in_circles_is_left() {
    // The next page of `a` is `b`, and that of `b` is `a`.
    let recorder = Recorder::new(|seen| {
        let next = if seen.target.contains("token=a") {
            "b"
        } else {
            "a"
        };
        json!({"data": [{"id": "v"}], "has_more": true, "next_token": next})
    });
    let done = recorder
        .heygen()
        .args(["videos", "list", "--all"])
        .run()
        .ends_with(1);
    assert!(done.stderr.contains("has no end"), "{done:?}");
    assert_eq!(recorder.seen().len(), 3);
}

#[test]
fn only_what_has_pages_has_the_flag() {
    let recorder = Recorder::always("{}");
    for words in [
        ["video-agents", "videos", "list", "s", "--all"],
        ["webhooks", "event-types", "list", "--all", "x"],
    ] {
        recorder.heygen().args(words).run().ends_with(2);
    }
}
