use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    process::Command,
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
fn proxy_that_refuses_is_named() {
    for (answer, kind) in [
        (
            b"HTTP/1.1 407 Who\r\ncontent-length: 0\r\n\r\n".as_slice(),
            TransportErrorKind::Incompatible,
        ),
        (b"nonsense\r\n\r\n", TransportErrorKind::Incompatible),
        (b"HTTP/1.1 502 No\r\n\r\n", TransportErrorKind::Connect),
        (b"", TransportErrorKind::Connect),
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
        let error = error.unwrap_err();
        assert_eq!(error.kind(), kind, "{error:?}");
        let server = format!("api.example.test:80 through the proxy {}", proxy.address());
        assert!(error.to_string().contains(&server), "{error}");
    }
}

/// The environment of a process can only be set from outside, so this starts itself again.
#[test]
fn each_scheme_has_its_own_proxy_in_the_environment() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.respond(200, b"here")
    });
    let (address, heads) = proxy(server.address().port());
    let nobody = format!("http://{}", Server::nobody());
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "proxy::child_with_an_environment", "--ignored"])
        .env_remove("REQUEST_METHOD")
        .env_remove("HTTP_PROXY")
        .env("http_proxy", format!("http://{address}"))
        // One that this transport does not speak to.
        .env("HTTPS_PROXY", nobody.replace("http", "socks5"))
        .env("ALL_PROXY", &nobody)
        .env("no_proxy", "")
        .env_remove("NO_PROXY")
        .env("HEYGEN_TEST_DIRECT", server.url("/"))
        .status();
    assert!(status.unwrap().success());
    let head = heads.try_recv().unwrap();
    assert!(
        head.starts_with("CONNECT storage.example.test:80 "),
        "{head}"
    );
    assert!(heads.try_recv().is_err(), "one of two went through it");
}

#[test]
#[ignore = "it is run by `each_scheme_has_its_own_proxy_in_the_environment`"]
fn child_with_an_environment() {
    let transport = UreqTransport::builder().build().unwrap();
    let direct = std::env::var("HEYGEN_TEST_DIRECT").unwrap();
    for url in ["http://storage.example.test/", &direct] {
        assert_eq!(text(transport.send(put(url, "")).run().unwrap()), "here");
    }
    let secure = transport.send(put("https://storage.example.test/", ""));
    let error = secure.run().unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Request);
    assert!(format!("{error:?}").contains("HTTPS_PROXY"), "{error:?}");
}
