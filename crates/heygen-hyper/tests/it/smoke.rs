use std::{
    io::{Read, Write},
    net::TcpListener,
    thread,
};

use bytes::Bytes;
use heygen_client::{Body, Transport};
use heygen_hyper::HyperTransport;
use http_body_util::BodyExt;

#[tokio::test]
async fn two_requests() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let addr = listener.local_addr().unwrap();
    let server = thread::spawn(move || {
        let (mut s, _) = listener.accept().unwrap();
        let mut seen = Vec::new();
        for _ in 0..2 {
            let mut b = [0; 4096];
            let n = s.read(&mut b).unwrap();
            seen.push(String::from_utf8_lossy(&b[..n]).into_owned());
            s.write_all(b"HTTP/1.1 403 No\r\ncontent-length: 2\r\n\r\nhi").unwrap();
        }
        seen
    });
    let t = HyperTransport::builder().no_proxy().build().unwrap();
    for _ in 0..2 {
        let r = http::Request::put(format!("http://{addr}/a//b?x=%2f~+"))
            .body(Body::from(Bytes::from_static(b"hello")))
            .unwrap();
        let r = t.send(r).await.unwrap();
        assert_eq!(r.status(), 403);
        assert_eq!(r.into_body().collect().await.unwrap().to_bytes(), "hi");
    }
    for s in server.join().unwrap() {
        println!("{s}");
    }
}
