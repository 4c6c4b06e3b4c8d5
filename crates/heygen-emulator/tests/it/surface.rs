use std::collections::BTreeSet;

use heygen_emulator::Endpoint;
use heygen_types::{
    BodyEncoding, Json,
    table::{OPERATIONS, OperationEntry, Schema, SchemaType, Strictness},
};
use serde_json::{Value, json};

use crate::bench::{Answer, Bench, link, png};

/// Goes through the life of everything once. Each answer is held against the table on the way.
#[test]
fn every_operation_answers_as_the_table_says() {
    let mut bench = Bench::new();
    assets(&mut bench);
    jobs(&mut bench);
    videos(&mut bench);
    agents(&mut bench);
    avatars(&mut bench);
    brands(&mut bench);
    voices(&mut bench);
    webhooks(&mut bench);
    account(&mut bench);
    models(&mut bench);

    let answered: BTreeSet<_> = bench
        .core
        .requests()
        .filter(|request| request.status.is_some_and(|status| status < 300))
        .filter_map(|request| request.endpoint)
        .collect();
    assert!(answered.contains(&Endpoint::StoragePut) && answered.contains(&Endpoint::StorageGet));
    // What is not reached above is answered with a sample, which takes no more than its schemas say.
    for operation in OPERATIONS {
        if !answered.contains(&Endpoint::from(operation.id)) {
            plain_request(&mut bench, operation).success();
        }
    }
}

#[test]
fn every_operation_understands_a_plain_request() {
    let mut bench = Bench::new();
    for operation in OPERATIONS {
        let answer = plain_request(&mut bench, operation);
        assert!(answer.status < 500, "{}", operation.id);
    }
}

/// Sends the least that the schemas of an operation allow.
fn plain_request(bench: &mut Bench, operation: &OperationEntry) -> Answer {
    let mut path = operation.fill_path(&vec!["some"; operation.path_params.len()]);
    let required = operation.query.iter().filter(|field| field.required);
    for (index, field) in required.enumerate() {
        let mark = if index == 0 { '?' } else { '&' };
        let value = plain_value(field);
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        path = format!("{path}{mark}{}={text}", field.name);
    }
    match operation.encoding {
        BodyEncoding::Multipart => bench.upload("a.png", &png(100)),
        BodyEncoding::Json => {
            let body = plain_value(&operation.body);
            let json: Json = serde_json::from_value(body.clone()).unwrap();
            operation.body.check(&json, Strictness::default()).unwrap();
            bench.json(operation.method.as_str(), &path, &body)
        }
        _ => bench.send(bench.request(operation.method.as_str(), &path), ""),
    }
}

fn plain_value(schema: &Schema) -> Value {
    let text = || "x".repeat(schema.min_length.unwrap_or(1).max(1));
    match schema.r#type {
        _ if schema.constant.is_some() => json!(schema.constant),
        Some(SchemaType::String) if schema.name.ends_with("url") => json!("https://example.com/"),
        Some(SchemaType::String) => schema
            .values
            .first()
            .map_or_else(text, |v| (*v).to_owned())
            .into(),
        Some(SchemaType::Integer) => json!(schema.min.unwrap_or(1.0) as i64),
        Some(SchemaType::Number) => json!(schema.min.unwrap_or(1.0)),
        Some(SchemaType::Boolean) => json!(true),
        Some(SchemaType::Array) => {
            let item = schema
                .items
                .as_ref()
                .map_or(Value::Null, |item| plain_value(item));
            vec![item; schema.min_items.unwrap_or_default()].into()
        }
        Some(SchemaType::Map) => json!({}),
        _ if schema.is_file() => link(),
        _ => {
            let objects = schema.objects();
            let required = objects[0].fields.iter().filter(|field| field.required);
            let mut object: Value = required
                .map(|field| (field.name.to_owned(), plain_value(field)))
                .collect();
            if let (Some(tag), Some(value)) = (schema.tag, objects[0].tag_value) {
                object[tag] = json!(value);
            }
            object
        }
    }
}

#[test]
fn unknown_fields_are_refused_where_the_table_is_strict() {
    let mut strict = Bench::new();
    let mut lenient = Bench::with(|settings| settings.refuses_unknown_fields = false);
    let body = json!({ "video": link(), "audio": link(), "tittle": "x" });
    let answer = strict.post("/v3/lipsyncs", &body);
    answer.assert_refused(400, "invalid_parameter", "tittle");
    let message = &answer.json()["error"]["message"];
    assert_eq!(message, "Extra inputs are not permitted");
    assert_eq!(lenient.post("/v3/lipsyncs", &body).status, 200);
    // Some schemas are open, strict or not.
    let body = json!({ "type": "photo", "name": "x", "file": link(), "more": 1 });
    assert_eq!(strict.post("/v3/avatars", &body).status, 200);
}

fn assets(bench: &mut Bench) {
    let id = bench.uploaded("a.png", &png(100));
    bench.stored(&png(100));
    bench.get("/v3/assets?username=emulated").success();
    bench.get(&format!("/v3/assets/{id}")).success();
    bench
        .get("/v3/assets/search?query=a&type=image&scope=personal")
        .success();
    bench
        .get(&format!("/v3/assets/statuses?asset_ids={id}"))
        .success();
    let file = json!({ "filename": "a.png", "content_type": "image/png", "size_bytes": 100 });
    let batch = bench
        .post(
            "/v3/assets/direct-uploads/batches",
            &json!({ "files": [file] }),
        )
        .success();
    bench
        .post(
            "/v3/assets/complete/batches",
            &json!({ "batch_id": batch["batch_id"] }),
        )
        .success();
    let batch = batch["batch_id"].as_str().unwrap();
    bench.get(&format!("/v3/assets/batches/{batch}")).success();
    let url = bench.get(&format!("/v3/assets/{id}")).success()["url"].clone();
    assert_eq!(bench.fetch(&url).status, 200);
    bench.delete(&format!("/v3/assets/{id}")).success();
}

fn jobs(bench: &mut Bench) {
    let video = json!({ "video": link() });
    let both = json!({ "video": link(), "audio": link() });
    let translation = json!({ "video": link(), "output_languages": ["German", "French"] });
    let proofread = json!({ "video": link(), "output_languages": ["German"], "title": "x" });
    let clipping = bench.created("/v3/ai-clipping", &video, "ai_clipping_id");
    let filler = bench.created("/v3/filler-word-removals", &video, "filler_word_removal_id");
    let removal = bench.created("/v3/background-removals", &video, "id");
    let render = bench.created(
        "/v3/hyperframes/renders",
        &json!({ "project": link() }),
        "render_id",
    );
    let lipsync = bench.created("/v3/lipsyncs", &both, "lipsync_id");
    let translated = bench.post("/v3/video-translations", &translation).success();
    let translated = translated["video_translation_ids"][0]
        .as_str()
        .unwrap()
        .to_owned();
    let proofread = bench
        .post("/v3/video-translations/proofreads", &proofread)
        .success();
    let proofread = proofread["proofread_ids"][0].as_str().unwrap().to_owned();
    let lipsyncs = bench.created(
        "/v3/lipsyncs/batches",
        &json!({ "lipsyncs": [both] }),
        "batch_id",
    );
    let body = json!({ "video_translations": [translation] });
    let translations = bench.created("/v3/video-translations/batches", &body, "batch_id");

    // What is shown differs with the state, so everything is looked at in each.
    for _ in 0..3 {
        for path in [
            format!("/v3/ai-clipping/{clipping}"),
            "/v3/ai-clipping".to_owned(),
            format!("/v3/filler-word-removals/{filler}"),
            format!("/v3/background-removals/{removal}"),
            "/v3/background-removals".to_owned(),
            format!("/v3/hyperframes/renders/{render}"),
            "/v3/hyperframes/renders".to_owned(),
            format!("/v3/lipsyncs/{lipsync}"),
            "/v3/lipsyncs".to_owned(),
            format!("/v3/lipsyncs/batches/{lipsyncs}"),
            format!("/v3/lipsyncs/statuses?lipsync_ids={lipsync},none&batch_ids={lipsyncs},none"),
            format!("/v3/video-translations/{translated}"),
            "/v3/video-translations".to_owned(),
            "/v3/video-translations/languages".to_owned(),
            format!("/v3/video-translations/batches/{translations}"),
            format!("/v3/video-translations/statuses?video_translation_ids={translated}"),
            format!("/v3/video-translations/proofreads/{proofread}"),
            "/v3/video-translations/proofreads".to_owned(),
        ] {
            bench.get(&path).success();
        }
        bench.advance(3);
    }
    let proofread = format!("/v3/video-translations/proofreads/{proofread}");
    bench.get(&format!("{proofread}/srt")).success();
    bench
        .json(
            "PUT",
            &format!("{proofread}/srt"),
            &json!({ "srt": link() }),
        )
        .success();
    bench
        .post(&format!("{proofread}/generate"), &json!({}))
        .success();
    bench.delete(&proofread).success();
    let title = json!({ "title": "new" });
    bench
        .json("PATCH", &format!("/v3/lipsyncs/{lipsync}"), &title)
        .success();
    bench
        .json(
            "PATCH",
            &format!("/v3/video-translations/{translated}"),
            &title,
        )
        .success();
    for path in [
        format!("/v3/ai-clipping/{clipping}"),
        format!("/v3/background-removals/{removal}"),
        format!("/v3/hyperframes/renders/{render}"),
        format!("/v3/lipsyncs/{lipsync}"),
        format!("/v3/video-translations/{translated}"),
    ] {
        bench.delete(&path).success();
    }
    bench
        .get(&format!("/v3/background-removals/{removal}"))
        .success();
    bench.get("/v3/audio/sounds?query=calm+piano").success();
}

fn videos(bench: &mut Bench) {
    let video = json!({
        "type": "avatar",
        "avatar_id": "look_public_anna_1",
        "script": "Hello",
        "caption": { "style": "default" },
    });
    let id = bench.created("/v3/videos", &video, "video_id");
    let batch = bench.created(
        "/v3/videos/batches",
        &json!({ "videos": [video] }),
        "batch_id",
    );
    let generated = bench
        .post(
            "/v3/templates/template_welcome",
            &json!({ "variables": {}, "include_gif": true }),
        )
        .success();
    let generated = generated["id"].as_str().unwrap();
    for _ in 0..3 {
        for path in [
            format!("/v3/videos/{id}"),
            format!("/v3/videos/{generated}"),
            "/v3/videos".to_owned(),
            format!("/v3/videos/{id}/scenes"),
            format!("/v3/videos/batches/{batch}"),
            format!("/v3/videos/statuses?video_ids={id}&batch_ids={batch}"),
        ] {
            bench.get(&path).success();
        }
        bench.advance(3);
    }
    bench.get("/v3/templates").success();
    bench.get("/v3/templates/template_welcome").success();
    bench.delete(&format!("/v3/videos/{id}")).success();
}

fn agents(bench: &mut Bench) {
    let body = json!({ "prompt": "x", "mode": "chat", "files": [link()] });
    let id = bench.created("/v3/video-agents", &body, "session_id");
    let session = format!("/v3/video-agents/{id}");
    bench.advance(3);
    let detail = bench.get(&session).success();
    let resource = &detail["messages"][1]["resource_ids"][0];
    bench
        .get(&format!(
            "{session}/resources/{}",
            resource.as_str().unwrap()
        ))
        .success();
    bench
        .post(&session, &json!({ "message": "go on" }))
        .success();
    bench.advance(10);
    bench.get(&session).success();
    bench.get(&format!("{session}/videos")).success();
    bench.post(&format!("{session}/stop"), &json!({})).success();
    bench.get("/v3/video-agents").success();
    bench.get("/v3/video-agents/styles?tag=business").success();
}

fn avatars(bench: &mut Bench) {
    let body = json!({ "type": "digital_twin", "name": "Me", "file": link() });
    let created = bench.post("/v3/avatars", &body).success();
    let group = format!(
        "/v3/avatars/{}",
        created["avatar_group"]["id"].as_str().unwrap()
    );
    let look = format!(
        "/v3/avatars/looks/{}",
        created["avatar_item"]["id"].as_str().unwrap()
    );
    for _ in 0..2 {
        for path in [&*group, &look, "/v3/avatars", "/v3/avatars/looks"] {
            bench.get(path).success();
        }
        bench.advance(6);
    }
    bench
        .json(
            "PATCH",
            &group,
            &json!({ "default_voice_id": "voice_public_anna" }),
        )
        .success();
    bench
        .json("PATCH", &look, &json!({ "name": "Other" }))
        .success();
    bench
        .post(&format!("{group}/consent"), &json!({}))
        .success();
    bench.delete(&group).success();
    let body = json!({ "type": "prompt", "name": "Me", "prompt": "a cat" });
    let created = bench.post("/v3/avatars", &body).success();
    let look = created["avatar_item"]["id"].as_str().unwrap();
    bench.delete(&format!("/v3/avatars/looks/{look}")).success();
}

fn brands(bench: &mut Bench) {
    let glossary = bench.created(
        "/v3/brand-glossaries",
        &json!({ "name": "Ours" }),
        "brand_glossary_id",
    );
    let kit = bench.created(
        "/v3/brand-kits",
        &json!({ "url": "https://example.com" }),
        "brand_kit_id",
    );
    let glossary = format!("/v3/brand-glossaries/{glossary}");
    let kit = format!("/v3/brand-kits/{kit}");
    for _ in 0..2 {
        for path in [&*glossary, &kit, "/v3/brand-glossaries", "/v3/brand-kits"] {
            bench.get(path).success();
        }
        bench.advance(6);
    }
    let terms = json!({ "terms": [{ "term": "a", "pronunciation": "ay" }] });
    bench.json("PATCH", &glossary, &terms).success();
    bench
        .json("PATCH", &kit, &json!({ "name": "New" }))
        .success();
    bench.delete(&glossary).success();
    bench.delete(&kit).success();
}

fn voices(bench: &mut Bench) {
    let body = json!({ "audio": link(), "voice_name": "Mine" });
    let clone = bench.created("/v3/voices/clone", &body, "voice_clone_id");
    bench.get(&format!("/v3/voices/{clone}")).success();
    bench.advance(6);
    bench.get(&format!("/v3/voices/{clone}")).success();
    bench.get("/v3/voices").success();
    bench.get("/v3/voices?type=private").success();
    bench
        .post("/v3/voices", &json!({ "prompt": "warm" }))
        .success();
    let body = json!({ "text": "Hello there", "voice_id": clone });
    bench.post("/v3/voices/speech", &body).success();
    bench.delete(&format!("/v3/voices/{clone}")).success();
}

fn account(bench: &mut Bench) {
    bench.get("/v3/users/me").success();
    bench.get("/v3/api_keys/self").success();
    let outer = bench.created("/v3/folders", &json!({ "name": "All" }), "folder_id");
    let inner = json!({ "name": "Some", "type": "video", "parent_id": outer });
    let inner = bench.created("/v3/folders", &inner, "folder_id");
    let inner = bench.get(&format!("/v3/folders/{inner}")).success();
    assert_eq!(inner["parent_id"], outer);
}

fn models(bench: &mut Bench) {
    let voice = json!({ "mode": "professional", "audio": [link()] });
    let voice = bench.created("/v3/models/audio/voices", &voice, "voice_id");
    let images = json!({
        "model": "heygen-image-1", "identity_images": [link()], "reference_images": [link()],
    });
    let images = bench.created("/v3/models/images", &images, "generation_id");
    let video = json!({ "mode": "text_to_video", "model": "heygen-video-1", "prompt": "a cat" });
    let video = bench.created("/v3/models/videos", &video, "video_id");
    for _ in 0..3 {
        for path in [
            "/v3/models/audio/voices".to_owned(),
            format!("/v3/models/audio/voices/{voice}"),
            format!("/v3/models/images/{images}"),
            format!("/v3/models/videos/{video}"),
        ] {
            bench.get(&path).success();
        }
        bench.advance(3);
    }
    let speech = json!({ "text": "Hello", "voice_id": voice });
    bench.post("/v3/models/audio/tts", &speech).success();
    let stream = bench.post("/v3/models/audio/tts/stream", &speech);
    assert_eq!(stream.status, 200);
    bench
        .delete(&format!("/v3/models/audio/voices/{voice}"))
        .success();
}

fn webhooks(bench: &mut Bench) {
    let url = json!({ "url": "https://example.com/hook", "events": Value::Null });
    let id = bench.created("/v3/webhooks/endpoints", &url, "endpoint_id");
    let endpoint = format!("/v3/webhooks/endpoints/{id}");
    bench.get("/v3/webhooks/endpoints").success();
    bench
        .json("PATCH", &endpoint, &json!({ "events": ["batch.finished"] }))
        .success();
    bench
        .post(&format!("{endpoint}/rotate-secret"), &json!({}))
        .success();
    bench.get("/v3/webhooks/event-types").success();
    let events = bench.get("/v3/webhooks/events").success();
    assert!(!events.as_array().unwrap().is_empty());
    bench.delete(&endpoint).success();
}
