use heygen_types::{
    ByteSize, PresignedUrl, Url,
    assets::{AssetRecord, UploadSlot},
};

#[test]
fn absolute_web_urls_are_taken_and_kept() {
    for text in [
        "https://a.example/b?c=d#e",
        "HTTP://a",
        "http://127.0.0.1:80/",
    ] {
        let url: Url = text.parse().unwrap();
        assert_eq!(url.as_str(), text);
        assert_eq!(serde_json::to_value(&url).unwrap(), text);
    }
}

#[test]
fn other_texts_are_refused_with_the_reason() {
    for (text, says) in [
        ("", "is not an http or https URL"),
        ("ftp://a", "is not an http or https URL"),
        ("//a/b", "is not an http or https URL"),
        ("file.mp4", "is not an http or https URL"),
        ("höhö", "is not an http or https URL"),
        ("https://", "has no host"),
        ("https:///a", "has no host"),
        ("https://?a", "has no host"),
        ("https://a/b c", "holds a space"),
        (
            "https://a/\r\nHost: b",
            "holds a space or a control character",
        ),
    ] {
        let problem = text.parse::<Url>().unwrap_err();
        assert_eq!(problem.field(), "url");
        assert!(problem.problem().contains(says), "{text:?}: {problem}");
    }
}

#[test]
fn debug_shows_no_query() {
    const SECRET: &str = "X-Amz-Signature=SECRET";
    for rest in [format!("?{SECRET}"), format!("#{SECRET}")] {
        let text = format!("https://s.example/o{rest}");
        let presigned = PresignedUrl::new(text.clone());
        assert_eq!(format!("{presigned:?}"), r#""https://s.example/o?…""#);
        assert_eq!(presigned.without_query(), "https://s.example/o");
        assert_eq!(presigned.expose(), text);

        let url: Url = text.parse().unwrap();
        assert_eq!(format!("{url:?}"), r#""https://s.example/o?…""#);
        assert_eq!(url.without_query(), "https://s.example/o");
    }
    let plain = PresignedUrl::new("https://s.example/o\n");
    assert_eq!(format!("{plain:?}"), r#""https://s.example/o\n""#);
}

#[test]
fn a_presigned_url_is_kept_byte_for_byte() {
    for text in [
        "",
        "not a url",
        "https://s.example/%2f?a=%2F&b=+ &&c",
        "ftp://x\r\ny",
    ] {
        let json = serde_json::to_string(text).unwrap();
        let url: PresignedUrl = serde_json::from_str(&json).unwrap();
        assert_eq!(url.expose(), text);
        assert_eq!(serde_json::to_string(&url).unwrap(), json);
    }
}

#[test]
fn debug_of_what_holds_a_url_shows_no_query_either() {
    let mut slot = UploadSlot::new(
        "asset_1".parse().unwrap(),
        PresignedUrl::new("https://s.example/o?X-Amz-Signature=SECRET"),
        3600,
        ByteSize::new(1),
    );
    slot.upload_headers = slot.upload_headers.with("x-token", "SECRET");
    assert!(!format!("{slot:?}").contains("SECRET"));

    let mut record = AssetRecord::new(
        "asset_1".parse().unwrap(),
        "a.mp4",
        "sam",
        "space".parse().unwrap(),
        "video",
        0,
    );
    record.url = Some("https://s.example/o?Signature=SECRET".parse().unwrap());
    assert!(!format!("{record:?}").contains("SECRET"));
}
