//! The control endpoint, and the same things by the handle.

use std::{collections::BTreeSet, time::Duration};

use heygen_emulator::{Emulator, Fault, OperationId};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::{api, assert_status, complete, create, data, post, put_all, send};
use crate::bench::png;

const ME: &str = "/v3/users/me";

/// Asks the control endpoint, and returns the status with the body.
async fn ask(emulator: &Emulator, method: &str, path: &str, body: &str) -> (u16, Value) {
    let path = format!("/_emulator{path}");
    let mut request = api(emulator, method, &path, "", body.len());
    request.extend_from_slice(body.as_bytes());
    read(&send(emulator, &request).await)
}

fn read(answer: &str) -> (u16, Value) {
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("content-type: application/json"), "{head}");
    let status = head[9..12].parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

async fn told(emulator: &Emulator, method: &str, path: &str, body: &str) -> Value {
    let (status, told) = ask(emulator, method, path, body).await;
    assert_eq!(status, 200, "{method} {path}: {told}");
    told
}

#[track_caller]
fn assert_refused((status, body): (u16, Value), expected: u16, said: &str) {
    let message = body["error"]["message"].as_str().unwrap_or_default();
    assert_eq!(status, expected, "{body}");
    assert!(message.contains(said), "{message}");
}

async fn me(emulator: &Emulator) -> String {
    send(emulator, &api(emulator, "GET", ME, "", 0)).await
}

#[tokio::test]
async fn it_tells_what_it_does() {
    let emulator = Emulator::start().await.unwrap();
    for path in ["", "/"] {
        let index = told(&emulator, "GET", path, "").await;
        let routes = index["routes"].as_array().unwrap();
        let paths: BTreeSet<&str> = routes
            .iter()
            .map(|route| route["path"].as_str().unwrap())
            .collect();
        assert!(paths.contains("/_emulator/snapshots/{name}/restore"));
        assert_eq!(paths.len(), 10);
    }
    let unknown = ask(&emulator, "GET", "/fault", "").await;
    assert_refused(
        unknown,
        404,
        "there is no /_emulator/fault; there are /_emulator, /_emulator/faults",
    );
    let request = api(&emulator, "PATCH", "/_emulator/faults", "", 0);
    let answer = send(&emulator, &request).await;
    assert!(answer.contains("allow: GET, POST, DELETE\r\n"), "{answer}");
    assert_refused(
        read(&answer),
        405,
        "takes GET and POST and DELETE, not PATCH",
    );
    // What merely begins alike is a path of the API.
    let request = api(&emulator, "GET", "/_emulatory", "", 0);
    assert_status(&send(&emulator, &request).await, 404);
    assert_eq!(emulator.requests().len(), 1);
}

#[tokio::test]
async fn it_takes_the_key_of_the_api() {
    let emulator = Emulator::builder().api_key("right").start().await.unwrap();
    emulator.fault(Fault::close(OperationId::GetCurrentUser));
    for key in [
        "",
        "x-api-key: wrong\r\n",
        "authorization: Basic cmlnaHQ=\r\n",
    ] {
        let request = format!(
            "POST /_emulator/reset HTTP/1.1\r\nhost: localhost\r\n{key}content-length: 0\r\n\
             connection: close\r\n\r\n"
        );
        let refused = read(&send(&emulator, request.as_bytes()).await);
        assert_refused(refused, 401, "takes the API key of the emulator");
    }
    assert_eq!(emulator.unused_faults().len(), 1, "nothing was reset");
    let request = "POST /_emulator/reset HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer right\r\n\
                   content-length: 0\r\nconnection: close\r\n\r\n";
    assert_status(&send(&emulator, request.as_bytes()).await, 200);
    assert!(emulator.unused_faults().is_empty());
}

#[tokio::test]
async fn it_meets_no_fault_and_leaves_no_trace() {
    let emulator = Emulator::builder()
        .fault("any:close,times=always".parse().unwrap())
        .start()
        .await
        .unwrap();
    told(&emulator, "GET", "/clock", "").await;
    told(&emulator, "POST", "/faults", r#""get_user:close""#).await;
    assert!(emulator.requests().is_empty());
    assert_eq!(me(&emulator).await, "", "closed");
    let requests = told(&emulator, "GET", "/requests", "").await;
    let requests = requests["requests"].as_array().unwrap();
    assert_eq!((requests.len(), &requests[0]["path"]), (1, &json!(ME)));
    // A reset brings back what the emulator was built with, and nothing else.
    told(&emulator, "POST", "/reset", "").await;
    let unused: Vec<String> = emulator
        .unused_faults()
        .iter()
        .map(Fault::to_string)
        .collect();
    assert_eq!(unused, ["any:close,times=always"]);
}

#[tokio::test]
async fn faults_are_added_in_order_and_asked_after() {
    let emulator = Emulator::start().await.unwrap();
    let first = r#"{"at": "get_user", "status": 503, "retry_after": 1}"#;
    told(&emulator, "POST", "/faults", first).await;
    let more = r#"["get_user:status=502,times=2", {"at": "webhook", "dropped": true}]"#;
    let faults = told(&emulator, "POST", "/faults", more).await;
    assert_eq!(
        faults["unused"],
        json!([
            "users.me.get:status=503,retry-after=1",
            "users.me.get:status=502,times=2",
            "webhook:dropped"
        ])
    );
    assert_status(&me(&emulator).await, 503);
    assert_status(&me(&emulator).await, 502);
    let faults = told(&emulator, "GET", "/faults", "").await;
    assert_eq!(faults["all_fired"], false);
    assert_eq!(
        faults["faults"][0],
        json!({
            "fault": {"at": "users.me.get", "status": 502},
            "text": "users.me.get:status=502",
            "times_met": 1
        })
    );

    // Of a list with a bad one none is added.
    let bad = r#"["get_user:close", "get_user:reset-afer=1"]"#;
    let refused = ask(&emulator, "POST", "/faults", bad).await;
    assert_refused(
        refused,
        400,
        r#"none was added: "reset-afer": is no word of a fault; did you mean reset_after?"#,
    );
    for bad in ["", "nonsense", "{]"] {
        let refused = ask(&emulator, "POST", "/faults", bad).await;
        assert_refused(refused, 400, "the body is not a fault, such as");
    }
    assert_refused(
        ask(&emulator, "POST", "/faults", "7").await,
        400,
        "is no fault",
    );
    assert_eq!(emulator.unused_faults().len(), 2);

    assert_status(&me(&emulator).await, 502);
    let cleared = told(&emulator, "DELETE", "/faults", "").await;
    assert_eq!(
        cleared,
        json!({"all_fired": true, "unused": [], "faults": []})
    );
    assert_status(&me(&emulator).await, 200);
}

#[tokio::test]
async fn the_clock_is_set_and_stopped() {
    let emulator = Emulator::start().await.unwrap();
    let change = r#"{"set": "2030-01-31T12:00:00Z", "advance": "90m", "frozen": true}"#;
    let shown = json!({
        "now": "2030-01-31T13:30:00Z",
        "unix_ms": 1_896_096_600_000_u64,
        "frozen": true,
    });
    assert_eq!(told(&emulator, "POST", "/clock", change).await, shown);
    assert_eq!(
        told(&emulator, "GET", "/clock", "").await,
        shown,
        "it stands still"
    );
    assert!(emulator.is_frozen());

    let content = png(100);
    let slot = create(&emulator, &content).await;
    told(&emulator, "POST", "/clock", r#"{"advance": "59m"}"#).await;
    assert_status(&put_all(&emulator, &slot, &content).await, 200);
    told(&emulator, "POST", "/clock", r#"{"advance": "1m"}"#).await;
    assert_status(&put_all(&emulator, &slot, &content).await, 403);

    let early = told(
        &emulator,
        "POST",
        "/clock",
        r#"{"set": 7, "frozen": false}"#,
    )
    .await;
    assert_eq!(early["frozen"], false);
    assert!(emulator.now() >= Duration::from_secs(7));
    assert!(
        emulator.now() < Duration::from_secs(1_000_000),
        "it is 1970 again"
    );

    for (bad, said) in [
        ("", "the body is not an object of set"),
        ("{}", "the body says nothing; it is an object of set"),
        (r#"{"freeze": true}"#, "unknown field `freeze`"),
        (
            r#"{"set": "tomorrow"}"#,
            r#"set is "tomorrow"; write a time as"#,
        ),
        (r#"{"set": -1}"#, "set is -1"),
        (
            r#"{"advance": 60}"#,
            r#"advance is 60; write a time as "500ms""#,
        ),
        (r#"{"frozen": 1}"#, "invalid type"),
    ] {
        assert_refused(ask(&emulator, "POST", "/clock", bad).await, 400, said);
    }
    assert!(!emulator.is_frozen());
}

#[tokio::test]
async fn snapshots_have_names() {
    let emulator = Emulator::start().await.unwrap();
    let content = png(2 << 20);
    let slot = create(&emulator, &content).await;
    assert_status(&put_all(&emulator, &slot, &content).await, 200);
    let taken = told(&emulator, "PUT", "/snapshots/after%20put", "").await;
    assert_eq!(taken, json!({"snapshots": ["after put"]}));

    assert_status(&complete(&emulator, &slot).await, 200);
    told(
        &emulator,
        "POST",
        "/clock",
        r#"{"advance": "2h", "frozen": true}"#,
    )
    .await;
    told(&emulator, "POST", "/reset", "").await;
    assert!(emulator.assets().is_empty() && emulator.requests().is_empty());
    assert!(!emulator.is_frozen());

    let restored = told(&emulator, "POST", "/snapshots/after%20put/restore", "").await;
    assert_eq!(restored, json!({"restored": "after put"}));
    let assets = told(&emulator, "GET", "/assets", "").await;
    assert_eq!(assets["assets"][0]["status"], "pending_upload");
    assert_eq!(assets["assets"][0]["size_bytes"], content.len());
    assert_status(&complete(&emulator, &slot).await, 200);
    let stored = emulator.assets()[0].content.clone().unwrap();
    assert_eq!(stored.read().unwrap(), content);

    let unknown = ask(&emulator, "POST", "/snapshots/none/restore", "").await;
    assert_refused(
        unknown,
        404,
        r#"there is no snapshot "none"; there are after put"#,
    );
    told(&emulator, "DELETE", "/snapshots/after%20put", "").await;
    let unknown = ask(&emulator, "DELETE", "/snapshots/after%20put", "").await;
    assert_refused(unknown, 404, "there are none");
}

#[tokio::test]
async fn a_folder_goes_back_too() {
    let folder = tempfile::tempdir().unwrap();
    let start = || Emulator::builder().data_dir(folder.path()).start();
    let content = png(100);
    let emulator = start().await.unwrap();
    let slot = create(&emulator, &content).await;
    put_all(&emulator, &slot, &content).await;
    complete(&emulator, &slot).await;
    told(&emulator, "PUT", "/snapshots/done", "").await;
    let path = format!("/v3/assets/{}", slot["asset_id"].as_str().unwrap());
    let deleted = send(&emulator, &api(&emulator, "DELETE", &path, "", 0)).await;
    assert_status(&deleted, 200);
    told(&emulator, "POST", "/snapshots/done/restore", "").await;
    emulator.shutdown().await;

    // The next one finds what this one went back to.
    let emulator = start().await.unwrap();
    let stored = emulator.assets()[0].content.clone().unwrap();
    assert_eq!(stored.read().unwrap(), content);
    drop(stored);
    emulator.reset().unwrap();
    emulator.shutdown().await;
    assert!(start().await.unwrap().assets().is_empty());
    let objects = std::fs::read_dir(folder.path().join("objects")).unwrap();
    assert_eq!(objects.count(), 0);
}

#[tokio::test]
async fn the_handle_does_the_same() {
    let start = Duration::from_secs(1_900_000_000);
    let emulator = Emulator::builder().frozen_at(start).start().await.unwrap();
    assert_eq!((emulator.now(), emulator.is_frozen()), (start, true));
    create(&emulator, &png(100)).await;
    let snapshot = emulator.snapshot();
    emulator.set_clock(Duration::from_secs(5));
    emulator.advance(Duration::from_secs(2));
    assert_eq!(emulator.now(), Duration::from_secs(7));
    emulator.unfreeze();
    emulator.fault(Fault::close(OperationId::GetCurrentUser));
    create(&emulator, &png(100)).await;

    emulator.restore(&snapshot).unwrap();
    assert_eq!((emulator.now(), emulator.is_frozen()), (start, true));
    assert_eq!(emulator.assets().len(), 1);
    assert!(emulator.unused_faults().is_empty());
    emulator.unfreeze();
    emulator.reset().unwrap();
    assert_eq!((emulator.now(), emulator.is_frozen()), (start, true));
    assert!(emulator.assets().is_empty());
    emulator.unfreeze();
    emulator.freeze();
    assert!(emulator.is_frozen() && emulator.now() >= start);
}

#[tokio::test]
async fn a_stopped_clock_still_lets_jobs_end_when_it_is_moved() {
    let emulator = Emulator::start().await.unwrap();
    emulator.freeze();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    assert_status(
        &post(&emulator, "/v3/webhooks/endpoints", &json!({ "url": url })).await,
        200,
    );
    let body = json!({ "video": { "type": "url", "url": "https://example.com/a.mp4" } });
    data(&post(&emulator, "/v3/ai-clipping", &body).await);
    assert!(emulator.deliveries().is_empty());
    emulator.advance(Duration::from_secs(10));
    listener.accept().await.unwrap();
    assert_eq!(emulator.deliveries().len(), 1);
}

#[tokio::test]
async fn nothing_that_it_shows_is_secret() {
    let emulator = Emulator::builder()
        .api_key("CANARY-key")
        .start()
        .await
        .unwrap();
    let content = png(100);
    let slot = create(&emulator, &content).await;
    put_all(&emulator, &slot, &content).await;
    let done = data(&complete(&emulator, &slot).await);
    let hook = json!({ "url": "https://CANARY-user:CANARY-word@example.com/hook?t=CANARY-token" });
    let endpoint = data(&post(&emulator, "/v3/webhooks/endpoints", &hook).await);
    let job = json!({
        "video": { "type": "asset_id", "asset_id": done["asset_id"] },
        "callback_url": "https://example.com/done?t=CANARY-token",
    });
    data(&post(&emulator, "/v3/ai-clipping", &job).await);
    emulator.advance(Duration::from_secs(60));
    // A presigned URL that lost its way is one all the same.
    let url = slot["upload_url"].as_str().unwrap();
    let lost = url
        .replace(emulator.url(), "")
        .replace("/storage/", "/elsewhere/");
    send(
        &emulator,
        &api(&emulator, "PUT", &lost, "cookie: CANARY-cookie\r\n", 0),
    )
    .await;

    let mut shown = String::new();
    for page in [
        "",
        "/faults",
        "/clock",
        "/assets",
        "/requests",
        "/deliveries",
        "/snapshots",
    ] {
        shown.push_str(&told(&emulator, "GET", page, "").await.to_string());
    }
    assert!(shown.contains("ai_clipping.success") && shown.contains("[redacted]"));
    let secret = endpoint["secret"].as_str().unwrap();
    let signatures = [url, done["url"].as_str().unwrap()].map(|url| {
        let (_, signature) = url.split_once("X-Amz-Signature=").unwrap();
        signature.split('&').next().unwrap().to_owned()
    });
    for secret in ["CANARY", secret, &signatures[0], &signatures[1]] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}

#[tokio::test]
async fn a_body_has_its_limit() {
    let emulator = Emulator::start().await.unwrap();
    let body = " ".repeat((1 << 20) + 1);
    let refused = ask(&emulator, "POST", "/faults", &body).await;
    assert_refused(refused, 413, "more than 1048576 bytes");
}
