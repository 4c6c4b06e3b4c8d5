//! What the emulator is asked, and what it answers.

use heygen_types::table::OPERATIONS;

use crate::{
    session::{FILE, Session, create, put_headers, put_line},
    texts::{SUBTITLES, form},
    write,
};

pub(crate) fn write_all() {
    let mut answers = Vec::new();
    for (name, session) in sessions() {
        write("emulator", name, session.input.as_bytes());
        answers.extend(session.answers);
    }
    answers.extend(lists().answers);
    write_answers(answers);
}

fn sessions() -> Vec<(&'static str, Session)> {
    let mut all = Vec::new();
    let mut session = |name, play: &dyn Fn(&mut Session)| {
        let mut session = Session::default();
        play(&mut session);
        all.push((name, session));
    };
    session("direct", &|session| {
        let slot = create(session);
        session.send(&put_line(&slot), &put_headers(&slot), "data");
        let id = slot["asset_id"].as_str().expect("it has an id");
        session.post(&format!("/v3/assets/{id}/complete"), "{}");
        session.get(&format!("/v3/assets/{id}"));
        session.get(&format!("/v3/assets/statuses?asset_ids={id},none"));
        session.delete(&format!("/v3/assets/{id}"));
    });
    session("single", &|session| {
        let headers = "content-type: multipart/form-data; boundary=XX\nidempotency-key: k1\n";
        session.send("POST /v3/assets", headers, &form("a.srt", SUBTITLES));
        session.send("POST /v3/assets", headers, &form("a.srt", SUBTITLES));
        session.get("/v3/assets?limit=1");
    });
    session("batch", &|session| {
        let files = format!("{{\"files\":[{FILE},{FILE}],\"title\":\"two\"}}");
        let id = session.make("/v3/assets/direct-uploads/batches", "batch_id", &files);
        session.get(&format!("/v3/assets/batches/{id}"));
        session.post(
            "/v3/assets/batches/complete",
            &format!("{{\"batch_id\":\"{id}\"}}"),
        );
    });
    session("agent", &|session| {
        let body = format!("{{\"prompt\":\"x\",\"mode\":\"chat\",\"files\":[{LINK}]}}");
        let id = session.make("/v3/video-agents", "session_id", &body);
        let path = format!("/v3/video-agents/{id}");
        session.post(&path, "{\"message\":\"go\"}");
        session.get(&path);
        session.get(&format!("{path}/videos"));
        session.post(&format!("{path}/stop"), "{}");
    });
    session("jobs", &|session| {
        let body = format!("{{\"video\":{LINK}}}");
        session.make("/v3/ai-clipping", "ai_clipping_id", &body);
        let id = session.make("/v3/background-removals", "id", &body);
        session.get(&format!("/v3/background-removals/{id}"));
        let body = format!("{{\"video\":{LINK},\"audio\":{LINK}}}");
        let id = session.make("/v3/lipsyncs", "lipsync_id", &body);
        for _ in 0..6 {
            session.get(&format!("/v3/lipsyncs/{id}"));
        }
    });
    session("webhooks", &|session| {
        let body = "{\"url\":\"https://example.com/hook\",\"events\":[\"video_agent.success\"]}";
        let id = session.make("/v3/webhooks/endpoints", "endpoint_id", body);
        session.post(&format!("/v3/webhooks/endpoints/{id}/rotate-secret"), "{}");
        session.get("/v3/webhooks/event-types");
        session.delete(&format!("/v3/webhooks/endpoints/{id}"));
    });
    session("refusals", &|session| {
        session.send("GET /v3/users/me", "x-api-key: wrong\n", "");
        session.get("/v3/nothing");
        session.send("PUT /v3/assets", "", "");
        session.post("/v3/video-agents", "{\"promt\":1}");
        session.post("/v3/video-agents", "{");
        session.send("POST /v3/video-agents", "content-type: text/plain\n", "x");
        session.get("/v3/assets?limit=many");
        session.get("/v3/assets/%ff%00");
        session.send("GET /storage/heygen-assets/none", "", "");
    });
    all
}

/// Asks for everything that needs no id.
fn lists() -> Session {
    let mut session = Session::default();
    let operations = OPERATIONS.iter();
    for operation in operations.filter(|operation| operation.path_params.is_empty()) {
        if operation.method.as_str() == "GET" {
            session.get(operation.path);
        }
    }
    session
}

/// Keeps of every path and status one answer: the last.
fn write_answers(answers: Vec<(String, u16, Vec<u8>)>) {
    for (line, status, body) in answers {
        let path = line.split(['?', '%']).next().unwrap_or_default();
        let words = path
            .split(['/', ' '])
            .filter(|word| !word.contains('_') && *word != "v3");
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        let name = format!("{}-{status}", words.join("-").to_ascii_lowercase());
        match status {
            _ if body.first() == Some(&b'<') => {
                write(
                    "storage_error",
                    &name,
                    &[format!("{status}\n\n").as_bytes(), &body].concat(),
                );
            }
            200..=299 if !body.is_empty() => write("answers", &name, &body),
            200..=299 => {}
            _ => write(
                "api_error",
                &name,
                &[format!("{status}\n\n").as_bytes(), &body].concat(),
            ),
        }
    }
}

const LINK: &str = r#"{"type":"url","url":"https://example.com/clip.mp4"}"#;
