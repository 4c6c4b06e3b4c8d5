use std::time::Duration;

use heygen_emulator::{Fault, OperationId, Payload};
use serde_json::{Value, json};

use crate::bench::{Answer, Bench, link};

const VOICES: &str = "/v3/models/audio/voices";
const TTS: &str = "/v3/models/audio/tts";
const STREAM: &str = "/v3/models/audio/tts/stream";
const IMAGES: &str = "/v3/models/images";
const VIDEOS: &str = "/v3/models/videos";

fn text_to_video() -> Value {
    json!({ "mode": "text_to_video", "model": "heygen-video-1", "prompt": "a cat" })
}

fn with(mut body: Value, fields: Value) -> Value {
    let fields = fields.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(fields);
    body
}

#[test]
fn a_video_is_generated_and_has_two_records() {
    let mut bench = Bench::new();
    let body = with(
        text_to_video(),
        json!({ "duration": 7, "aspect_ratio": "9:16", "seed": 4, "resolution": "1080p" }),
    );
    let created = bench.post(VIDEOS, &body).success();
    assert_eq!(created["status"], "pending");
    let id = created["video_id"].as_str().unwrap();
    let own = format!("{VIDEOS}/{id}");
    assert_eq!(bench.get(&own).success()["status"], "pending");
    bench.advance(2);
    assert_eq!(bench.get(&own).success()["status"], "processing");
    bench.advance(5);
    let video = bench.get(&own).success();
    assert_eq!(
        (&video["status"], &video["duration"], &video["seed"]),
        (&json!("completed"), &json!(7), &json!(4))
    );
    assert_eq!(
        (&video["width"], &video["height"]),
        (&json!(1080), &json!(1920))
    );
    assert_eq!(bench.fetch(&video["video_url"]).status, 200);
    let other = bench.get(&format!("/v3/videos/{id}")).success();
    assert_eq!(other["status"], "completed");
    // It has no scenes, and a video that was made otherwise is not found here.
    bench
        .get(&format!("/v3/videos/{id}/scenes"))
        .assert_refused(404, "not_found", "");
    let avatar = json!({ "type": "avatar", "avatar_id": "a", "script": "x" });
    let avatar = bench.created("/v3/videos", &avatar, "video_id");
    bench
        .get(&format!("{VIDEOS}/{avatar}"))
        .assert_refused(404, "not_found", "");
    bench.delete(&format!("/v3/videos/{id}")).success();
    bench.get(&own).assert_refused(404, "not_found", "");
}

#[test]
fn what_a_model_does_not_do_is_refused() {
    let mut bench = Bench::new();
    let references = json!({ "mode": "reference_to_video" });
    let list = |count: usize| vec![link(); count];
    for (fields, param) in [
        (json!({ "aspect_ratio": "adaptive" }), "aspect_ratio"),
        (
            json!({ "resolution": "2k", "aspect_ratio": "1:1" }),
            "aspect_ratio",
        ),
        (json!({ "callback_url": "mailto:a" }), "callback_url"),
        (
            with(references.clone(), json!({ "resolution": "2k" })),
            "aspect_ratio",
        ),
        (
            with(
                references,
                json!({
                    "reference_images": list(9),
                    "reference_videos": list(3),
                    "reference_audio": list(1),
                }),
            ),
            "reference_images",
        ),
    ] {
        let body = with(text_to_video(), fields);
        let answer = bench.post(VIDEOS, &body);
        answer.assert_refused(400, "invalid_parameter", param);
    }
    // The first picture decides the shape.
    let body = with(
        text_to_video(),
        json!({ "mode": "image_to_video", "image": link(), "resolution": "2k" }),
    );
    bench.post(VIDEOS, &body).success();
}

#[test]
fn a_generation_that_fails_says_why() {
    let mut bench = Bench::new();
    let fail = |bench: &mut Bench, endpoint, code| {
        bench
            .core
            .fault(Fault::job_fails(endpoint, code, "it failed"));
    };
    fail(
        &mut bench,
        OperationId::CreateModelVideo,
        "generation_failed",
    );
    let video = bench.created(VIDEOS, &text_to_video(), "video_id");
    fail(
        &mut bench,
        OperationId::CreateModelImages,
        "no_face_detected",
    );
    let body = json!({
        "model": "heygen-image-1", "identity_images": [link()], "reference_images": [link()],
    });
    let images = bench.created(IMAGES, &body, "generation_id");
    fail(&mut bench, OperationId::CreateModelVoice, "INVALID_AUDIO");
    let body = json!({ "mode": "instant", "name": "Mine", "audio": [link()] });
    let voice = bench.created(VOICES, &body, "voice_id");
    bench.advance(10);
    for (path, code) in [
        (format!("{VIDEOS}/{video}"), "generation_failed"),
        (format!("{IMAGES}/{images}"), "no_face_detected"),
    ] {
        let job = bench.get(&path).success();
        assert_eq!(
            (
                &job["status"],
                &job["failure_code"],
                &job["failure_message"]
            ),
            (&json!("failed"), &json!(code), &json!("it failed"))
        );
    }
    let shown = bench.get(&format!("{VOICES}/{voice}")).success();
    assert_eq!(
        (&shown["status"], &shown["failure_reason"]),
        (&json!("FAILED"), &json!("INVALID_AUDIO"))
    );
    let speech = json!({ "text": "Hello", "voice_id": voice });
    bench
        .post(TTS, &speech)
        .assert_refused(409, "voice_training_failed", "");
}

#[test]
fn the_end_of_a_generated_video_is_called_back_once_and_is_no_event() {
    let mut bench = Bench::new();
    let hook = json!({ "url": "https://example.com/hook" });
    bench.post("/v3/webhooks/endpoints", &hook).success();
    let body = with(
        text_to_video(),
        json!({ "callback_url": "https://example.com/done", "callback_id": "mine" }),
    );
    bench.post(VIDEOS, &body).success();
    bench.advance(10);
    let [call] = &bench.core.take_deliveries(bench.now)[..] else {
        panic!("one call");
    };
    assert_eq!(call.url, "https://example.com/done");
    let body: Value = serde_json::from_slice(&call.body).unwrap();
    assert_eq!(body["event_data"]["callback_id"], "mine");
    bench.core.delivery_failed(call);
    bench.advance(24 * 3600);
    assert!(bench.core.take_deliveries(bench.now).is_empty());
}

#[test]
fn images_have_seeds_that_follow_each_other() {
    let mut bench = Bench::new();
    let body = json!({
        "model": "heygen-image-1", "identity_images": [link(), link()],
        "reference_images": [link()], "num_images": 3, "seed": -1, "aspect_ratio": "2:3",
    });
    let id = bench.created(IMAGES, &body, "generation_id");
    let path = format!("{IMAGES}/{id}");
    let pending = bench.get(&path).success();
    assert_eq!(
        (&pending["status"], &pending["images"]),
        (&json!("pending"), &json!([]))
    );
    bench.advance(10);
    let images = bench.get(&path).success()["images"].clone();
    let images = images.as_array().unwrap();
    let seeds: Vec<_> = images.iter().map(|image| image["seed"].clone()).collect();
    assert_eq!(seeds, [-1, 0, 1]);
    assert_eq!(
        (&images[0]["width"], &images[0]["height"]),
        (&json!(1024), &json!(1536))
    );
    assert_eq!(bench.fetch(&images[2]["image_url"]).status, 200);
    let two = with(
        body.clone(),
        json!({ "reference_images": [link(), link()] }),
    );
    bench
        .post(IMAGES, &two)
        .assert_refused(400, "invalid_parameter", "reference_images");
    let none = with(body, json!({ "identity_images": [] }));
    bench
        .post(IMAGES, &none)
        .assert_refused(400, "invalid_parameter", "identity_images");
    bench
        .get(&format!("{IMAGES}/none"))
        .assert_refused(404, "not_found", "");
}

fn instant(bench: &mut Bench) -> String {
    let body = json!({ "mode": "instant", "name": "Mine", "audio": [link()] });
    bench.created(VOICES, &body, "voice_id")
}

fn professional(bench: &mut Bench, voice_id: Option<&str>) -> Answer {
    let body = json!({
        "mode": "professional", "name": "Mine", "audio": [link()], "voice_id": voice_id,
    });
    bench.post(VOICES, &body)
}

#[test]
fn a_voice_is_trained_and_speaks() {
    let mut bench = Bench::new();
    let id = instant(&mut bench);
    let path = format!("{VOICES}/{id}");
    let speech = json!({ "text": "Hello there", "voice_id": id, "language": "de-AT" });
    assert_eq!(bench.get(&path).success()["status"], "PENDING");
    bench
        .post(TTS, &speech)
        .assert_refused(409, "voice_not_ready", "");
    bench.advance(10);
    let voice = bench.get(&path).success();
    assert_eq!(
        (&voice["status"], &voice["mode"], &voice["name"]),
        (&json!("ACTIVE"), &json!("instant"), &json!("Mine"))
    );
    let spoken = bench.post(TTS, &speech);
    assert_eq!(spoken.header("content-language"), Some("de"));
    let url = spoken.success()["audio_url"].clone();
    let sound = bench.fetch(&url);
    assert_eq!(sound.header("content-type"), Some("audio/wav"));
    assert!(sound.response.body().read().unwrap().starts_with(b"RIFF"));
    for (fields, status, code, param) in [
        (json!({ "voice_id": "none" }), 404, "voice_not_found", ""),
        (
            json!({ "language": "German" }),
            400,
            "invalid_parameter",
            "language",
        ),
        (
            json!({ "model": "other" }),
            400,
            "invalid_parameter",
            "model",
        ),
        (json!({ "text": " " }), 400, "invalid_parameter", "text"),
        (
            json!({ "expressiveness_boost": 1.5 }),
            400,
            "invalid_parameter",
            "expressiveness_boost",
        ),
    ] {
        let body = with(speech.clone(), fields);
        for path in [TTS, STREAM] {
            bench.post(path, &body).assert_refused(status, code, param);
        }
        bench.advance(60);
    }
}

#[test]
fn a_voice_is_deleted_twice_and_not_while_it_is_trained() {
    let mut bench = Bench::new();
    // An instant voice in the making is canceled.
    let path = format!("{VOICES}/{}", instant(&mut bench));
    for _ in 0..2 {
        assert_eq!(bench.delete(&path).success(), json!({ "status": "ok" }));
    }
    bench.get(&path).assert_refused(404, "voice_not_found", "");
    let own = bench.get(VOICES).success();
    assert_eq!(own.as_array().unwrap().len(), 1, "only the library's");

    let id = professional(&mut bench, None).success()["voice_id"].clone();
    let path = format!("{VOICES}/{}", id.as_str().unwrap());
    bench
        .delete(&path)
        .assert_refused(409, "resource_not_ready", "");
    bench.advance(10);
    bench.delete(&path).success();
    bench
        .delete(&format!("{VOICES}/voice_instant_anna"))
        .assert_refused(403, "forbidden", "");
    bench
        .delete(&format!("{VOICES}/none"))
        .assert_refused(404, "voice_not_found", "");
}

#[test]
fn professional_voices_need_slots_and_trainings() {
    let mut bench = Bench::with(|settings| settings.professional_voice_slots = 1);
    let id = professional(&mut bench, None).success()["voice_id"].clone();
    let id = id.as_str().unwrap();
    professional(&mut bench, None).assert_refused(400, "resource_limit_reached", "");
    professional(&mut bench, Some(id)).assert_refused(409, "resource_not_ready", "");
    for _ in 0..4 {
        bench.advance(10);
        let again = professional(&mut bench, Some(id)).success();
        assert_eq!(again["voice_id"], id);
    }
    bench.advance(10);
    professional(&mut bench, Some(id)).assert_refused(400, "resource_limit_reached", "");
    // A deletion frees the slot, and gives no training back.
    bench.delete(&format!("{VOICES}/{id}")).success();
    professional(&mut bench, None).assert_refused(400, "resource_limit_reached", "");
    bench.advance(31 * 24 * 3600);
    professional(&mut bench, None).success();

    let instant = instant(&mut bench);
    bench.advance(10);
    for unknown in ["none", id, &instant] {
        professional(&mut bench, Some(unknown)).assert_refused(404, "voice_not_found", "");
    }
    professional(&mut bench, Some("a b")).assert_refused(400, "invalid_parameter", "voice_id");
}

#[test]
fn voices_beyond_the_slots_have_expired() {
    let mut bench = Bench::new();
    let first = professional(&mut bench, None).success()["voice_id"].clone();
    let second = professional(&mut bench, None).success()["voice_id"].clone();
    bench.advance(10);
    let saved = bench.core.save();
    let mut bench = Bench::with(|settings| settings.professional_voice_slots = 1);
    bench.core.restore(&saved, "/".as_ref()).unwrap();
    bench.advance(10);
    let speech = |voice: &Value| json!({ "text": "Hello", "voice_id": voice });
    bench.post(TTS, &speech(&first)).success();
    bench
        .post(TTS, &speech(&second))
        .assert_refused(400, "voice_expired", "voice_id");
}

#[test]
fn speech_has_a_rate_of_its_own() {
    let mut bench = Bench::new();
    let speech = json!({ "text": "Hello", "voice_id": "voice_instant_anna" });
    for _ in 0..15 {
        assert_eq!(bench.post(TTS, &speech).status, 200);
        assert_eq!(bench.post(STREAM, &speech).status, 200);
    }
    let refused = bench.post(TTS, &speech);
    refused.assert_refused(429, "rate_limit_exceeded", "");
    assert_eq!(refused.header("retry-after"), Some("60"));
    bench.get(VOICES).success();
    bench.core.reset();
    assert_eq!(bench.post(TTS, &speech).status, 200);
    bench.now += Duration::from_secs(60);
    assert_eq!(bench.post(TTS, &speech).status, 200);
}

/// Takes a stream apart: its events, and whether it came to its end.
fn events(answer: &Answer) -> (Vec<Value>, bool) {
    assert_eq!(answer.header("content-type"), Some("text/event-stream"));
    let text = answer.text();
    let mut data: Vec<_> = text
        .split_terminator("\n\n")
        .map(|event| event.strip_prefix("data: ").unwrap())
        .collect();
    let has_end = data.pop_if(|last| *last == "[DONE]").is_some();
    let events = data.iter().map(|data| serde_json::from_str(data).unwrap());
    (events.collect(), has_end)
}

#[test]
fn streamed_speech_comes_in_parts() {
    let mut bench = Bench::new();
    let text = vec!["word"; 20].join(" ");
    let mut speech = json!({ "text": text, "voice_id": "voice_instant_anna" });
    let answer = bench.post(STREAM, &speech);
    assert!(matches!(answer.response.body(), Payload::Stream(pieces) if pieces.len() == 4));
    let (parts, has_end) = events(&answer);
    assert!(has_end);
    let numbers: Vec<_> = parts
        .iter()
        .map(|part| part["part_index"].clone())
        .collect();
    assert_eq!(numbers, [0, 1, 2]);
    assert!(parts.iter().all(|part| part["type"] == "audio"));

    speech["with_timestamps"] = true.into();
    let (parts, _) = events(&bench.post(STREAM, &speech));
    let kinds: Vec<_> = parts
        .iter()
        .map(|part| part["type"].as_str().unwrap())
        .collect();
    let part = ["audio", "alignment", "character_alignment"];
    assert_eq!(kinds, [part, part, part].concat());
    let words = parts[7]["word_alignments"].as_array().unwrap();
    let end = words.last().unwrap()["end_time"].as_f64().unwrap();
    assert!((end - 1.0).abs() < 1e-9, "{end}");
    let characters = parts[2]["original_characters"].as_array().unwrap();
    assert_eq!(
        (characters.len(), &characters[1]["text"]),
        (32, &json!("o"))
    );
}

#[test]
fn streamed_speech_breaks_off_as_a_fault_says() {
    let mut bench = Bench::new();
    let speech = json!({ "text": "Hello there", "voice_id": "voice_instant_anna" });
    let endpoint = OperationId::StreamModelSpeech;
    let failure = Fault::job_fails(endpoint, "generation_failed", "the model broke down");
    bench.core.fault(failure);
    let (parts, has_end) = events(&bench.post(STREAM, &speech));
    assert_eq!(parts[0]["type"], "audio");
    assert_eq!(
        parts[1],
        json!({ "type": "error", "detail": "the model broke down" })
    );
    assert!(has_end);

    let whole = bench.post(STREAM, &speech).text();
    bench
        .core
        .fault("stream_model_speech:truncated=20".parse().unwrap());
    let reply = bench.post(STREAM, &speech);
    assert_eq!(reply.text(), whole[..20]);
    bench
        .core
        .fault("stream_model_speech:duplicated".parse().unwrap());
    assert_eq!(bench.post(STREAM, &speech).text(), whole.repeat(2));
}
