//! A request outside its limits is refused before it is sent, by field, value and limit, and the
//! limits are those of the table.

use heygen_types::{
    AssetInput, ByteSize, MediaType, Operation, Url,
    assets::{
        CreateDirectUpload, CreateUploadBatch, GetUploadBatch, ListAssetStatuses, ListAssets,
        SearchAssets, SearchType, UploadBatchFile,
    },
    limits,
    video_agents::CreateVideoAgent,
};
use serde_json::Value;

use crate::table::Table;

fn problem(operation: &impl Operation) -> String {
    operation.validate().unwrap_err().to_string()
}

#[test]
fn limits_of_lists_are_those_of_the_table() {
    let table = Table::read();
    for (id, limit) in [
        ("assets.list", limits::LIST_LIMIT),
        ("assets.batches.get", limits::LIST_LIMIT),
        ("assets.search", limits::SHORT_LIST_LIMIT),
    ] {
        let described = field(&table.endpoint(id)["query"], "limit");
        assert_eq!(described["min"], *limit.start(), "{id}");
        assert_eq!(described["max"], *limit.end(), "{id}");
    }
}

#[test]
fn other_limits_are_those_of_the_table() {
    let table = Table::read();
    let query = field(&table.endpoint("assets.search")["query"], "query");
    assert_eq!(query["min_length"], *limits::SEARCH_QUERY_LENGTH.start());
    assert_eq!(query["max_length"], *limits::SEARCH_QUERY_LENGTH.end());

    let agent = &table.endpoint("video_agents.create")["body"]["fields"];
    let prompt = field(agent, "prompt");
    assert_eq!(prompt["min_length"], *limits::AGENT_PROMPT_LENGTH.start());
    assert_eq!(prompt["max_length"], *limits::AGENT_PROMPT_LENGTH.end());
    assert_eq!(field(agent, "files")["max_items"], limits::AGENT_FILES_MAX);

    let batch = &table.endpoint("assets.direct_uploads.batches.create")["body"]["fields"];
    let files = field(batch, "files");
    assert_eq!(files["max_items"], limits::UPLOAD_BATCH_FILES_MAX);

    let ids = field(
        &table.endpoint("assets.statuses.list")["query"],
        "asset_ids",
    );
    let note = ids["note"].as_str().unwrap();
    assert!(note.contains(&format!("at most {} ids", limits::STATUS_IDS_MAX)));
}

fn field<'a>(fields: &'a Value, name: &str) -> &'a Value {
    fields
        .as_array()
        .unwrap()
        .iter()
        .find(|field| field["name"] == name)
        .unwrap()
}

#[test]
fn the_limit_of_a_page_is_checked() {
    for (limit, is_valid) in [(0, false), (1, true), (100, true), (101, false)] {
        let mut list = ListAssets::new("sam");
        list.limit = Some(limit);
        assert_eq!(list.validate().is_ok(), is_valid, "{limit}");
        let mut batch = GetUploadBatch::new("b".parse().unwrap());
        batch.limit = Some(limit);
        assert_eq!(batch.validate().is_ok(), is_valid, "{limit}");
    }
    let mut search = SearchAssets::new("tree", SearchType::Image);
    search.limit = Some(51);
    assert_eq!(problem(&search), "limit: is 51, the API takes 1 to 50");
    assert_eq!(problem(&ListAssets::new("")), "username: is empty");
}

#[test]
fn texts_are_counted_in_characters() {
    let search = |query: String| SearchAssets::new(query, SearchType::Image);
    assert!(search("ä".repeat(1000)).validate().is_ok());
    assert_eq!(
        problem(&search("ä".repeat(1001))),
        "query: has 1001 characters, the API takes 1 to 1000"
    );
    assert_eq!(
        problem(&search(String::new())),
        "query: has 0 characters, the API takes 1 to 1000"
    );
    assert_eq!(
        problem(&CreateVideoAgent::new("p".repeat(10_001))),
        "prompt: has 10001 characters, the API takes 1 to 10000"
    );
}

#[test]
fn items_are_counted() {
    let url: Url = "https://example.com/a".parse().unwrap();
    let agent =
        |files| CreateVideoAgent::new("p").with_files(vec![AssetInput::url(url.clone()); files]);
    assert!(agent(20).validate().is_ok());
    assert_eq!(
        problem(&agent(21)),
        "files: has 21 items, the API takes 0 to 20"
    );

    let file = UploadBatchFile::new("a.mp4", MediaType::Mp4, ByteSize::new(1));
    let batch = |files| CreateUploadBatch::new(vec![file.clone(); files]);
    assert!(batch(100).validate().is_ok());
    assert_eq!(
        problem(&batch(0)),
        "files: has 0 items, the API takes 1 to 100"
    );
    assert_eq!(
        problem(&batch(101)),
        "files: has 101 items, the API takes 1 to 100"
    );

    let mut statuses = ListAssetStatuses::new(vec!["a".parse().unwrap(); 60]);
    statuses.batch_ids = vec!["b".parse().unwrap(); 41];
    assert_eq!(
        problem(&statuses),
        "asset_ids: has 101 items, the API takes 1 to 100"
    );
    assert_eq!(
        problem(&ListAssetStatuses::default()),
        "asset_ids: has 0 items, the API takes 1 to 100"
    );
}

#[test]
fn empty_files_are_refused() {
    let empty = CreateDirectUpload::new("a.mp4", MediaType::Mp4, ByteSize::new(0));
    assert_eq!(
        problem(&empty),
        "size_bytes: is 0, the API takes positive sizes only"
    );

    let files = [1, 0].map(|size| UploadBatchFile::new("a", MediaType::Mp4, ByteSize::new(size)));
    assert_eq!(
        problem(&CreateUploadBatch::new(files.into())),
        "files: [1].size_bytes is 0, the API takes positive sizes only"
    );
}
