use http::Request;

use crate::bench::Bench;

fn me() -> http::request::Builder {
    Request::builder()
        .uri("/v3/users/me")
        .header("host", "127.0.0.1")
}

#[test]
fn either_credential_is_enough() {
    let mut bench = Bench::with(|settings| settings.api_key = Some("k1".into()));
    assert_eq!(bench.core.api_key(), "k1");
    for head in [
        me().header("x-api-key", "k1"),
        me().header("authorization", "Bearer k1"),
        me().header("x-api-key", "k1")
            .header("authorization", "bearer k1"),
    ] {
        let answer = bench.send(head, "");
        assert_eq!(answer.data()["username"], "emulated");
        assert!(answer.header("x-request-id").is_some());
    }
}

#[test]
fn missing_and_wrong_credentials_look_the_same() {
    let mut bench = Bench::with(|settings| settings.api_key = Some("k1".into()));
    for head in [
        me(),
        me().header("x-api-key", "k2"),
        me().header("authorization", "Bearer k2"),
        me().header("authorization", "Basic k1"),
        me().header("authorization", "k1"),
        me().header("x-api-key", "k1")
            .header("authorization", "Bearer k2"),
        me().header("x-api-key", "k2")
            .header("authorization", "Bearer k1"),
    ] {
        bench.send(head, "").assert_refused(401, "unauthorized", "");
    }
}

#[test]
fn the_key_comes_from_the_seed() {
    let key = |seed| {
        Bench::with(|settings| settings.seed = seed)
            .core
            .api_key()
            .to_owned()
    };
    assert_eq!(key(1), key(1));
    assert_ne!(key(1), key(2));
    let bench = Bench::new();
    let shown = format!("{:?}", bench.core);
    assert!(!shown.contains(bench.core.api_key()), "{shown}");
}

#[test]
fn unknown_places_and_methods_are_named() {
    let mut bench = Bench::new();
    bench
        .get("/v3/nowhere")
        .assert_refused(404, "not_found", "");
    bench
        .get("/v3/assets/")
        .assert_refused(404, "not_found", "");
    let head = bench.request("PATCH", "/v3/assets");
    let answer = bench.send(head, "");
    answer.assert_refused(405, "method_not_allowed", "");
    assert_eq!(answer.header("allow"), Some("GET, POST"));
    let head = bench.request("POST", "/v3/assets/search");
    bench
        .send(head, "")
        .assert_refused(405, "method_not_allowed", "");
}
