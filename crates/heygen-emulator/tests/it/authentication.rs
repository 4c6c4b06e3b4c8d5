use std::time::Duration;

use heygen_emulator::{KeyScopes, OperationId};
use http::Request;
use serde_json::{Value, json};

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
    let answer = bench.send(head, "");
    answer.assert_refused(405, "method_not_allowed", "");
    // The search, and an asset with such an id.
    assert_eq!(answer.header("allow"), Some("GET, DELETE"));
}

/// Asks with a key.
fn with_key(bench: &mut Bench, key: &str, path: &str) -> crate::bench::Answer {
    let head = Request::builder()
        .uri(path)
        .header("host", "127.0.0.1")
        .header("x-api-key", key);
    bench.send(head, "")
}

#[test]
fn a_key_may_do_what_its_scopes_say() {
    let scopes = |text: &str| text.parse::<KeyScopes>().unwrap();
    for (text, scope, expected) in [
        ("full", "videos:write", true),
        ("read_only", "videos:read", true),
        ("read_only", "videos:write", false),
        ("videos:write", "videos:write", true),
        ("videos:write", "videos:read", true),
        ("videos:read", "videos:write", false),
        ("videos:write,assets:read", "assets:read", true),
        ("videos:write", "video_agent:read", false),
    ] {
        assert_eq!(scopes(text).allows(scope), expected, "{text}: {scope}");
        assert_eq!(
            scopes(text).to_string(),
            scopes(&scopes(text).to_string()).to_string()
        );
    }
    for bad in [
        "",
        "everything",
        "video:read",
        "videos:delete",
        "videos",
        "videos:read,",
        "*:*",
    ] {
        let problem = bad.parse::<KeyScopes>().unwrap_err().to_string();
        assert!(
            problem.contains("read_only") && problem.contains("video_agent"),
            "{problem}"
        );
    }
}

/// The scope of every operation is asked for, and an operation without one is open to all keys.
#[test]
fn a_key_without_a_scope_is_refused_by_every_operation_that_needs_one() {
    let mut bench = Bench::new();
    let none = bench
        .core
        .create_api_key(bench.now, KeyScopes::Custom([].into()), None);
    let full = bench.core.api_key().to_owned();
    for operation in heygen_types::table::OPERATIONS {
        let path = operation.path.replace(['{', '}'], "");
        let head = |key: &str| {
            Request::builder()
                .method(operation.method.as_str())
                .uri(&path)
                .header("host", "127.0.0.1")
                .header("x-api-key", key)
        };
        let answer = bench.send(head(none.expose()), "");
        let code = if answer.status >= 400 {
            answer.json()["error"]["code"].clone()
        } else {
            Value::Null
        };
        let Some(scope) = operation.oauth_scope else {
            assert_ne!(code, "insufficient_api_key_scope", "{}", operation.id);
            continue;
        };
        assert_eq!(
            (answer.status, code),
            (403, json!("insufficient_api_key_scope")),
            "{}",
            operation.id
        );
        let first = scope.split(' ').next().unwrap();
        let message = answer.json()["error"]["message"].to_string();
        assert!(
            message.ends_with(&format!("Required scope: {first}.\"")),
            "{message}"
        );
        let answer = bench.send(head(&full), "");
        assert_ne!(answer.status, 403, "{}", operation.id);
    }
}

#[test]
fn a_key_describes_itself() {
    let mut bench = Bench::with(|settings| settings.key_scopes = KeyScopes::ReadOnly);
    let first = bench.core.api_key().to_owned();
    let shown = with_key(&mut bench, &first, "/v3/api_keys/self").data();
    assert_eq!(shown["scope_mode"], "read_only");
    assert_eq!(shown["scopes"], json!(["*:read"]));
    assert_eq!(
        (&shown["expires_at"], &shown["expires_in_seconds"]),
        (&Value::Null, &Value::Null)
    );
    bench.advance(5);
    let later = with_key(&mut bench, &first, "/v3/api_keys/self").data();
    assert_eq!(later, shown, "nothing of it changes by looking at it");

    let scopes = "videos:write,assets:read".parse().unwrap();
    let end = bench.now + Duration::from_secs(60);
    let second = bench.core.create_api_key(bench.now, scopes, Some(end));
    let shown = with_key(&mut bench, second.expose(), "/v3/api_keys/self").data();
    assert_eq!(shown["scope_mode"], "custom");
    assert_eq!(shown["scopes"], json!(["assets:read", "videos:write"]));
    assert_eq!(shown["expires_in_seconds"], 60);
    assert_ne!(shown["key_id"], later["key_id"]);
    with_key(&mut bench, second.expose(), "/v3/users/me").assert_refused(
        403,
        "insufficient_api_key_scope",
        "",
    );
    bench.advance(60);
    with_key(&mut bench, second.expose(), "/v3/api_keys/self").assert_refused(
        401,
        "unauthorized",
        "",
    );
    with_key(&mut bench, &first, "/v3/api_keys/self").data();
}

#[test]
fn keys_come_and_go_with_snapshots_and_resets() {
    let mut bench = Bench::new();
    let before = bench.core.snapshot();
    let key = bench
        .core
        .create_api_key(bench.now, KeyScopes::ReadOnly, None);
    let with_it = bench.core.snapshot();
    let first = bench.core.api_key().to_owned();
    for (snapshot, status) in [(&before, 401), (&with_it, 200)] {
        bench.core.restore_snapshot(snapshot);
        assert_eq!(
            with_key(&mut bench, key.expose(), "/v3/users/me").status,
            status
        );
    }
    bench.core.reset();
    assert_eq!(
        with_key(&mut bench, key.expose(), "/v3/users/me").status,
        401
    );
    assert_eq!(with_key(&mut bench, &first, "/v3/users/me").status, 200);
    let shown = format!("{:?}", bench.core);
    assert!(
        !shown.contains(key.expose()) && !shown.contains(&first),
        "{shown}"
    );
}

#[test]
fn a_refused_scope_claims_no_idempotency_key_and_starts_nothing() {
    let mut bench = Bench::new();
    let reader = bench
        .core
        .create_api_key(bench.now, KeyScopes::ReadOnly, None);
    let body = json!({ "url": "https://example.com/hook" }).to_string();
    let head = |key: &str| {
        Request::post("/v3/webhooks/endpoints")
            .header("host", "127.0.0.1")
            .header("x-api-key", key)
            .header("content-type", "application/json")
            .header("idempotency-key", "k1")
    };
    bench
        .send(head(reader.expose()), body.clone())
        .assert_refused(403, "insufficient_api_key_scope", "");
    assert_eq!(
        bench.core.requests().last().unwrap().endpoint,
        Some(OperationId::CreateWebhookEndpoint.into())
    );
    let first = bench.core.api_key().to_owned();
    bench.send(head(&first), body).data();
}
