use http::Request;
use serde_json::Value;

use crate::bench::{Bench, hex, parts, png, put};

/// A bench with a slot for 100 bytes whose digest was declared.
fn slot() -> (Bench, Value, Vec<u8>) {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, Some(&hex(&content)));
    (bench, slot, content)
}

/// The slot with its URL changed.
fn changed(slot: &Value, change: impl FnOnce(&str) -> String) -> Value {
    let mut slot = slot.clone();
    let url = change(slot["upload_url"].as_str().unwrap());
    slot["upload_url"] = url.into();
    slot
}

#[test]
fn a_put_as_told_is_stored_and_may_be_repeated() {
    let (mut bench, slot, content) = slot();
    for _ in 0..2 {
        let answer = bench.put(&slot, &content);
        assert_eq!((answer.status, answer.text().as_str()), (200, ""));
        assert!(answer.header("etag").unwrap().starts_with('"'));
        assert!(answer.header("x-amz-request-id").is_some());
        assert!(answer.header("x-amz-id-2").is_some());
    }
    assert_eq!(bench.core.assets(bench.now)[0].size_bytes, Some(100));
    assert!(!bench.core.assets(bench.now)[0].is_finalised);
}

#[test]
fn a_second_put_replaces_the_object_until_the_asset_is_made() {
    let mut bench = Bench::new();
    let (first, mut second, mut third) = (png(100), png(100), png(100));
    second[99] = 1;
    third[99] = 2;
    let slot = bench.create(&first, None);
    bench.put(&slot, &first);
    bench.put(&slot, &second);
    assert_eq!(bench.complete(&slot).status, 200);
    assert_eq!(bench.put(&slot, &third).status, 200);
    let assets = bench.core.assets(bench.now);
    assert_eq!(assets[0].content.as_ref().unwrap().read().unwrap(), second);
}

#[test]
fn the_url_ends_exactly_when_it_says() {
    let (mut bench, slot, content) = slot();
    bench.advance(3599);
    assert_eq!(bench.put(&slot, &content).status, 200);
    bench.advance(1);
    let answer = bench.put(&slot, &content);
    answer.assert_storage_refused(403, "AccessDenied");
    assert_eq!(answer.xml("Message"), "Request has expired");
    assert_eq!(answer.xml("X-Amz-Expires"), "3600");
    assert_eq!(answer.xml("Expires"), answer.xml("ServerTime"));
    assert!(answer.xml("Expires").ends_with('Z'));
}

#[test]
fn a_url_from_the_future_is_not_valid_yet() {
    let (mut bench, slot, content) = slot();
    bench.now -= std::time::Duration::from_secs(901);
    let answer = bench.put(&slot, &content);
    answer.assert_storage_refused(403, "AccessDenied");
    assert_eq!(answer.xml("Message"), "Request is not valid yet");
}

#[test]
fn refusals_from_the_head_do_not_wait_for_the_body() {
    let (mut bench, slot, content) = slot();
    bench.advance(3600);
    let head = parts(put(&slot, content.len()));
    let begin = bench.core.begin(bench.now, &head);
    assert!(
        matches!(begin, heygen_emulator::Begin::Reply(_)),
        "{begin:?}"
    );
}

#[test]
fn every_signed_header_counts() {
    let (mut bench, slot, content) = slot();
    for (name, value) in [
        ("content-type", "video/mp4"),
        ("content-length", "99"),
        ("host", "elsewhere"),
        (
            "x-amz-checksum-sha256",
            "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ),
    ] {
        let mut head = parts(put(&slot, content.len()));
        head.headers.insert(name, value.parse().unwrap());
        let answer = answer(&mut bench, &head, &content);
        answer.assert_storage_refused(403, "SignatureDoesNotMatch");

        let mut head = parts(put(&slot, content.len()));
        head.headers.append(name, value.parse().unwrap());
        let status = self::answer(&mut bench, &head, &content).status;
        if name != "content-length" {
            assert_eq!(status, 403, "{name} twice");
        }
    }
    for name in ["content-type", "x-amz-checksum-sha256"] {
        let mut head = parts(put(&slot, content.len()));
        head.headers.remove(name);
        let answer = answer(&mut bench, &head, &content);
        answer.assert_storage_refused(403, "SignatureDoesNotMatch");
    }
    assert_eq!(bench.core.assets(bench.now)[0].size_bytes, None);
}

fn answer(bench: &mut Bench, head: &http::request::Parts, body: &[u8]) -> crate::bench::Answer {
    let response = bench.raw(head, body).into_response().unwrap();
    crate::bench::Answer {
        status: response.status().as_u16(),
        response,
    }
}

#[test]
fn every_part_of_the_url_counts() {
    let (mut bench, slot, content) = slot();
    let mut refused = |change: &dyn Fn(&str) -> String, status, code| {
        let slot = changed(&slot, change);
        let answer = bench.put(&slot, &content);
        answer.assert_storage_refused(status, code);
    };
    let mismatch = "SignatureDoesNotMatch";
    refused(&|url| url.replace(".png", ".mp4"), 403, mismatch);
    refused(&|url| url.replace(".png", "/../x.png"), 403, mismatch);
    refused(
        &|url| url.replace("Expires=3600", "Expires=7200"),
        403,
        mismatch,
    );
    refused(&|url| format!("{url}&x-id=PutObject"), 403, mismatch);
    refused(
        &|url| format!("{url}&X-Amz-Security-Token=t"),
        403,
        mismatch,
    );
    refused(&|url| url.replace("content-type%3B", ""), 403, mismatch);
    refused(
        &|url| {
            let (rest, last) = url.split_at(url.len() - 1);
            format!("{rest}{}", if last == "0" { "1" } else { "0" })
        },
        403,
        mismatch,
    );
    refused(
        &|url| url.replace("heygen-assets", "other"),
        404,
        "NoSuchBucket",
    );
    refused(
        &|url| url.split('?').next().unwrap().to_owned(),
        403,
        "AccessDenied",
    );
    let damaged = "AuthorizationQueryParametersError";
    refused(
        &|url| url.replace("Expires=3600", "Expires=604801"),
        400,
        damaged,
    );
    refused(
        &|url| url.replace("Expires=3600", "Expires=soon"),
        400,
        damaged,
    );
    refused(&|url| url.replace("HMAC-SHA256", "HMAC-MD5"), 400, damaged);
    refused(
        &|url| url.replace("X-Amz-Date=2", "X-Amz-Date=x"),
        400,
        damaged,
    );
    refused(&|url| url.replace("us-east-1", "eu-west-1"), 400, damaged);
    refused(&|url| format!("{url}&X-Amz-Expires=1"), 400, damaged);
    refused(
        &|url| url.split("&X-Amz-Signature").next().unwrap().to_owned(),
        400,
        damaged,
    );
    refused(
        &|url| url.replace("EMULATED", "STOLEN"),
        403,
        "InvalidAccessKeyId",
    );
}

#[test]
fn the_method_is_signed() {
    let (mut bench, slot, content) = slot();
    bench.put(&slot, &content);
    let mut head = parts(put(&slot, content.len()));
    head.method = http::Method::GET;
    answer(&mut bench, &head, b"").assert_storage_refused(403, "SignatureDoesNotMatch");
    head.method = http::Method::DELETE;
    answer(&mut bench, &head, b"").assert_storage_refused(405, "MethodNotAllowed");
}

#[test]
fn headers_that_were_not_signed() {
    let (mut bench, slot, content) = slot();
    let head = put(&slot, content.len())
        .header("x-amz-meta-a", "1")
        .header("x-amz-acl", "private");
    let answer = bench.send(head, content.clone());
    answer.assert_storage_refused(403, "AccessDenied");
    let names = answer.xml("HeadersNotSigned");
    assert!(
        names.contains("x-amz-meta-a") && names.contains("x-amz-acl"),
        "{names}"
    );

    let head = put(&slot, content.len())
        .header("user-agent", "test")
        .header("accept", "*/*");
    assert_eq!(bench.send(head, content).status, 200);
}

#[test]
fn a_second_credential_is_refused_or_recorded() {
    let (mut bench, slot, content) = slot();
    let head = put(&slot, content.len()).header("authorization", "Bearer secret-token");
    let answer = bench.send(head, content.clone());
    answer.assert_storage_refused(400, "InvalidArgument");
    assert!(!answer.text().contains("secret-token"));

    let head = put(&slot, content.len()).header("x-api-key", "secret-key");
    assert_eq!(
        bench.send(head, content.clone()).status,
        200,
        "S3 does not know the header"
    );
    assert_eq!(bench.put(&slot, &content).status, 200);
    let leaks: Vec<_> = bench
        .core
        .requests()
        .map(|request| request.leaks_credential)
        .collect();
    assert_eq!(leaks, [false, true, true, false]);
}

#[test]
fn lengths_are_exact() {
    let (mut bench, slot, content) = slot();
    bench
        .put(&slot, &content[..99])
        .assert_storage_refused(403, "SignatureDoesNotMatch");
    let head = put(&slot, content.len());
    let answer = bench.send(head, &content[..50]);
    answer.assert_storage_refused(400, "IncompleteBody");
    assert_eq!(answer.xml("NumberBytesExpected"), "100");
    assert_eq!(answer.xml("NumberBytesProvided"), "50");

    let mut head = parts(put(&slot, content.len()));
    head.headers.remove("content-length");
    self::answer(&mut bench, &head, &content).assert_storage_refused(411, "MissingContentLength");
    head.headers
        .insert("transfer-encoding", "chunked".parse().unwrap());
    self::answer(&mut bench, &head, &content).assert_storage_refused(501, "NotImplemented");
    let head = put(&slot, content.len()).header("content-md5", "AAAAAAAAAAAAAAAAAAAAAA==");
    bench
        .send(head, content.clone())
        .assert_storage_refused(501, "NotImplemented");
    let mut head = parts(put(&slot, content.len()));
    head.headers
        .insert("content-length", "5368709121".parse().unwrap());
    self::answer(&mut bench, &head, b"").assert_storage_refused(400, "EntityTooLarge");
}

#[test]
fn content_has_to_fit_the_declared_digest() {
    let (mut bench, slot, mut content) = slot();
    content[50] ^= 1;
    bench
        .put(&slot, &content)
        .assert_storage_refused(400, "BadDigest");
    assert_eq!(bench.core.assets(bench.now)[0].size_bytes, None);
}

#[test]
fn which_headers_are_signed_is_a_setting() {
    let mut bench = Bench::with(|settings| {
        settings.signed_headers.content_length = false;
        settings.signed_headers.content_type = false;
        settings.signed_headers.checksum = false;
    });
    let content = png(100);
    let slot = bench.create(&content, Some(&hex(&content)));
    assert_eq!(slot["upload_headers"], serde_json::json!({}));
    let url = slot["upload_url"].as_str().unwrap();
    assert!(url.contains("X-Amz-SignedHeaders=host&"), "{url}");
    // Any length and content is stored, and complete finds the difference.
    assert_eq!(bench.put(&slot, &png(90)).status, 200);
    bench
        .complete(&slot)
        .assert_refused(400, "invalid_parameter", "checksum_sha256");
}

#[test]
fn what_was_stored_can_be_fetched_while_its_url_lives() {
    let (mut bench, slot, content) = slot();
    bench.put(&slot, &content);
    let url = bench.complete(&slot).data()["url"]
        .as_str()
        .unwrap()
        .to_owned();
    let get = |url: &str| Request::builder().uri(url).header("host", "127.0.0.1");
    let answer = bench.send(get(&url), "");
    assert_eq!(answer.response.body().read().unwrap(), content);
    assert!(answer.header("etag").is_some());
    let missing = url.split('?').next().unwrap().replace(".png", ".jpg");
    bench
        .send(get(&missing), "")
        .assert_storage_refused(403, "AccessDenied");
    let id = slot["asset_id"].as_str().unwrap();
    let delete = bench.request("DELETE", &format!("/v3/assets/{id}"));
    assert_eq!(bench.send(delete, "").status, 200);
    bench
        .send(get(&url), "")
        .assert_storage_refused(404, "NoSuchKey");
    bench.advance(7 * 24 * 3600);
    bench
        .send(get(&url), "")
        .assert_storage_refused(403, "AccessDenied");
}
