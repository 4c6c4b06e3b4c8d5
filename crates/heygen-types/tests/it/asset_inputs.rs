use heygen_types::{AssetInput, AssetLink, Base64Data, MediaType};
use serde_json::{Value, json};

fn kinds() -> [(Value, AssetInput); 3] {
    [
        (
            json!({"type": "asset_id", "asset_id": "asset_1"}),
            AssetInput::asset("asset_1".parse().unwrap()),
        ),
        (
            json!({"type": "url", "url": "https://example.com/a.png"}),
            AssetInput::url("https://example.com/a.png".parse().unwrap()),
        ),
        (
            json!({"type": "base64", "media_type": "image/png", "data": "AAAA"}),
            AssetInput::base64(MediaType::Png, Base64Data::new("AAAA")),
        ),
    ]
}

#[test]
fn the_three_kinds_go_both_ways() {
    for (json, input) in kinds() {
        assert_eq!(serde_json::to_value(&input).unwrap(), json);
        assert_eq!(serde_json::from_value::<AssetInput>(json).unwrap(), input);
    }
}

#[test]
fn a_link_takes_two_kinds_and_refuses_the_bytes() {
    let [asset, url, base64] = kinds();
    for (json, input) in [asset, url] {
        let link: AssetLink = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&link).unwrap(), json);
        assert_eq!(AssetInput::from(link), input);
    }
    let problem = serde_json::from_value::<AssetLink>(base64.0).unwrap_err();
    assert!(problem.to_string().contains("base64"), "{problem}");
}

#[test]
fn an_asset_id_is_an_input_of_either_sort() {
    let id: heygen_types::AssetId = "asset_1".parse().unwrap();
    assert_eq!(AssetInput::from(id.clone()), AssetInput::asset(id.clone()));
    assert_eq!(AssetLink::from(id.clone()), AssetLink::asset(id));
}

#[test]
fn unknown_kinds_and_fields_are_refused() {
    for json in [
        json!({"type": "file", "path": "/etc/passwd"}),
        json!({"asset_id": "asset_1"}),
        json!({"type": "url"}),
        json!({"type": "url", "url": "https://a", "asset_id": "asset_1"}),
        json!({"type": "asset_id", "asset_id": "a/b"}),
    ] {
        assert!(serde_json::from_value::<AssetInput>(json.clone()).is_err());
        assert!(serde_json::from_value::<AssetLink>(json).is_err());
    }
}

#[test]
fn debug_shows_the_length_of_the_bytes_only() {
    let input = AssetInput::base64(MediaType::Png, Base64Data::new("U0VDUkVU"));
    let debug = format!("{input:?}");
    assert!(debug.contains("Base64Data(8 characters)"), "{debug}");
    assert!(!debug.contains("U0VDUkVU"), "{debug}");
}

#[test]
fn an_input_becomes_a_link_unless_it_carries_the_bytes() {
    let [(_, asset), (_, url), (_, bytes)] = kinds();
    for input in [asset, url] {
        let link = AssetLink::try_from(input.clone()).unwrap();
        assert_eq!(AssetInput::from(link), input);
    }
    let problem = AssetLink::try_from(bytes).unwrap_err().to_string();
    assert!(problem.contains("upload the file"), "{problem}");
    assert!(!problem.contains("AAAA"), "{problem}");
}
