//! What the server says of a place in storage is checked before anything is sent there.

use heygen_client::{ApiKey, BaseUrl, ErrorKind, Route, Source};

use crate::script::{Answer, World, block_on};

/// Uploads to a slot with this URL, by way of an API at this address, and tells whether the file
/// was sent.
fn is_sent(base: &str, allow_http: bool, url: &str) -> bool {
    let slot = format!(
        r#"{{"data":{{"asset_id":"a","upload_url":"{url}","upload_headers":{{}},"expires_in_seconds":60,"max_bytes":100,"status":"pending_upload"}}}}"#
    );
    let done = r#"{"data":{"asset_id":"a","mime_type":"image/png","size_bytes":16,"status":"processing","url":"https://f/a"}}"#;
    let world = World::serving(move |sent| match sent.uri.as_str() {
        create if create.ends_with("direct-uploads") => Answer::json(200, slot.clone()),
        complete if complete.ends_with("complete") => Answer::json(200, done),
        _ => Answer::json(200, ""),
    });
    let client = world
        .builder()
        .credential("key".parse::<ApiKey>().unwrap())
        .base_url(base.parse::<BaseUrl>().unwrap())
        .allow_http(allow_http)
        .build()
        .unwrap();
    let image = Source::bytes("a.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]);
    let uploaded = block_on(async { client.assets().upload(image).route(Route::Direct).await });
    let is_sent = world.sent().iter().any(|sent| sent.method == "PUT");
    assert_eq!(uploaded.is_ok(), is_sent);
    if let Err(error) = uploaded {
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error:?}");
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("upload_url"), "{cause}");
        assert!(!format!("{error:?}").contains("SIGNATURE"));
    }
    is_sent
}

/// A file must not travel in the clear because an answer says so.
#[test]
fn plain_http_is_for_those_who_speak_it_with_the_api() {
    let (public, local) = ("https://api.heygen.com", "http://127.0.0.1:1");
    for (base, allow_http, url, expected) in [
        (public, false, "https://s.example/k?SIGNATURE", true),
        (public, false, "http://s.example/k?SIGNATURE", false),
        (public, false, "http://127.0.0.1/k?SIGNATURE", false),
        (public, true, "HTTP://s.example/k?SIGNATURE", false),
        // To speak plain http with this machine is no permission to speak it with others.
        (local, false, "http://127.0.0.1:2/k?SIGNATURE", true),
        (local, false, "http://localhost/k?SIGNATURE", true),
        (local, false, "http://s.example/k?SIGNATURE", false),
        (local, false, "https://s.example/k?SIGNATURE", true),
        (local, true, "http://s.example/k?SIGNATURE", true),
        (
            "http://10.0.0.1",
            true,
            "http://s.example/k?SIGNATURE",
            true,
        ),
    ] {
        assert_eq!(is_sent(base, allow_http, url), expected, "{base}, {url}");
    }
}
