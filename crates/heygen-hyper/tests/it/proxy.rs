use std::{
    net::SocketAddr,
    process::Command,
    sync::{Arc, Mutex},
};

use bytes::Bytes;
use heygen_client::{
    Destination, Transport,
    TransportErrorKind::{self, Connect, Incompatible},
};
use heygen_hyper::HyperTransport;
use heygen_testing::server::Server;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional},
    net::{TcpListener, TcpStream},
};

use crate::backend::{Backend, request, text};

/// A proxy that takes every `CONNECT` to one server, and answers everything else itself.
struct Proxy {
    address: SocketAddr,
    heads: Arc<Mutex<Vec<String>>>,
}

impl Proxy {
    async fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let heads: Arc<Mutex<Vec<String>>> = Arc::default();
        let seen = Arc::clone(&heads);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let seen = Arc::clone(&seen);
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(client.read_u8().await.unwrap());
                    }
                    let head = String::from_utf8(head).unwrap();
                    let is_tunnel = head.starts_with("CONNECT ");
                    let is_refused = head.contains("refused.test");
                    seen.lock().unwrap().push(head);
                    let answer: &[u8] = match (is_tunnel, is_refused) {
                        (_, true) => b"HTTP/1.1 407 Who?\r\ncontent-length: 0\r\n\r\n",
                        (true, _) => b"HTTP/1.1 200 Connected\r\n\r\n",
                        (false, _) => b"HTTP/1.1 200 OK\r\ncontent-length: 7\r\n\r\nproxied",
                    };
                    client.write_all(answer).await.unwrap();
                    if is_tunnel && !is_refused {
                        let mut server = TcpStream::connect(server).await.unwrap();
                        drop(copy_bidirectional(&mut client, &mut server).await);
                    }
                });
            }
        });
        Self { address, heads }
    }

    fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

#[tokio::test]
async fn https_goes_through_a_tunnel() {
    let server = Backend::start().await;
    let proxy = Proxy::start(server.address).await;
    let transport = server
        .trusting()
        .proxy(format!("http://user:hunter2@{}", proxy.address))
        .build()
        .unwrap();
    for (destination, version) in [
        (Destination::Api, "HTTP/2.0"),
        (Destination::Storage, "HTTP/1.1"),
    ] {
        let put = request(
            destination,
            "https://api.example.test/x?y",
            Bytes::from_static(b"\x07"),
        );
        let answer = text(transport.send(put).await.unwrap()).await;
        assert_eq!(answer, format!("{version} api.example.test /x?y 7"));
    }
    for head in proxy.heads() {
        assert!(
            head.starts_with("CONNECT api.example.test:443 HTTP/1.1\r\n"),
            "{head}"
        );
        // user:hunter2
        assert!(
            head.contains("Proxy-Authorization: Basic dXNlcjpodW50ZXIy\r\n"),
            "{head}"
        );
    }
}

#[tokio::test]
async fn refusal_of_the_proxy_is_named() {
    let proxy = Proxy::start("127.0.0.1:1".parse().unwrap()).await;
    let server = Backend::start().await;
    let transport = server
        .trusting()
        .proxy(format!("http://user:hunter2@{}", proxy.address))
        .build()
        .unwrap();
    let address = proxy.address.to_string();
    // With a tunnel and without.
    for url in [
        "https://refused.test/?secret",
        "http://refused.test/?secret",
    ] {
        let put = request(Destination::Api, url, Bytes::new());
        let error = transport.send(put).await.unwrap_err();
        assert_eq!(error.kind(), Incompatible);
        let shown = format!("{error} {error:?}");
        assert!(shown.contains("407") && shown.contains(&address), "{shown}");
        assert!(
            !shown.contains("hunter2") && !shown.contains("secret"),
            "{shown}"
        );
        assert!(error.hint().unwrap().contains("password"), "{error:?}");
    }
}

#[tokio::test]
async fn plain_http_is_forwarded_whole() {
    let proxy = Proxy::start("127.0.0.1:1".parse().unwrap()).await;
    let transport = HyperTransport::builder()
        .proxy(format!("http://user:hunter2@{}", proxy.address))
        .build()
        .unwrap();
    let url = "http://storage.example.test:8080/a//b?x=%2f~";
    let put = request(Destination::Storage, url, Bytes::from_static(b"x"));
    assert_eq!(text(transport.send(put).await.unwrap()).await, "proxied");
    let head = proxy.heads().remove(0).to_ascii_lowercase();
    assert!(
        head.starts_with(&format!("put {url} http/1.1\r\n")),
        "{head}"
    );
    assert!(
        head.contains("host: storage.example.test:8080\r\n"),
        "{head}"
    );
    assert!(
        head.contains("proxy-authorization: basic dxnlcjpodw50zxiy\r\n"),
        "{head}"
    );
}

#[tokio::test]
async fn certificate_of_the_proxy_is_checked() {
    let proxy = Backend::start().await;
    let (somebody_else, _) = crate::backend::certificate();
    let transport = HyperTransport::builder()
        .add_root_certificates_pem(somebody_else)
        .proxy(proxy.url("/"))
        .build()
        .unwrap();
    for url in ["https://api.example.test/", "http://api.example.test/"] {
        let put = request(Destination::Api, url, Bytes::new());
        let error = transport.send(put).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Untrusted, "{error:?}");
    }
}

#[tokio::test]
async fn socks_passes_the_name_on() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let proxy = tokio::spawn(async move {
        let (mut client, _) = listener.accept().await.unwrap();
        let mut greeting = [0; 2];
        client.read_exact(&mut greeting).await.unwrap();
        let mut methods = vec![0; usize::from(greeting[1])];
        client.read_exact(&mut methods).await.unwrap();
        client.write_all(&[5, 0]).await.unwrap();
        let mut command = [0; 5];
        client.read_exact(&mut command).await.unwrap();
        let mut name = vec![0; usize::from(command[4]) + 2];
        client.read_exact(&mut name).await.unwrap();
        client
            .write_all(&[5, 0, 0, 1, 127, 0, 0, 1, 0, 80])
            .await
            .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(client.read_u8().await.unwrap());
        }
        client
            .write_all(b"HTTP/1.1 204 Done\r\n\r\n")
            .await
            .unwrap();
        (name, head)
    });
    let transport = HyperTransport::builder()
        .proxy(format!("socks5h://{address}"))
        .build()
        .unwrap();
    let put = request(
        Destination::Storage,
        "http://storage.example.test/x",
        Bytes::new(),
    );
    assert_eq!(transport.send(put).await.unwrap().status(), 204);
    let (name, head) = proxy.await.unwrap();
    assert_eq!(name, b"storage.example.test\x00\x50");
    assert!(head.starts_with(b"PUT /x HTTP/1.1\r\n"));
}

/// Starts a SOCKS proxy that answers a greeting, a credential and a command with these bytes, as far as
/// there are any, and then hangs up.
async fn refusing_socks(answers: &'static [&'static [u8]]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            for answer in answers {
                // Each message of the client comes whole, since it waits for the answer.
                client.readable().await.unwrap();
                let _ = client.try_read(&mut [0; 600]);
                drop(client.write_all(answer).await);
            }
            drop(client.shutdown().await);
            // Until the client has hung up, so that nothing is lost to a reset.
            drop(client.read_to_end(&mut Vec::new()).await);
        }
    });
    address
}

/// What a proxy answers, and what that is.
type Refusal = (&'static [&'static [u8]], TransportErrorKind, &'static str);

const REFUSALS: &[Refusal] = &[
    (&[b"\x05\xff"], Incompatible, "password"),
    // It asks for a credential that was not offered, or refuses the one it got.
    (&[b"\x05\x02", b"\x01\x01"], Incompatible, "password"),
    (
        &[b"\x05\0", b"\x05\x02\0\x01\0\0\0\0\0\0"],
        Incompatible,
        "rules of the proxy",
    ),
    (
        &[b"\x05\0", b"\x05\x08\0\x01\0\0\0\0\0\0"],
        Incompatible,
        "URL of the proxy",
    ),
    (
        &[b"HTTP/1.1 400 What\r\n\r\n"],
        Incompatible,
        "URL of the proxy",
    ),
    (&[b"\x05\0", b"\x05\x05\0\x01\0\0\0\0\0\0"], Connect, ""),
    (&[b""], Connect, ""),
];

#[tokio::test]
async fn refusals_of_a_socks_proxy_are_told_apart() {
    let server = Backend::start().await;
    for (answers, kind, hint) in REFUSALS.iter().copied() {
        let address = refusing_socks(answers).await;
        for credential in ["", "user:hunter2@"] {
            let transport = server
                .trusting()
                .proxy(format!("socks5h://{credential}{address}"))
                .build()
                .unwrap();
            for url in ["http://api.test/?secret", "https://api.test/?secret"] {
                let put = request(Destination::Api, url, Bytes::new());
                let error = transport.send(put).await.unwrap_err();
                assert_eq!(error.kind(), kind, "{error:?}");
                let given = error.hint().unwrap_or_default();
                assert!(given.contains(hint), "{error:?}: {given}");
                assert_eq!(given.is_empty(), hint.is_empty(), "{error:?}: {given}");
                let shown = format!("{error} {error:?}");
                assert!(shown.contains(&address.to_string()), "{shown}");
                assert!(
                    !shown.contains("hunter2") && !shown.contains("secret"),
                    "{shown}"
                );
            }
        }
    }
}

/// The environment of a process can only be set from outside, so this starts itself again.
#[tokio::test]
async fn environment_is_read() {
    let server = Server::start(|connection| {
        connection.read_request()?;
        connection.respond(200, b"direct")
    });
    let proxy = Proxy::start("127.0.0.1:1".parse().unwrap()).await;
    let child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "proxy::child_of_environment_is_read",
            "--ignored",
        ])
        .env_remove("REQUEST_METHOD")
        .env_remove("HTTP_PROXY")
        .env_remove("NO_PROXY")
        .env("http_proxy", format!("http://{}", proxy.address))
        // Not for plain http, and not readable.
        .env(
            "HTTPS_PROXY",
            format!("http://user:hunter#2@{}", Server::nobody()),
        )
        .env("ALL_PROXY", format!("http://{}", Server::nobody()))
        .env("no_proxy", "")
        .env("HEYGEN_TEST_DIRECT", server.url("/"))
        .spawn()
        .unwrap();
    let output = tokio::task::spawn_blocking(|| child.wait_with_output());
    assert!(output.await.unwrap().unwrap().status.success());
    assert_eq!(server.heads().len(), 1);
    let heads = proxy.heads();
    assert_eq!(heads.len(), 1);
    assert!(heads[0].starts_with("PUT http://storage.example.test/ HTTP/1.1\r\n"));
}

#[tokio::test]
#[ignore = "it is run by `environment_is_read`"]
async fn child_of_environment_is_read() {
    let transport = HyperTransport::builder().build().unwrap();
    let direct = std::env::var("HEYGEN_TEST_DIRECT").unwrap();
    for (url, answer) in [
        ("http://storage.example.test/", "proxied"),
        (direct.as_str(), "direct"),
    ] {
        let put = request(Destination::Storage, url, Bytes::new());
        assert_eq!(text(transport.send(put).await.unwrap()).await, answer);
    }
    let put = request(Destination::Api, "https://api.example.test/", Bytes::new());
    let error = transport.send(put).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Request);
    let shown = format!("{error:?}");
    assert!(
        shown.contains("HTTPS_PROXY") && !shown.contains("hunter"),
        "{shown}"
    );
}
