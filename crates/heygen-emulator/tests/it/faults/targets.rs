//! Which requests meet a fault.

use std::time::Duration;

use heygen_emulator::{Endpoint, Fault, FaultTarget, Reply};
use heygen_types::{AssetId, table};
use serde_json::json;

use crate::bench::{Bench, parts, png};

/// Sends something to an endpoint that is at least routed to it.
fn visit(bench: &mut Bench, endpoint: Endpoint) -> Reply {
    let (method, path) = match table::find(endpoint.id()) {
        Some(operation) => {
            let path = operation.path.replace(['{', '}'], "");
            (operation.method.as_str().to_owned(), path)
        }
        None if endpoint == Endpoint::StoragePut => ("PUT".to_owned(), "/storage/a/b".to_owned()),
        None => ("GET".to_owned(), "/storage/a/b".to_owned()),
    };
    let head = parts(bench.request(&method, &path));
    bench.raw(&head, "")
}

#[test]
fn every_endpoint_can_meet_a_fault() {
    let mut bench = Bench::new();
    for endpoint in Endpoint::all() {
        for name in [endpoint.id().to_owned(), endpoint.name()] {
            let fault: Fault = format!("{name}:status=418,retry-after=7").parse().unwrap();
            assert_eq!(fault.target(), FaultTarget::Endpoint(endpoint));
            bench.core.fault(fault);
            let answer = visit(&mut bench, endpoint).into_response().unwrap();
            assert_eq!(answer.status(), 418, "{name}");
            assert_eq!(answer.headers()["retry-after"], "7");
            let record = bench.core.requests().last().unwrap();
            assert_eq!(
                (record.endpoint, record.status),
                (Some(endpoint), Some(418))
            );
            assert!(bench.core.unused_faults().is_empty());
        }
    }
}

#[test]
fn any_fault_is_met_by_the_next_request_whatever_it_is() {
    let mut bench = Bench::new();
    let times = u32::try_from(Endpoint::all().count()).unwrap();
    bench
        .core
        .fault(Fault::status(FaultTarget::Any, 503, "busy").times(times));
    for endpoint in Endpoint::all() {
        let answer = visit(&mut bench, endpoint).into_response().unwrap();
        assert_eq!(answer.status(), 503, "{endpoint:?}");
    }
    assert!(bench.core.unused_faults().is_empty());
    assert_ne!(bench.get("/v3/users/me").status, 503);
}

#[test]
fn storage_refuses_in_its_own_form() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    for (fault, status, code) in [
        ("storage_put:status=503", 503, "SlowDown"),
        ("storage_put:status=500", 500, "InternalError"),
        ("storage_put:status=403,code=Odd", 403, "Odd"),
        ("any:status=404", 404, "NoSuchKey"),
    ] {
        bench.core.fault(fault.parse().unwrap());
        bench
            .put(&slot, &content)
            .assert_storage_refused(status, code);
    }
    for (status, code) in [(503, "service_unavailable"), (429, "rate_limit_exceeded")] {
        bench
            .core
            .fault(format!("any:status={status}").parse().unwrap());
        bench.get("/v3/users/me").assert_refused(status, code, "");
    }
}

#[test]
fn a_fault_waits_for_its_asset() {
    let mut bench = Bench::new();
    let content = png(100);
    let (one, other) = (bench.create(&content, None), bench.create(&content, None));
    let id: AssetId = one["asset_id"].as_str().unwrap().parse().unwrap();
    let fault = |text: &str| text.parse::<Fault>().unwrap().for_asset(id.clone());
    bench.core.fault(fault("storage_put:status=503"));
    bench.core.fault(fault("complete_asset:not-visible"));
    bench.core.fault(fault("any:status=502,times=3"));

    // Nothing of it concerns the other one.
    assert_eq!(bench.put(&other, &content).status, 200);
    assert_eq!(bench.complete(&other).status, 200);
    assert_eq!(bench.get("/v3/users/me").status, 200);
    assert_eq!(bench.core.unused_faults().len(), 3);

    assert_eq!(bench.put(&one, &content).status, 503);
    bench.complete(&one).assert_refused(409, "conflict", "");
    // Three that name it in other ways: as an object, in the path, in the query.
    assert_eq!(bench.put(&one, &content).status, 502);
    assert_eq!(bench.get(&format!("/v3/assets/{id}")).status, 502);
    let query = format!("/v3/assets/statuses?asset_ids=a,%20{id}");
    assert_eq!(bench.get(&query).status, 502);
    assert!(bench.core.unused_faults().is_empty());

    assert_eq!(bench.put(&one, &content).status, 200);
    let done = bench.complete(&one).data();
    bench.core.fault(fault("storage_get:close"));
    let head = parts(http::Request::get(done["url"].as_str().unwrap()));
    assert!(bench.raw(&head, "").into_response().is_none());
}

#[test]
fn a_fault_that_would_change_nothing_is_not_met() {
    let mut bench = Bench::new();
    for fault in [
        Fault::truncated(Endpoint::StorageGet),
        Fault::job_fails(Endpoint::StoragePut, "a", "b"),
        // It starts no job.
        Fault::job_fails(heygen_types::OperationId::CompleteAsset, "a", "b"),
        Fault::close(FaultTarget::Webhook),
    ] {
        bench.core.fault(fault);
    }
    let slot = bench.create(&png(100), None);
    assert_eq!(bench.put(&slot, &png(100)).status, 200);
    let done = bench.complete(&slot).data();
    assert_eq!(bench.fetch(&done["url"]).status, 200);
    assert_eq!(bench.core.unused_faults().len(), 4);
}

#[test]
fn a_fault_without_an_end_goes_on() {
    let mut bench = Bench::new();
    bench
        .core
        .fault("get_user:status=503,times=always".parse().unwrap());
    assert_eq!(bench.core.unused_faults()[0].uses_left(), None);
    for met in 1..=3 {
        assert_eq!(bench.get("/v3/users/me").status, 503);
        assert!(
            bench.core.unused_faults().is_empty(),
            "it has done its part"
        );
        assert_eq!(bench.core.faults()[0].times_met(), met);
    }
    bench.core.clear_faults();
    assert_eq!(bench.get("/v3/users/me").status, 200);
}

#[test]
fn a_refusal_by_the_head_is_delayed_too() {
    let mut bench = Bench::new();
    let wait = Duration::from_secs(3);
    bench
        .core
        .fault(Fault::delay(FaultTarget::Any, wait).times(2));
    let head = parts(http::Request::get("/v3/users/me").header("host", "x"));
    let reply = bench.raw(&head, "");
    assert_eq!(reply.delay, wait);
    assert_eq!(reply.into_response().unwrap().status(), 401);
    let head = parts(http::Request::get("/storage/heygen-assets/x").header("host", "x"));
    let reply = bench.raw(&head, "");
    assert_eq!(reply.delay, wait);
    assert_eq!(reply.into_response().unwrap().status(), 403);
}

#[test]
fn a_replay_meets_faults_like_any_answer() {
    let mut bench = Bench::new();
    let body = json!({"filename": "a", "content_type": "image/png", "size_bytes": 1});
    let key = [("idempotency-key", "k")];
    let path = "/v3/assets/direct-uploads";
    let first = bench.post_with(path, &body, &key).text();
    bench
        .core
        .fault("create_direct_upload:duplicated".parse().unwrap());
    let head = parts(
        bench
            .request("POST", path)
            .header("content-type", "application/json")
            .header("idempotency-key", "k"),
    );
    let replay = bench.raw(&head, body.to_string()).into_response().unwrap();
    assert_eq!(replay.body().read().unwrap(), format!("{first}{first}"));
}
