//! The life of everything once, from the creation to the deletion. Each answer is held against the
//! table on the way.

use std::collections::{BTreeMap, BTreeSet};

use heygen_emulator::Endpoint;
use heygen_types::table::{self, OPERATIONS, OperationEntry};
use serde_json::{Value, json};

use crate::{
    bench::{Bench, link, png},
    schemas::{Query, plain_query, plain_value, send_to},
};

#[test]
fn every_operation_answers_as_the_table_says() {
    let mut world = World::new();
    let is_creation = |op: &OperationEntry| is(op, &["POST"]) && op.path_params.is_empty();
    world.call_each(is_creation);
    world.prepare();
    // What is shown differs with the state, so everything is looked at in each.
    for _ in 0..3 {
        world.call_each(|operation| is(operation, &["GET"]));
        world.bench.advance(3);
    }
    world
        .call_each(|operation| is(operation, &["PATCH", "PUT", "POST"]) && !is_creation(operation));
    world.bench.advance(10);
    world.call_each(|operation| is(operation, &["GET"]));
    world.call_each(|operation| is(operation, &["DELETE"]));

    let requests = world.bench.core.requests();
    let answered = requests.filter(|request| request.status.is_some_and(|status| status < 300));
    let answered: BTreeSet<_> = answered.filter_map(|request| request.endpoint).collect();
    let missing: Vec<_> = Endpoint::all()
        .filter(|endpoint| !answered.contains(endpoint))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// An emulator, and what was made in it.
struct World {
    bench: Bench,
    /// The ids by the paths of their records, such as `/v3/lipsyncs/{lipsync_id}`.
    ids: BTreeMap<String, String>,
}

impl World {
    fn new() -> Self {
        let mut bench = Bench::new();
        let slot = bench.create(&png(100), None);
        bench.put(&slot, &png(100));
        let files = json!({ "files": [file()] });
        let batch = bench.created("/v3/assets/direct-uploads/batches", &files, "batch_id");
        let template = "template_welcome".to_owned();
        let ids = BTreeMap::from([(BATCH.to_owned(), batch), (TEMPLATE.to_owned(), template)]);
        Self { bench, ids }
    }

    /// Makes what takes more than its creation.
    fn prepare(&mut self) {
        // The last look takes its group with it, so the group gets another.
        let look = json!({
            "type": "prompt", "name": "x", "prompt": "a cat", "avatar_group_id": self.ids[GROUP],
        });
        self.bench.post("/v3/avatars", &look).success();
        let session = format!("/v3/video-agents/{}", self.ids[SESSION]);
        let messages = self.bench.get(&session).success()["messages"].clone();
        let resource = messages[0]["resource_ids"][0].as_str().unwrap();
        let path = format!("{SESSION}/resources/{{resource_id}}");
        self.ids.insert(path, resource.to_owned());
        let asset = format!("/v3/assets/{}", self.ids["/v3/assets/{asset_id}"]);
        let url = self.bench.get(&asset).success()["url"].clone();
        assert_eq!(self.bench.fetch(&url).status, 200);
    }

    fn call_each(&mut self, is_wanted: impl Fn(&OperationEntry) -> bool) {
        for operation in OPERATIONS.iter().filter(|it| is_wanted(it)) {
            let path = self.path(operation);
            let (query, body) = (self.query(operation), self.body(operation));
            let answer = send_to(&mut self.bench, operation, &path, &query, &body);
            // Some of it comes too early.
            let is_taken = answer.status < 300 || answer.status == 409;
            assert!(is_taken, "{} {body}: {}", operation.id, answer.text());
            let is_json = answer.header("content-type") == Some("application/json");
            if answer.status < 300 && is_json {
                self.learn(operation, &answer.json()["data"]);
            }
        }
    }

    /// Fills the parameters of a path by the records that it leads through.
    fn path(&self, operation: &OperationEntry) -> String {
        let mut template = String::new();
        let mut path = String::new();
        for segment in operation.path.split('/').skip(1) {
            template = format!("{template}/{segment}");
            let known = match segment.starts_with('{') {
                true => self.ids.get(&template).map_or("none", String::as_str),
                false => segment,
            };
            path = format!("{path}/{known}");
        }
        path
    }

    /// Takes the ids of what was made.
    fn learn(&mut self, operation: &OperationEntry, made: &Value) {
        if let Some(starts) = &operation.starts {
            let pointer = format!("/{}", starts.id.replace('.', "/"));
            let id = made.pointer(&pointer).unwrap();
            let id = id.as_str().or_else(|| id[0].as_str()).unwrap();
            let record = table::operation(starts.job);
            self.ids.insert(record.path.to_owned(), id.to_owned());
        }
        if let Some(group) = made["avatar_group"]["id"].as_str() {
            self.ids.insert(GROUP.to_owned(), group.to_owned());
        }
        let own = match operation.id.as_str() {
            "assets.upload" => "/v3/assets/{asset_id}",
            "brand_glossaries.create" => "/v3/brand-glossaries/{brand_glossary_id}",
            "folders.create" => "/v3/folders/{folder_id}",
            "webhooks.endpoints.create" => "/v3/webhooks/endpoints/{endpoint_id}",
            _ => return,
        };
        let (_, name) = own.rsplit_once('{').unwrap();
        let id = made[name.trim_end_matches('}')].as_str().unwrap();
        self.ids.insert(own.to_owned(), id.to_owned());
    }

    fn query(&self, operation: &OperationEntry) -> Query {
        let query = match operation.id.as_str() {
            "assets.list" => json!({ "username": "emulated" }),
            "assets.search" => json!({ "query": "a", "type": "image", "scope": "personal" }),
            "audio.sounds.search" => json!({ "query": "calm piano" }),
            "voices.list" => json!({ "type": "private" }),
            id if id.ends_with("statuses.list") => {
                let records = operation.path.trim_end_matches("/statuses");
                let id = |path: &str| {
                    let mut known = self.ids.iter();
                    let found = known.find(|(known, _)| known.starts_with(path));
                    format!("{},none", found.unwrap().1)
                };
                let of_one = id(&format!("{records}/{{"));
                let name = operation.query[0].name;
                json!({ name: of_one, "batch_ids": id(&format!("{records}/batches/")) })
            }
            _ => return plain_query(operation),
        };
        query.as_object().unwrap().clone().into_iter().collect()
    }

    /// Returns a body that is taken: a plain one, unless prose asks for more.
    fn body(&self, operation: &OperationEntry) -> Value {
        let translation = json!({ "video": link(), "output_languages": ["German", "French"] });
        let video = json!({
            "type": "avatar",
            "avatar_id": "look_public_anna_1",
            "script": "Hello",
            "caption": { "style": "default" },
        });
        match operation.id.as_str() {
            "assets.batches.complete" => {
                json!({ "batch_id": self.ids[BATCH] })
            }
            "assets.direct_uploads.batches.create" => json!({ "files": [file()] }),
            "assets.direct_uploads.create" => file(),
            "avatars.create" => json!({ "type": "digital_twin", "name": "Me", "file": link() }),
            "avatars.looks.update" | "brand_glossaries.update" | "brand_kits.update" => {
                json!({ "name": "Other" })
            }
            "avatars.update" => json!({ "default_voice_id": "voice_public_anna" }),
            "models.audio.tts.create" | "models.audio.tts.stream" => {
                json!({ "text": "Hello", "voice_id": "voice_instant_anna" })
            }
            "templates.generate" => json!({ "variables": {}, "include_gif": true }),
            "video_agents.create" => json!({ "prompt": "x", "mode": "chat", "files": [link()] }),
            "video_agents.send_message" => json!({ "message": "go on" }),
            "video_translations.batches.create" => json!({ "video_translations": [translation] }),
            "video_translations.create" => translation,
            "video_translations.proofreads.create" => {
                json!({ "video": link(), "output_languages": ["German"], "title": "x" })
            }
            "videos.batches.create" => json!({ "videos": [video] }),
            "videos.create" => video,
            "webhooks.endpoints.update" => json!({ "events": ["batch.finished"] }),
            _ => plain_value(&operation.body),
        }
    }
}

fn is(operation: &OperationEntry, methods: &[&str]) -> bool {
    methods.contains(&operation.method.as_str())
}

fn file() -> Value {
    json!({ "filename": "a.png", "content_type": "image/png", "size_bytes": 100 })
}

const BATCH: &str = "/v3/assets/batches/{batch_id}";
const GROUP: &str = "/v3/avatars/{group_id}";
const SESSION: &str = "/v3/video-agents/{session_id}";
const TEMPLATE: &str = "/v3/templates/{template_id}";
