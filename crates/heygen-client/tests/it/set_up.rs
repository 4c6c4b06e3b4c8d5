use heygen_client::{ApiKey, BaseUrl, ErrorKind};

use crate::script::World;

fn key() -> ApiKey {
    "canary-key".parse().unwrap()
}

#[test]
fn a_client_needs_a_credential() {
    let error = World::new([]).builder().build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
}

#[test]
fn plain_http_is_for_this_machine_unless_allowed() {
    let builder = |url: &str| {
        let url: BaseUrl = url.parse().unwrap();
        World::new([]).builder().credential(key()).base_url(url)
    };
    for url in [
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]:1",
        "https://x.example",
    ] {
        builder(url).build().unwrap();
    }
    for url in [
        "http://x.example",
        "http://10.0.0.1",
        "http://localhost.example",
    ] {
        let error = builder(url).build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Configuration);
        builder(url).allow_http(true).build().unwrap();
    }
}

#[test]
fn what_is_no_base_url_is_refused_with_a_reason() {
    for (text, reason) in [
        ("", "is not a URL"),
        ("not a url", "is not a URL"),
        ("api.heygen.com", "has no scheme"),
        ("/v3", "has no scheme"),
        ("ftp://x", "neither http nor https"),
        ("https://x:99999", "port"),
        ("https://x:8x/v3", "port"),
        ("https://x:-1", "port"),
        ("https://x:", "port"),
        ("http://localhost:0", "port"),
        ("https://x..y", "host"),
        ("https://", "is not a URL"),
        ("https://[::1", "is not a URL"),
        ("https://user:canary@x", "user name"),
        ("http://p://user:canary@x", "user name"),
        ("https://x/?q=1", "query"),
        ("https://x/#f", "fragment"),
        ("https://x\n", "is not a URL"),
    ] {
        let error = text.parse::<BaseUrl>().unwrap_err().to_string();
        assert!(error.contains(reason), "{text:?}: {error}");
        assert!(!error.contains("canary"));
    }
    let url: BaseUrl = "https://proxy.example/heygen//".parse().unwrap();
    assert_eq!(url.as_str(), "https://proxy.example/heygen");
}

#[test]
fn what_is_no_key_is_refused_without_showing_it() {
    for (text, reason) in [
        ("", "empty"),
        ("canary\n", "line break"),
        ("canary canary", "space"),
        ("canaryé", "ASCII"),
        ("canary\0", "control"),
    ] {
        let error = text.parse::<ApiKey>().unwrap_err().to_string();
        assert!(error.contains(reason), "{error}");
        assert!(!error.contains("canary"));
    }
}

#[test]
fn no_debug_shows_a_secret() {
    let world = World::new([]);
    let builder = world.builder().credential(key());
    let shown = format!(
        "{builder:?} {:?} {:?}",
        builder.clone().build().unwrap(),
        key()
    );
    assert!(!shown.contains("canary"), "{shown}");
}
