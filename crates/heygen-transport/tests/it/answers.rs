use heygen_client::TransportErrorKind;
use heygen_transport::{MAX_HEAD_BYTES, MAX_HEADERS, read_head};

#[test]
fn heads_are_read_as_old_gateways_write_them() {
    let input =
        b"HTTP/1.0 203 Well, yes\r\nX-Folded: a\r\n  b\r\n\tc\r\nX-Odd : 1\nX-Empty:\r\n\r\nrest";
    let (len_bytes, head) = read_head(input).unwrap().unwrap();
    assert_eq!(&input[len_bytes..], b"rest");
    assert_eq!(head.status(), 203);
    assert_eq!(head.version(), http::Version::HTTP_10);
    let folded = head.headers()["x-folded"].to_str().unwrap();
    assert_eq!(
        folded.split_whitespace().collect::<Vec<_>>(),
        ["a", "b", "c"]
    );
    assert_eq!(
        (&head.headers()["x-odd"], &head.headers()["x-empty"]),
        (&"1".parse().unwrap(), &"".parse().unwrap())
    );
    for end in 0..len_bytes {
        assert!(read_head(&input[..end]).unwrap().is_none(), "{end} bytes");
    }
}

#[test]
fn a_head_has_many_headers_and_an_end() {
    let many = |count| format!("HTTP/1.1 200 OK\r\n{}\r\n", "x-a: b\r\n".repeat(count));
    let (_, head) = read_head(many(MAX_HEADERS).as_bytes()).unwrap().unwrap();
    assert_eq!(head.headers().len(), MAX_HEADERS);
    let endless = format!("HTTP/1.1 200 OK\r\nx: {}", "y".repeat(MAX_HEAD_BYTES));
    for nonsense in [
        many(MAX_HEADERS + 1).as_str(),
        &endless,
        "SSH-2.0-OpenSSH_9.9\r\n",
        "HTTP/1.1 two\r\n",
        "HTTP/1.1 007 OK\r\n\r\n",
    ] {
        let error = read_head(nonsense.as_bytes()).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Unreadable, "{error:?}");
    }
    for tls in [
        b"\x15\x03\x01\x00\x02\x02\x46".as_slice(),
        b"\x16\x03\x03\x00\x31",
    ] {
        let error = read_head(tls).unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Incompatible, "{error:?}");
        assert!(error.hint().unwrap().contains("https://"));
    }
}
