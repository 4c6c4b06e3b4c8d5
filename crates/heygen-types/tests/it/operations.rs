//! Every operation that has a type, with the smallest and the largest request it can make.

mod ai_clipping;
mod api_keys;
mod audio;
mod avatars;
mod background_removals;
mod brand_glossaries;
mod brand_kits;
mod filler_word_removals;
mod folders;
mod hyperframes;
mod lipsyncs;
mod models;
mod templates;
mod users;
mod video_agents;
mod video_translations;
mod videos;
mod voices;
mod webhooks;

use heygen_types::{
    AssetInput, Base64Data, BodyEncoding, ByteSize, Envelope, Invalid, Json, MediaType, Operation,
    Sha256Digest, Streamed, Url,
    assets::{
        CompleteAsset, CompleteUploadBatch, CreateDirectUpload, CreateUploadBatch, DeleteAsset,
        GetAsset, GetUploadBatch, ListAssetStatuses, ListAssets, SearchAssets, SearchScope,
        SearchType, UploadAsset, UploadBatchFile,
    },
    video_agents::{AgentMode, CreateVideoAgent, GetVideoAgent, Orientation},
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::table::{Extent, Table};

/// An operation without its type.
pub(crate) struct Entry {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) encoding: BodyEncoding,
    pub(crate) idempotency_key: bool,
    pub(crate) body_key: Option<&'static str>,
    pub(crate) envelope: Envelope,
    pub(crate) status: u16,
    pub(crate) minimal: Request,
    pub(crate) maximal: Request,
    /// Reads a body and writes it again.
    pub(crate) body: fn(Value) -> serde_json::Result<Value>,
    /// Reads an answer, taken out of `data` where the envelope is that, and writes it again.
    pub(crate) answer: fn(Value) -> serde_json::Result<Value>,
    /// Reads an answer as a client does, and writes it again.
    pub(crate) odd_answer: fn(&Json) -> Result<Value, Invalid>,
}

/// What an operation sends.
pub(crate) struct Request {
    pub(crate) path: String,
    pub(crate) path_params: usize,
    pub(crate) query: Vec<(&'static str, String)>,
    pub(crate) body: Value,
    pub(crate) is_valid: bool,
}

fn entry<O: Operation>(minimal: &O, maximal: &O) -> Entry {
    let request = |operation: &O| Request {
        path: operation.path(),
        path_params: operation.path_params().len(),
        query: operation.query(),
        body: serde_json::to_value(operation.body()).unwrap(),
        is_valid: operation.validate().is_ok(),
    };
    Entry {
        id: O::ID,
        method: O::METHOD.as_str(),
        path: O::PATH,
        encoding: O::ENCODING,
        idempotency_key: O::IDEMPOTENCY_KEY,
        body_key: O::BODY_KEY,
        envelope: O::ENVELOPE,
        status: O::STATUS,
        minimal: request(minimal),
        maximal: request(maximal),
        body: |body| serde_json::to_value(serde_json::from_value::<O::Body>(body)?),
        answer: |answer| serde_json::to_value(serde_json::from_value::<O::Response>(answer)?),
        odd_answer: |answer| {
            let answer = answer.decode_answer::<O::Response>()?;
            Ok(serde_json::to_value(answer).unwrap())
        },
    }
}

/// Makes the entry of an operation whose answers are events.
fn stream_entry<O: Streamed>(minimal: &O, maximal: &O) -> Entry {
    fn event<O: Streamed>(value: &Json) -> Result<Value, Invalid> {
        Ok(serde_json::to_value(O::event(value)?).unwrap())
    }
    Entry {
        answer: |answer| {
            let answer = serde_json::from_value(answer)?;
            event::<O>(&answer).map_err(serde::de::Error::custom)
        },
        odd_answer: event::<O>,
        ..entry(minimal, maximal)
    }
}

pub(crate) fn all() -> Vec<Entry> {
    vec![
        upload(),
        entry(
            &GetAsset::new("a".parse().unwrap()),
            &GetAsset::new("a".parse().unwrap()),
        ),
        entry(
            &DeleteAsset::new("a".parse().unwrap()),
            &DeleteAsset::new("a".parse().unwrap()),
        ),
        list(),
        search(),
        statuses(),
        create(),
        complete(),
        create_batch(),
        entry(
            &CompleteUploadBatch::new("b".parse().unwrap()),
            &CompleteUploadBatch::new("b".parse().unwrap()),
        ),
        get_batch(),
        create_agent(),
        entry(
            &GetVideoAgent::new("s".parse().unwrap()),
            &GetVideoAgent::new("s".parse().unwrap()),
        ),
    ]
    .into_iter()
    .chain(ai_clipping::all())
    .chain(api_keys::all())
    .chain(audio::all())
    .chain(avatars::all())
    .chain(background_removals::all())
    .chain(brand_glossaries::all())
    .chain(brand_kits::all())
    .chain(filler_word_removals::all())
    .chain(folders::all())
    .chain(hyperframes::all())
    .chain(lipsyncs::all())
    .chain(models::all())
    .chain(templates::all())
    .chain(users::all())
    .chain(video_agents::all())
    .chain(video_translations::all())
    .chain(videos::all())
    .chain(voices::all())
    .chain(webhooks::all())
    .collect()
}

/// Reads the smallest body that the table describes.
fn minimal_body<T: DeserializeOwned>(id: &str) -> T {
    body(id, Extent::Minimal)
}

/// Reads the largest body that the table describes.
fn maximal_body<T: DeserializeOwned>(id: &str) -> T {
    body(id, Extent::Maximal)
}

fn body<T: DeserializeOwned>(id: &str, extent: Extent) -> T {
    let table = Table::read();
    let example = table
        .examples(&table.endpoint(id)["body"], extent)
        .swap_remove(0);
    serde_json::from_value(example).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn upload() -> Entry {
    let operation = UploadAsset::new("clip.mp4", MediaType::Mp4);
    entry(&operation, &operation)
}

fn list() -> Entry {
    let mut maximal = ListAssets::new("sam");
    maximal.limit = Some(100);
    maximal.token = Some("t".to_owned());
    maximal.folder_id = Some(String::new());
    entry(&ListAssets::new("sam"), &maximal)
}

fn search() -> Entry {
    let mut maximal = SearchAssets::new("tree", SearchType::Icon);
    maximal.limit = Some(50);
    maximal.token = Some("t".to_owned());
    maximal.scope = Some(SearchScope::Personal);
    entry(&SearchAssets::new("tree", SearchType::Icon), &maximal)
}

fn statuses() -> Entry {
    let minimal = ListAssetStatuses::default();
    let mut maximal = ListAssetStatuses::new(vec!["a".parse().unwrap(), "b".parse().unwrap()]);
    maximal.batch_ids = vec!["c".parse().unwrap()];
    entry(&minimal, &maximal)
}

fn create() -> Entry {
    let minimal = CreateDirectUpload::new("a.mp4", MediaType::Mp4, ByteSize::new(1));
    let mut maximal = minimal.clone();
    maximal.checksum_sha256 = Some(Sha256Digest::from_bytes([7; 32]));
    entry(&minimal, &maximal)
}

fn complete() -> Entry {
    let minimal = CompleteAsset::new("a".parse().unwrap());
    let maximal = minimal
        .clone()
        .with_checksum(Sha256Digest::from_bytes([7; 32]));
    entry(&minimal, &maximal)
}

fn create_batch() -> Entry {
    let mut file = UploadBatchFile::new("a.mp4", MediaType::Mp4, ByteSize::new(1));
    let minimal = CreateUploadBatch::new(vec![file.clone()]);
    file.checksum_sha256 = Some(Sha256Digest::from_bytes([7; 32]));
    let mut maximal = CreateUploadBatch::new(vec![file; 100]);
    maximal.callback_url = Some("https://example.com/hook".parse().unwrap());
    maximal.title = Some("many".to_owned());
    entry(&minimal, &maximal)
}

fn get_batch() -> Entry {
    let mut maximal = GetUploadBatch::new("b".parse().unwrap());
    maximal.limit = Some(1);
    maximal.token = Some("t".to_owned());
    entry(&GetUploadBatch::new("b".parse().unwrap()), &maximal)
}

fn create_agent() -> Entry {
    let url: Url = "https://example.com/a.png".parse().unwrap();
    let mut maximal = CreateVideoAgent::new("p".repeat(10_000)).with_files([
        AssetInput::asset("a".parse().unwrap()),
        AssetInput::url(url.clone()),
        AssetInput::base64(MediaType::Png, Base64Data::new("AAAA")),
    ]);
    maximal.avatar_id = Some("a".parse().unwrap());
    maximal.brand_kit_id = Some("k".parse().unwrap());
    maximal.callback_id = Some("c".parse().unwrap());
    maximal.callback_url = Some(url);
    maximal.incognito_mode = Some(true);
    maximal.mode = Some(AgentMode::Chat);
    maximal.orientation = Some(Orientation::Portrait);
    maximal.style_id = Some("s".parse().unwrap());
    maximal.voice_id = Some("v".parse().unwrap());
    maximal.brand_glossary_id = Some("g".parse().unwrap());
    maximal.members = Some(vec!["a@example.com".to_owned()]);
    maximal.visibility = Some("selected".into());
    entry(&CreateVideoAgent::new("p"), &maximal)
}
