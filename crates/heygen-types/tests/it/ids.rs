use heygen_types::{
    AssetId, BatchId, Operation as _, SessionId,
    assets::{GetAsset, GetUploadBatch},
    video_agents::GetVideoAgent,
};

#[test]
fn an_id_is_kept_as_it_is() {
    for text in ["asset_0123", "ast-1.b", "...", "Ä", "a b", "a?b#c%41"] {
        let id: AssetId = text.parse().unwrap();
        assert_eq!(id.as_str(), text);
        assert_eq!(id.to_string(), text);
        assert_eq!(String::from(id.clone()), text);
        let json = serde_json::to_value(&id).unwrap();
        assert_eq!(json, text);
        assert_eq!(serde_json::from_value::<AssetId>(json).unwrap(), id);
    }
}

#[test]
fn ids_that_could_change_a_request_are_refused() {
    for (text, says) in [
        ("", "is empty"),
        (".", "would change the path"),
        ("..", "would change the path"),
        ("a/b", "'/'"),
        ("a\\b", "'\\\\'"),
        ("a\nb", "'\\n'"),
        ("a\r", "'\\r'"),
        ("a\0", "'\\0'"),
        ("a\u{7f}", "'\\u{7f}'"),
        ("a\u{85}", "'\\u{85}'"),
    ] {
        let problem = AssetId::try_from(text).unwrap_err();
        assert_eq!(problem.field(), "AssetId");
        assert!(problem.problem().contains(says), "{text:?}: {problem}");
        let json = serde_json::to_string(text).unwrap();
        assert!(serde_json::from_str::<AssetId>(&json).is_err(), "{text:?}");
    }
}

#[test]
fn the_longest_id_is_named_in_the_message() {
    assert!(BatchId::try_from("a".repeat(256)).is_ok());
    let problem = BatchId::try_from("a".repeat(257)).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "BatchId: has 257 bytes, at most 256 are accepted"
    );
}

#[test]
fn an_id_cannot_leave_its_place_in_the_path() {
    let path = |id: &str| GetAsset::new(id.parse().unwrap()).path();
    assert_eq!(path("asset_0-1.2~3"), "/v3/assets/asset_0-1.2~3");
    assert_eq!(
        path("a b?c#d%2F&e=f;g+h"),
        "/v3/assets/a%20b%3Fc%23d%252F%26e%3Df%3Bg%2Bh"
    );
    assert_eq!(path("ä"), "/v3/assets/%C3%A4");
    assert_eq!(path("..."), "/v3/assets/...");

    let batch = GetUploadBatch::new("b:1".parse().unwrap());
    assert_eq!(batch.path(), "/v3/assets/batches/b%3A1");
    let session = GetVideoAgent::new("{x}".parse::<SessionId>().unwrap());
    assert_eq!(session.path(), "/v3/video-agents/%7Bx%7D");
}
