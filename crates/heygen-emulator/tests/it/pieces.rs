use serde_json::Value;

use crate::bench::{Answer, Bench, png};

fn url(bench: &mut Bench) -> Value {
    let id = bench.uploaded("a.png", &png(100));
    bench.get(&format!("/v3/assets/{id}")).success()["url"].clone()
}

fn bytes(answer: &Answer) -> Vec<u8> {
    answer.response.body().read().unwrap().to_vec()
}

#[test]
fn a_piece_is_what_was_asked_for() {
    let mut bench = Bench::new();
    let url = url(&mut bench);
    let content = png(100);
    for (range, piece, told) in [
        ("bytes=0-9", &content[..10], "bytes 0-9/100"),
        ("bytes=90-", &content[90..], "bytes 90-99/100"),
        ("bytes=-5", &content[95..], "bytes 95-99/100"),
        ("bytes=50-500", &content[50..], "bytes 50-99/100"),
        ("bytes=-500", &content[..], "bytes 0-99/100"),
    ] {
        let answer = bench.fetch_with(&url, &[("range", range)]);
        assert_eq!(
            (answer.status, answer.header("content-range")),
            (206, Some(told))
        );
        assert_eq!(bytes(&answer), piece, "{range}");
        assert_eq!(answer.response.body().size_bytes(), piece.len() as u64);
    }
    let whole = bench.fetch(&url);
    assert_eq!(
        (whole.status, whole.header("accept-ranges")),
        (200, Some("bytes"))
    );
}

#[test]
fn a_range_behind_the_end_is_refused() {
    let mut bench = Bench::new();
    let url = url(&mut bench);
    for range in ["bytes=100-", "bytes=200-300", "bytes=-0"] {
        let answer = bench.fetch_with(&url, &[("range", range)]);
        answer.assert_storage_refused(416, "InvalidRange");
        assert_eq!(answer.xml("ActualObjectSize"), "100");
    }
}

#[test]
fn what_is_no_range_gives_the_whole() {
    let mut bench = Bench::new();
    let url = url(&mut bench);
    for range in [
        "bytes=5-2",
        "bytes=x-",
        "bytes=0-1,3-4",
        "lines=1-2",
        "bytes",
    ] {
        let answer = bench.fetch_with(&url, &[("range", range)]);
        assert_eq!((answer.status, bytes(&answer).len()), (200, 100), "{range}");
    }
}

#[test]
fn a_piece_is_only_of_the_same_object() {
    let mut bench = Bench::new();
    let url = url(&mut bench);
    let etag = bench.fetch(&url).header("etag").unwrap().to_owned();
    let range = ("range", "bytes=10-");
    let same = bench.fetch_with(&url, &[range, ("if-range", &etag)]);
    let other = bench.fetch_with(&url, &[range, ("if-range", "\"other\"")]);
    assert_eq!((same.status, other.status), (206, 200));
    assert_eq!(bench.fetch_with(&url, &[("if-match", &etag)]).status, 200);
    bench
        .fetch_with(&url, &[("if-match", "\"other\"")])
        .assert_storage_refused(412, "PreconditionFailed");
}
