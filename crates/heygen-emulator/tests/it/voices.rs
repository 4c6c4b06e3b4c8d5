use serde_json::json;

use crate::bench::{Bench, link};

fn ids(bench: &mut Bench, query: &str) -> Vec<String> {
    let page = bench.get(&format!("/v3/voices?{query}")).success();
    let voices = page.as_array().unwrap();
    voices
        .iter()
        .map(|voice| voice["voice_id"].as_str().unwrap().to_owned())
        .collect()
}

fn clone(bench: &mut Bench) -> String {
    let body = json!({ "audio": link(), "voice_name": "Mine", "language": "German" });
    bench.created("/v3/voices/clone", &body, "voice_clone_id")
}

#[test]
fn lists_are_public_unless_asked() {
    let mut bench = Bench::new();
    let own = clone(&mut bench);
    assert_eq!(ids(&mut bench, "type=private"), [&*own]);
    assert!(!ids(&mut bench, "").contains(&own));
    assert_eq!(
        ids(&mut bench, "language=german&gender=Female"),
        ["voice_public_lena"]
    );
    assert_eq!(ids(&mut bench, "engine=starfish").len(), 8);
    assert!(ids(&mut bench, "engine=fish").is_empty());
    bench
        .get("/v3/voices?type=all")
        .assert_refused(400, "invalid_parameter", "type");
}

#[test]
fn a_clone_is_complete_with_a_word_of_its_own() {
    let mut bench = Bench::new();
    let id = clone(&mut bench);
    let path = format!("/v3/voices/{id}");
    let speech = json!({ "text": "Hello", "voice_id": id });
    assert_eq!(bench.get(&path).success()["status"], "processing");
    bench
        .post("/v3/voices/speech", &speech)
        .assert_refused(409, "resource_not_ready", "voice_id");
    bench.advance(10);
    let voice = bench.get(&path).success();
    assert_eq!(
        (&voice["status"], &voice["language"]),
        (&json!("complete"), &json!("German"))
    );
    assert_eq!(bench.fetch(&voice["preview_audio_url"]).status, 200);
    assert_eq!(bench.post("/v3/voices/speech", &speech).status, 200);
    let public = bench.get("/v3/voices/voice_public_anna").success();
    assert!(public.get("status").is_none(), "only clones have one");
}

#[test]
fn speech_has_a_time_for_each_word() {
    let mut bench = Bench::new();
    let body = json!({ "text": "one two  three", "voice_id": "v" });
    let speech = bench.post("/v3/voices/speech", &body).success();
    let words = speech["word_timestamps"].as_array().unwrap();
    assert_eq!(words[2]["word"], "three");
    let end = words[2]["end"].as_f64().unwrap();
    assert!((end - speech["duration"].as_f64().unwrap()).abs() < 1e-9);
    let silent = json!({ "text": " ", "voice_id": "v" });
    bench
        .post("/v3/voices/speech", &silent)
        .assert_refused(400, "invalid_parameter", "text");
}

#[test]
fn a_design_offers_three_at_a_time() {
    let mut bench = Bench::new();
    let mut designed = |seed: u64| {
        let body = json!({ "prompt": "warm", "gender": "male", "locale": "de-DE", "seed": seed });
        let answer = bench.post("/v3/voices", &body).success();
        assert_eq!(answer["seed"], seed);
        let voices = answer["voices"].as_array().unwrap().clone();
        voices
            .iter()
            .map(|voice| voice["voice_id"].clone())
            .collect::<Vec<_>>()
    };
    let (first, second) = (designed(0), designed(1));
    assert_eq!((first.len(), &first[0]), (3, &json!("voice_public_jonas")));
    assert!(second.iter().all(|voice| !first.contains(voice)));
    assert!(designed(u64::MAX).is_empty());
}

#[test]
fn public_voices_stay() {
    let mut bench = Bench::new();
    bench
        .delete("/v3/voices/voice_public_anna")
        .assert_refused(403, "resource_access_denied", "");
    let id = clone(&mut bench);
    let path = format!("/v3/voices/{id}");
    assert_eq!(bench.delete(&path).success(), json!({ "voice_id": id }));
    bench
        .delete(&path)
        .assert_refused(404, "voice_not_found", "");
}
