use serde_json::{Value, json};

use crate::bench::{Bench, link, png};

const PATH: &str = "/v3/video-agents";

fn texts(session: &Value) -> Vec<(String, String)> {
    let messages = session["messages"].as_array().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    messages
        .iter()
        .map(|message| (text(&message["role"]), text(&message["type"])))
        .collect()
}

fn chat(bench: &mut Bench) -> String {
    let body = json!({ "prompt": "Show it", "mode": "chat" });
    format!("{PATH}/{}", bench.created(PATH, &body, "session_id"))
}

fn status(bench: &mut Bench, path: &str) -> Value {
    bench.get(path).success()["status"].clone()
}

#[test]
fn a_chat_asks_and_goes_on_when_it_is_answered() {
    let mut bench = Bench::new();
    let path = chat(&mut bench);
    assert_eq!(
        texts(&bench.get(&path).success()),
        [("user".into(), "text".into())]
    );
    bench.advance(1000);
    let session = bench.get(&path).success();
    assert_eq!(session["status"], "waiting_for_input");
    assert_eq!(session["messages"][0]["role"], "model");
    assert!(
        session["messages"][0]["content"]
            .as_str()
            .unwrap()
            .ends_with('?')
    );

    let sent = bench
        .post(&path, &json!({ "message": "For all", "files": [link()] }))
        .success();
    assert!(sent["run_id"].is_string());
    assert_eq!(status(&mut bench, &path), "thinking");
    bench.advance(2);
    assert_eq!(status(&mut bench, &path), "generating");
    bench.advance(5);
    let session = bench.get(&path).success();
    assert_eq!(
        (&session["status"], &session["progress"]),
        (&json!("completed"), &json!(100))
    );
    let model = || "model".to_owned();
    assert_eq!(
        texts(&session),
        [
            (model(), "resource".into()),
            ("user".into(), "text".into()),
            (model(), "text".into()),
            ("user".into(), "text".into()),
        ]
    );
    assert_eq!(
        session["messages"][0]["resource_ids"],
        json!([session["video_id"]])
    );
}

#[test]
fn the_video_of_a_session_is_a_video() {
    let mut bench = Bench::new();
    let id = bench.created(PATH, &json!({ "prompt": "Show it" }), "session_id");
    let path = format!("{PATH}/{id}");
    assert_eq!(
        bench.get("/v3/videos").json()["data"],
        json!([]),
        "not there yet"
    );
    bench.advance(3);
    let videos = bench.get(&format!("{path}/videos")).success();
    assert_eq!(videos[0]["status"], "processing");
    bench.advance(4);
    let video_id = bench.get(&path).success()["video_id"].clone();
    let video_id = video_id.as_str().unwrap();
    let video = bench.get(&format!("/v3/videos/{video_id}")).success();
    assert_eq!(video["status"], "completed");
    assert_eq!(bench.fetch(&video["video_url"]).status, 200);
    let resource = bench.get(&format!("{path}/resources/{video_id}")).success();
    assert_eq!(resource["resource_type"], "video");
    let videos = bench.get(&format!("{path}/videos")).success();
    assert_eq!(videos[0]["id"], video_id);
}

#[test]
fn files_become_resources() {
    let mut bench = Bench::new();
    let content = png(100);
    let asset = json!({ "type": "asset_id", "asset_id": bench.stored(&content) });
    let base64 = json!({ "type": "base64", "media_type": "application/pdf", "data": "AAAA" });
    let body = json!({ "prompt": "x", "files": [asset, link(), base64] });
    let path = format!("{PATH}/{}", bench.created(PATH, &body, "session_id"));
    let session = bench.get(&path).success();
    let ids = session["messages"][0]["resource_ids"]
        .as_array()
        .unwrap()
        .clone();
    let mut resource = |id: &Value| {
        bench
            .get(&format!("{path}/resources/{}", id.as_str().unwrap()))
            .success()
    };
    let [image, other, document] = [&ids[0], &ids[1], &ids[2]].map(&mut resource);
    assert_eq!(image["resource_type"], "image");
    assert_eq!(other["url"], link()["url"]);
    assert_eq!(document["resource_type"], "document");
    assert_eq!(
        bench.fetch(&image["url"]).response.body().read().unwrap(),
        content
    );
    assert_eq!(
        bench
            .fetch(&document["url"])
            .response
            .body()
            .read()
            .unwrap(),
        &[0, 0, 0][..]
    );
    bench
        .get(&format!("{path}/resources/none"))
        .assert_refused(404, "not_found", "");
}

#[test]
fn sessions_of_both_modes_take_messages_and_edits() {
    let mut bench = Bench::new();
    let id = bench.created(PATH, &json!({ "prompt": "x" }), "session_id");
    let generated = format!("{PATH}/{id}");
    for path in [generated, chat(&mut bench)] {
        bench.advance(10);
        let sent = bench.post(&path, &json!({ "message": "y" })).success();
        assert_eq!(sent["video_id"], Value::Null);
        bench.advance(10);
        let edit = json!({ "edit_plan": [{ "scene": 1 }] });
        let sent = bench.post(&path, &edit).success();
        bench.advance(10);
        let session = bench.get(&path).success();
        assert_eq!(session["status"], "completed");
        assert_eq!(session["video_id"], sent["video_id"]);
        // An edit without words is no message.
        assert_eq!(
            session["messages"].as_array().unwrap()[1]["role"],
            "model",
            "{session}"
        );

        for message in [json!({}), json!({ "message": "" })] {
            let refused = bench.post(&path, &message);
            refused.assert_refused(400, "invalid_parameter", "message");
        }
        let long = json!({ "message": "x".repeat(10_001) });
        let refused = bench.post(&path, &long);
        refused.assert_refused(400, "invalid_parameter", "message");
    }
}

#[test]
fn stopping_ends_a_session_and_has_a_chat_wait() {
    let mut bench = Bench::new();
    let path = format!(
        "{PATH}/{}",
        bench.created(PATH, &json!({ "prompt": "x" }), "session_id")
    );
    bench.advance(3);
    bench.post(&format!("{path}/stop"), &json!({})).success();
    bench.advance(100);
    let session = bench.get(&path).success();
    assert_eq!(
        (&session["status"], &session["video_id"]),
        (&json!("failed"), &Value::Null)
    );
    assert_eq!(session["messages"][0]["type"], "error");
    assert_eq!(bench.get(&format!("{path}/videos")).success(), json!([]));

    let path = chat(&mut bench);
    bench.advance(3);
    bench.post(&path, &json!({ "message": "go" })).success();
    bench.advance(3);
    bench.post(&format!("{path}/stop"), &json!({})).success();
    bench.advance(100);
    assert_eq!(status(&mut bench, &path), "waiting_for_input");
    // It can go on after that, and a session that is over stays so.
    bench.post(&path, &json!({ "message": "go" })).success();
    bench.advance(100);
    assert_eq!(status(&mut bench, &path), "completed");
    bench.post(&format!("{path}/stop"), &json!({})).success();
    assert_eq!(status(&mut bench, &path), "completed");
    bench
        .send(bench.request("POST", &format!("{path}/stop")), "")
        .assert_refused(400, "invalid_parameter", "");
}

#[test]
fn no_more_than_forty_messages_are_shown() {
    let mut bench = Bench::new();
    let path = chat(&mut bench);
    for number in 0..45 {
        bench
            .post(&path, &json!({ "message": number.to_string() }))
            .success();
    }
    let session = bench.get(&path).success();
    let messages = session["messages"].as_array().unwrap();
    assert_eq!(
        (messages.len(), &messages[0]["content"]),
        (40, &json!("44"))
    );
}
