use std::{future::poll_fn, pin::Pin};

use futures_core::Stream;
use heygen_client::{
    Error, ErrorKind, Items, TransportErrorKind,
    types::{
        Paged as _,
        assets::{AssetRecord, GetUploadBatch, ListAssets},
    },
};

use crate::script::{Answer, World, block_on};

fn page(names: &[&str], next: Option<&str>) -> Answer {
    let records: Vec<String> = names
        .iter()
        .map(|name| {
            format!(
                r#"{{"id":"{name}","name":"n","owner":"o","space_id":"s","type":"video","uploaded_at":1}}"#
            )
        })
        .collect();
    let (more, next) = match next {
        Some(next) => (true, format!("{next:?}")),
        None => (false, "null".to_owned()),
    };
    Answer::json(
        200,
        format!(
            r#"{{"data":[{}],"has_more":{more},"next_token":{next}}}"#,
            records.join(",")
        ),
    )
}

fn list() -> ListAssets {
    ListAssets::new("sam")
}

fn names(items: &[AssetRecord]) -> Vec<&str> {
    items.iter().map(|item| item.id.as_str()).collect()
}

/// Takes everything up to the end, errors as their kind.
fn drain(items: &mut Items<ListAssets>) -> Vec<Result<String, ErrorKind>> {
    block_on(async {
        let mut all = Vec::new();
        while let Some(item) = items.next().await {
            all.push(
                item.map(|item| item.id.to_string())
                    .map_err(|error| error.kind()),
            );
        }
        all
    })
}

#[test]
fn a_list_goes_on_when_more_follows_in_an_odd_form() {
    let odd = |names: &[&str], more: &str| match page(names, Some("t")) {
        Answer::Response(status, headers, body) => {
            let body = body.replace(r#""has_more":true,"#, more);
            Answer::Response(status, headers, body)
        }
        other => other,
    };
    for more in [
        r#""has_more":"true","#,
        r#""has_more":1,"#,
        r#""has_more":"yes","#,
        r#""has_more":null,"#,
        "",
    ] {
        let world = World::new([odd(&["a"], more), page(&["b"], None)]);
        let all = drain(&mut world.client().items(list()));
        assert_eq!(all, [Ok("a".to_owned()), Ok("b".to_owned())], "{more}");
    }
}

#[test]
fn items_come_page_by_page_and_only_as_they_are_asked_for() {
    let world = World::new([
        page(&["a", "b"], Some("t 1")),
        page(&[], Some("t2")),
        page(&["c"], None),
    ]);
    let mut items = world.client().items(list());
    assert!(world.sent().is_empty());
    let first = block_on(items.collect_up_to(2)).unwrap();
    assert_eq!(names(&first), ["a", "b"]);
    assert_eq!(
        world.sent().len(),
        1,
        "what is asked for stands on the first page"
    );
    let rest = block_on(items.collect_up_to(100)).unwrap();
    assert_eq!(names(&rest), ["c"]);
    let asked: Vec<_> = world.sent().into_iter().map(|sent| sent.uri).collect();
    let path = "https://api.heygen.com/v3/assets?username=sam";
    assert_eq!(
        asked,
        [
            path.to_owned(),
            format!("{path}&token=t%201"),
            format!("{path}&token=t2")
        ]
    );
    assert!(block_on(items.next()).is_none());
    assert!(block_on(items.next()).is_none(), "an end stays one");
}

#[test]
fn pages_tell_where_to_go_on() {
    let world = World::new([
        page(&["a", "b"], Some("t1")),
        Answer::refusal(404, "not_found"),
        page(&["c"], None),
    ]);
    let mut pages = world.client().pages(list());
    assert_eq!(pages.cursor(), None);
    let first = block_on(pages.next()).unwrap().unwrap();
    assert_eq!(names(&first), ["a", "b"]);
    let error = block_on(pages.next()).unwrap().unwrap_err();
    assert_eq!(error.status(), Some(404));
    assert!(block_on(pages.next()).is_none());
    let cursor = pages.cursor().unwrap().to_owned();
    assert_eq!(cursor, "t1");

    let mut pages = world.client().pages(list().at(cursor));
    assert_eq!(names(&block_on(pages.next()).unwrap().unwrap()), ["c"]);
    assert_eq!(pages.cursor(), None);
    assert!(block_on(pages.next()).is_none());
}

#[test]
fn both_are_streams() {
    fn next<S: Stream + Unpin>(stream: &mut S) -> Option<S::Item> {
        block_on(poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx)))
    }
    let world = World::new([page(&["a"], None), page(&["b"], None)]);
    let page: Result<Vec<AssetRecord>, Error> = next(&mut world.client().pages(list())).unwrap();
    assert_eq!(names(&page.unwrap()), ["a"]);
    let item: Result<AssetRecord, Error> = next(&mut world.client().items(list())).unwrap();
    assert_eq!(item.unwrap().id.as_str(), "b");
}

#[test]
fn a_cursor_inside_data_is_followed_too() {
    let batch = |item: u32, next: &str, more: bool| {
        let body = format!(
            r#"{{"data":{{"batch_id":"b1","counts_by_status":{{"completed":2}},"created_at":1,
                "has_more":{more},"next_token":{next},"status":"completed","total_items":2,
                "items":[{{"item_index":{item},"status":"completed","video_id":"a{item}"}}]}}}}"#
        );
        Answer::json(200, body)
    };
    let world = World::new([batch(0, "\"t1\"", true), batch(1, "null", false)]);
    let request = GetUploadBatch::new("b1".parse().unwrap());
    let items = block_on(async { world.client().items(request).collect_up_to(9).await }).unwrap();
    let indexes: Vec<_> = items.iter().map(|item| item.item_index).collect();
    assert_eq!(indexes, [0, 1]);
    assert!(
        world.sent()[1].uri.ends_with("token=t1"),
        "{:?}",
        world.sent()[1].uri
    );
}

#[test]
fn a_list_that_turns_in_a_circle_ends_with_an_error() {
    let world = World::new([
        page(&["a"], Some("t1")),
        page(&["b"], Some("t2")),
        page(&["c"], Some("t1")),
    ]);
    let mut items = world.client().items(list());
    let all = drain(&mut items);
    let expected = ["a", "b", "c"].map(|name| Ok(name.to_owned()));
    assert_eq!(all[..3], expected, "what came is kept");
    assert_eq!(all[3..], [Err(ErrorKind::Protocol)]);
}

#[test]
fn a_list_that_says_that_more_follows_and_not_where_ends_with_an_error() {
    for next in ["null", "\"\""] {
        let body = format!(r#"{{"data":[],"has_more":true,"next_token":{next}}}"#);
        let world = World::new([Answer::json(200, body)]);
        let mut items = world.client().items(list());
        assert_eq!(drain(&mut items), [Err(ErrorKind::Protocol)], "{next}");
    }
}

#[test]
fn a_page_that_fails_in_passing_is_asked_for_again() {
    let world = World::new([
        page(&["a"], Some("t1")),
        Answer::Error(TransportErrorKind::Interrupted),
        Answer::json(503, ""),
        page(&["b"], None),
    ]);
    let all = drain(&mut world.client().items(list()));
    assert_eq!(all, ["a", "b"].map(|name| Ok(name.to_owned())));
}

#[test]
fn pages_that_bring_nothing_are_asked_for_with_pauses_and_not_without_end() {
    for (items, pages) in [(&[][..], 20), (&["a"], 21)] {
        let mut page_of = 0;
        let world = World::serving(move |_| {
            page_of += 1;
            page(items, Some(&format!("t{page_of}")))
        });
        let all = drain(&mut world.client().items(list()));
        assert_eq!(all.last(), Some(&Err(ErrorKind::Protocol)));
        let sent = world.sent();
        assert_eq!(sent.len(), pages);
        let mut pairs = sent.windows(2).skip(items.len());
        assert!(pairs.all(|pair| pair[1].at > pair[0].at));
    }
}
