use heygen_emulator::{Endpoint, OperationId};

use crate::bench::{Bench, png, put};

#[test]
fn the_log_shows_what_came_but_no_secret() {
    let mut bench = Bench::with(|settings| settings.api_key = Some("very-secret".into()));
    let slot = bench.create(&png(100), None);
    let head = put(&slot, 100).header("x-api-key", "very-secret");
    bench.send(head, png(100));
    let requests: Vec<_> = bench.core.requests().cloned().collect();
    let [create, put] = &requests[..] else {
        panic!("two requests");
    };
    assert_eq!(
        create.endpoint,
        Some(OperationId::CreateDirectUpload.into())
    );
    assert_eq!(
        (create.method.as_str(), create.path.as_str()),
        ("POST", "/v3/assets/direct-uploads")
    );
    assert_eq!((create.status, create.at), (Some(200), bench.now));
    assert_eq!(create.header("X-Api-Key"), Some("[redacted]"));
    assert!(create.body_bytes > 0 && !create.leaks_credential);

    assert_eq!(put.endpoint, Some(Endpoint::StoragePut));
    assert_eq!((put.body_bytes, put.leaks_credential), (100, true));
    assert_eq!(put.header("content-type"), Some("image/png"));
    assert!(put.query.iter().all(|(_, value)| value == "[redacted]"));
    assert!(put.query.iter().any(|(name, _)| name == "X-Amz-Signature"));
    let shown = format!("{requests:?} {:?}", bench.core);
    let signature = slot["upload_url"]
        .as_str()
        .unwrap()
        .rsplit('=')
        .next()
        .unwrap();
    assert!(
        !shown.contains("very-secret") && !shown.contains(signature),
        "{shown}"
    );
}

#[test]
fn the_idempotency_key_is_visible() {
    let mut bench = Bench::new();
    let head = bench
        .request("GET", "/v3/users/me")
        .header("idempotency-key", "k1");
    bench.send(head, "");
    assert_eq!(
        bench.core.requests().last().unwrap().idempotency_key(),
        Some("k1")
    );
}

#[test]
fn the_log_is_bounded() {
    let mut bench = Bench::with(|settings| settings.log_max_requests = 3);
    for n in 0..5 {
        bench.get(&format!("/v3/users/me?n={n}"));
    }
    let kept: Vec<_> = bench
        .core
        .requests()
        .map(|request| request.query[0].1.clone())
        .collect();
    assert_eq!(kept, ["2", "3", "4"]);
    assert!(
        bench
            .core
            .requests()
            .all(|request| request.status == Some(200))
    );
}
