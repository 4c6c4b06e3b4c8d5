use heygen_client::TransportErrorKind;
use heygen_transport::Head;
use http::{HeaderValue, Method, Request};

fn head(request: http::request::Builder, len_bytes: Option<u64>) -> Result<Head, String> {
    let (parts, ()) = request.body(()).unwrap().into_parts();
    let agent = HeaderValue::from_static("test/1");
    Head::new(parts, len_bytes, &agent).map_err(|error| {
        assert_eq!(error.kind(), TransportErrorKind::Request);
        std::error::Error::source(&error).unwrap().to_string()
    })
}

#[test]
fn head_is_completed_and_nothing_is_replaced() {
    let given = Request::post("https://api.example:443/x?SECRET")
        .header("x-api-key", "SECRET")
        .header("user-agent", "mine/2")
        .header("expect", "100-Continue");
    let head = head(given, Some(7)).unwrap();
    assert!(!format!("{head:?}").contains("SECRET"));
    assert_eq!(head.headers()["content-length"], "7");
    assert_eq!(head.headers()["user-agent"], "mine/2");
    assert!(head.expects_continue() && !head.headers().contains_key("expect"));
    assert_eq!(
        (head.host(), head.origin().authority().as_str()),
        (HeaderValue::from_static("api.example"), "api.example:443")
    );
}

#[test]
fn size_is_announced_where_it_must_be() {
    for (method, announces) in [
        (Method::GET, false),
        (Method::DELETE, false),
        (Method::PUT, true),
        (Method::POST, true),
    ] {
        let empty = Request::builder().method(method).uri("http://a.test:8080/");
        let head = head(empty, Some(0)).unwrap();
        assert_eq!(head.headers().contains_key("content-length"), announces);
        assert_eq!(head.host(), "a.test:8080");
        assert_eq!(head.headers()["user-agent"], "test/1");
    }
}

#[test]
fn what_cannot_be_sent_is_named_without_its_secrets() {
    let put = || Request::put("https://a.test/x?X-Amz-Signature=SECRET");
    for (request, len_bytes, says) in [
        (
            Request::put("ftp://a.test/?SECRET"),
            Some(1),
            "neither http nor https",
        ),
        (
            Request::put("/only/a/path?SECRET"),
            Some(1),
            "neither http nor https",
        ),
        (Request::put("https://SECRET@a.test/"), Some(1), "user name"),
        (
            Request::put("https://a.test:99999/?SECRET"),
            Some(1),
            "port",
        ),
        (Request::put("https://a.test:8x/?SECRET"), Some(1), "port"),
        (Request::put("https://a.test:-1/?SECRET"), Some(1), "port"),
        (Request::put("https://a..test/?SECRET"), Some(1), "host"),
        (put().method(Method::CONNECT), Some(1), "CONNECT"),
        (put(), None, "size"),
        (
            put().header("transfer-encoding", "chunked"),
            Some(1),
            "transfer-encoding",
        ),
        (
            put().header("content-length", "2"),
            Some(1),
            "content-length",
        ),
    ] {
        let why = head(request, len_bytes).unwrap_err();
        assert!(why.contains(says) && !why.contains("SECRET"), "{why}");
    }
}
