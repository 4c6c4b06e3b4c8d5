//! A request outside its limits is refused before it is sent, by field, value and limit.

use heygen_types::{
    AssetInput, ByteSize, MediaType, Operation, Url,
    assets::{
        CreateDirectUpload, CreateUploadBatch, GetUploadBatch, ListAssetStatuses, ListAssets,
        SearchAssets, SearchType, UploadBatchFile,
    },
    video_agents::CreateVideoAgent,
};

fn problem(operation: &impl Operation) -> String {
    operation.validate().unwrap_err().to_string()
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
