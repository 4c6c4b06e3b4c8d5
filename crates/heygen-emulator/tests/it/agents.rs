use serde_json::{Value, json};

use crate::bench::{Bench, png};

const PATH: &str = "/v3/video-agents";

fn refused(bench: &mut Bench, body: &Value, param: &str) {
    bench
        .post(PATH, body)
        .assert_refused(400, "invalid_parameter", param);
}

#[test]
fn a_session_moves_with_the_clock() {
    let mut bench = Bench::new();
    let id = bench.stored(&png(100));
    let body = json!({"prompt": "show it", "files": [{"type": "asset_id", "asset_id": id}]});
    let created = bench.post(PATH, &body).data();
    assert_eq!(created["status"], "thinking");
    assert_eq!(created["created_at"], bench.now.as_secs());
    let path = format!("{PATH}/{}", created["session_id"].as_str().unwrap());
    let mut last = 0;
    for (seconds, status) in [(0, "thinking"), (2, "generating"), (5, "completed")] {
        bench.advance(seconds);
        let session = bench.get(&path).data();
        assert_eq!(session["status"], status);
        assert_eq!(session["video_id"].is_string(), status == "completed");
        let progress = session["progress"].as_u64().unwrap();
        assert!(progress >= last && (progress == 100) == (status == "completed"));
        last = progress;
    }
    bench
        .get("/v3/video-agents/none")
        .assert_refused(404, "not_found", "");
}

#[test]
fn durations_are_settings_and_a_chat_waits() {
    let mut bench = Bench::with(|settings| {
        settings.agent_thinking_time = std::time::Duration::from_secs(100);
        settings.agent_generating_time = std::time::Duration::ZERO;
    });
    let session = |bench: &mut Bench, body: &Value| {
        let created = bench.post(PATH, body).data();
        format!("{PATH}/{}", created["session_id"].as_str().unwrap())
    };
    let plain = session(&mut bench, &json!({"prompt": "x", "mode": "generate"}));
    let chat = session(&mut bench, &json!({"prompt": "x", "mode": "chat"}));
    bench.advance(99);
    assert_eq!(bench.get(&plain).data()["status"], "thinking");
    bench.advance(1);
    assert_eq!(bench.get(&plain).data()["status"], "completed");
    assert_eq!(bench.get(&chat).data()["status"], "waiting_for_input");
}

#[test]
fn a_prompt_is_counted_in_characters() {
    let mut bench = Bench::new();
    bench
        .post(PATH, &json!({"prompt": "é".repeat(10_000)}))
        .success();
    refused(&mut bench, &json!({"prompt": "é".repeat(10_001)}), "prompt");
    let body = json!({"prompt": "x", "callback_url": "nonsense"});
    refused(&mut bench, &body, "callback_url");
}

#[test]
fn files_have_to_be_usable() {
    let mut bench = Bench::new();
    let mut file = |file: Value, param: &str| {
        let good = json!({"type": "url", "url": "https://example.com/a.png"});
        let body = json!({"prompt": "x", "files": [good, file]});
        refused(&mut bench, &body, param);
    };
    file(json!(7), "files[1]");
    file(json!({}), "files[1].type");
    file(json!({"type": "path"}), "files[1].type");
    file(json!({"type": "asset_id"}), "files[1].asset_id");
    file(
        json!({"type": "asset_id", "asset_id": "asset_none"}),
        "files[1].asset_id",
    );
    file(
        json!({"type": "asset_id", "asset_id": "a", "x": 1}),
        "files[1].x",
    );
    file(json!({"type": "url"}), "files[1].url");
    file(
        json!({"type": "url", "url": "http://example.com/a.png"}),
        "files[1].url",
    );
    file(
        json!({"type": "url", "url": "https://example.com/", "x": 1}),
        "files[1].x",
    );
    let png = |data: &str| json!({"type": "base64", "media_type": "image/png", "data": data});
    file(png("not base64"), "files[1].data");
    file(png(""), "files[1].data");
    file(
        json!({"type": "base64", "media_type": "x/y", "data": "AAAA"}),
        "files[1].media_type",
    );
    file(
        json!({"type": "base64", "data": "AAAA"}),
        "files[1].media_type",
    );
    let body = json!({"prompt": "x", "files": [png("AAAA")]});
    assert_eq!(bench.post(PATH, &body).status, 200);
}

#[test]
fn an_unfinished_asset_is_not_available() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    let body = json!({
        "prompt": "x",
        "files": [{"type": "asset_id", "asset_id": slot["asset_id"]}],
    });
    let not_available = |bench: &mut Bench| {
        let answer = bench.post(PATH, &body);
        answer.assert_refused(400, "asset_not_available", "files[0].asset_id");
    };
    not_available(&mut bench);
    bench.put(&slot, &content);
    not_available(&mut bench);
    bench.complete(&slot);
    assert_eq!(
        bench.post(PATH, &body).status,
        200,
        "usable while it is processing"
    );
}

#[test]
fn members_need_the_visibility_for_them() {
    let mut bench = Bench::new();
    let body = |visibility: &str| json!({ "prompt": "x", "members": ["a@example.com"], "visibility": visibility });
    bench
        .post("/v3/video-agents", &body("space"))
        .assert_refused(400, "invalid_parameter", "members");
    bench.post("/v3/video-agents", &body("selected")).success();
}

#[test]
fn a_session_that_is_too_long_says_so_in_its_error() {
    let mut bench = Bench::new();
    let mut end = |code: &str| {
        let endpoint = heygen_emulator::OperationId::CreateVideoAgent;
        let fault = heygen_emulator::Fault::job_fails(endpoint, code, "it is over");
        bench.core.fault(fault);
        let id = bench.created("/v3/video-agents", &json!({ "prompt": "x" }), "session_id");
        bench.advance(20);
        bench.get(&format!("/v3/video-agents/{id}")).success()["error"].clone()
    };
    let error = json!({ "code": "context_limit_exceeded", "message": "it is over" });
    assert_eq!(end("context_limit_exceeded"), error);
    assert!(end("generation_failed").is_null());
}
