use http::{HeaderName, HeaderValue, Method};

use super::{
    Limits, Subject,
    support::{fetch, pattern, request, run},
};
use crate::server::{Connection, Server};

/// A presigned URL is signed as it is written, so no byte of it may change on the way.
pub fn uri_is_sent_byte_for_byte(subject: &dyn Subject) {
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    let targets = [
        "/",
        "/a//b/./c/../d",
        "/%7e/%7E/~/%2f/%2F",
        "/a+b/a%20b/a%2Bb",
        "/!$&'()*,;=:@-._",
        "/%E3%82%AF%e3%83%aa",
        "/key?",
        "/?X-Amz-Signature=0aF&X-Amz-SignedHeaders=content-length%3Bhost&x=/?:@",
        "/?a=b&a=b&&=&%",
        "/?plus=+&slash=%2f&colon=:&tilde=~&empty",
        "/x?[0]={a}|^`",
    ];
    for target in targets {
        run(
            subject,
            fetch(
                &transport,
                request(Method::PUT, &server.url(target), pattern(9).to_vec()),
            ),
        );
    }
    for (target, head) in targets.iter().zip(server.heads()) {
        assert_eq!(
            String::from_utf8_lossy(head.request_line()),
            format!("PUT {target} HTTP/1.1"),
        );
    }
}

/// Signed headers must arrive with the signed value, and a second copy breaks the signature.
pub fn headers_arrive_once_and_unchanged(subject: &dyn Subject) {
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    let headers: [(&str, &[u8]); 8] = [
        ("content-type", b"video/mp4"),
        ("content-length", b"9"),
        ("user-agent", b"somebody/1.0 (a comment)"),
        (
            "x-amz-checksum-sha256",
            b"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ),
        ("x-amz-meta-name", b"a  b\tc; \"d\", 'e'"),
        ("x-amz-meta-bytes", b"\xc3\xa4\xff"),
        ("x-empty", b""),
        ("authorization", b"Bearer secret"),
    ];
    let mut put = request(Method::PUT, &server.url("/"), pattern(9).to_vec());
    for (name, value) in headers {
        put.headers_mut().append(
            HeaderName::from_static(name),
            HeaderValue::from_bytes(value).expect("a header value"),
        );
    }
    for value in ["one", "two"] {
        put.headers_mut()
            .append("x-twice", HeaderValue::from_static(value));
    }
    run(subject, fetch(&transport, put));
    let head = server.heads().remove(0);
    for (name, value) in headers {
        assert_eq!(head.header(name), [value], "{name}");
    }
    assert_eq!(head.header("x-twice"), [b"one", b"two"]);
}

/// Whatever else goes out may be signed against, or tell more than it should.
pub fn nothing_is_added_to_the_headers(subject: &dyn Subject) {
    let own = ["host", "content-length", "expect", "user-agent"];
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    for (method, len_bytes) in [
        (Method::GET, 0),
        (Method::DELETE, 0),
        (Method::POST, 100),
        (Method::PUT, 3 << 20),
    ] {
        let mut any = request(method, &server.url("/"), pattern(len_bytes).to_vec());
        any.headers_mut()
            .insert("x-given", HeaderValue::from_static("1"));
        run(subject, fetch(&transport, any));
    }
    for head in server.heads() {
        let host = server.address().to_string();
        assert_eq!(head.header("host"), [host.as_bytes()]);
        let mut names: Vec<String> = head.headers().map(|(name, _)| name).collect();
        names.retain(|name| name != "x-given");
        for name in &names {
            assert!(own.contains(&name.as_str()), "{name} was added");
        }
        names.sort();
        names.dedup();
        assert_eq!(
            names.len() + 1,
            head.headers().count(),
            "a header is doubled"
        );
    }
}

/// Takes every request whole and answers it.
pub(super) fn accept(connection: &mut Connection) -> std::io::Result<()> {
    loop {
        connection.read_request()?;
        connection.respond(200, b"")?;
    }
}
