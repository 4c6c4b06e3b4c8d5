use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
};

use heygen_client::{Transport as _, TransportErrorKind};
use heygen_testing::server::Server;
use heygen_ureq::{Blocking as _, UreqTransport};

use crate::backend::{Backend, put, read_head, text};

/// Starts a proxy that connects everybody to this port, and returns the heads that it was sent.
fn proxy(port: u16) -> (String, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let (heads, received) = mpsc::channel();
    thread::spawn(move || {
        for client in listener.incoming().map_while(Result::ok) {
            let heads = heads.clone();
            thread::spawn(move || {
                let mut client = client;
                heads.send(read_head(&mut client).unwrap()).unwrap();
                client.write_all(b"HTTP/1.1 200 Here\r\n\r\n").unwrap();
                let server = TcpStream::connect(("127.0.0.1", port)).unwrap();
                let upward = (client.try_clone().unwrap(), server.try_clone().unwrap());
                thread::spawn(move || pass(upward.0, upward.1));
                pass(server, client);
            });
        }
    });
    (address, received)
}

fn pass(mut from: TcpStream, mut to: TcpStream) {
    let mut block = [0; 8192];
    while let Ok(read @ 1..) = from.read(&mut block) {
        if to.write_all(&block[..read]).is_err() {
            return;
        }
    }
}

#[test]
fn requests_go_through_a_tunnel_with_the_credential_of_the_proxy() {
    let server = Backend::start(|tls| {
        let head = read_head(tls)?;
        tls.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n")?;
        let is_clean = !head.to_lowercase().contains("proxy");
        tls.write_all(if is_clean { b"ok" } else { b"no" })
    });
    let (address, heads) = proxy(server.address.port());
    let transport = server
        .trusting()
        .proxy(format!("http://user:hunter2@{address}"))
        .build()
        .unwrap();
    let response = transport
        .send(put("https://api.example.test/x?y", ""))
        .run();
    assert_eq!(text(response.unwrap()), "ok");
    let head = heads.recv().unwrap();
    assert!(
        head.starts_with("CONNECT api.example.test:443 HTTP/1.1\r\n"),
        "{head}"
    );
    assert!(head.contains("\r\nProxy-Authorization: Basic dXNlcjpodW50ZXIy\r\n"));
    assert!(!head.contains("/x"), "{head}");
}

#[test]
fn proxy_that_refuses_is_a_failure_to_connect() {
    for answer in [
        b"HTTP/1.1 407 Who\r\ncontent-length: 0\r\n\r\n".as_slice(),
        b"nonsense\r\n\r\n",
        b"",
    ] {
        let proxy = Server::start(move |connection| {
            connection.read_head()?;
            connection.send(answer)
        });
        let transport = UreqTransport::builder()
            .proxy(format!("http://{}", proxy.address()))
            .build()
            .unwrap();
        let error = transport.send(put("http://api.example.test/", "")).run();
        assert_eq!(error.unwrap_err().kind(), TransportErrorKind::Connect);
    }
}
