//! Which names the server answers to: a page in a browser must not reach it by one of its own.

use std::net::{Ipv4Addr, SocketAddr};

use heygen_emulator::{Emulator, Fault, OperationId};

use super::{assert_status, send};

fn request(emulator: &Emulator, method: &str, path: &str, host: &str) -> Vec<u8> {
    format!(
        "{method} {path} HTTP/1.1\r\n{host}x-api-key: {}\r\nconnection: close\r\n\
         content-length: 3\r\n\r\nabc",
        emulator.api_key(),
    )
    .into_bytes()
}

async fn get(emulator: &Emulator, host: &str) -> String {
    let host = format!("host: {host}\r\n");
    send(emulator, &request(emulator, "GET", "/v3/users/me", &host)).await
}

#[tokio::test]
async fn other_names_are_refused_at_every_path() {
    let emulator = Emulator::start().await.unwrap();
    emulator.fault(Fault::close(OperationId::GetCurrentUser));
    let port = emulator.address().port();
    for (method, path) in [
        ("GET", "/v3/users/me"),
        ("POST", "/v3/assets"),
        ("GET", "/_emulator/requests"),
        ("POST", "/_emulator/reset"),
        ("PUT", "/storage/heygen-assets/a?X-Amz-Signature=00"),
        ("GET", "/nowhere"),
    ] {
        let host = format!("host: page.test:{port}\r\n");
        let answer = send(&emulator, &request(&emulator, method, path, &host)).await;
        assert_status(&answer, 403);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert!(head.contains("content-type: application/json"), "{head}");
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        assert_eq!(body["error"]["code"], "forbidden");
        let message = body["error"]["message"].as_str().unwrap();
        for said in [
            "page.test",
            "localhost",
            "loopback addresses",
            "--public-url",
        ] {
            assert!(message.contains(said), "{message}");
        }
    }
    for host in [
        "localhost.page.test",
        "127.0.0.1.page.test",
        "192.0.2.7",
        "[2001:db8::1]:80",
        "0.0.0.0",
    ] {
        assert_status(&get(&emulator, host).await, 403);
    }
    assert!(emulator.requests().is_empty());
    assert_eq!(emulator.unused_faults().len(), 1, "it met no fault");
}

/// Some programs name the server in the first line as well; that name counts then.
#[tokio::test]
async fn a_whole_url_in_the_first_line_is_looked_at() {
    let emulator = Emulator::start().await.unwrap();
    let ask = async |url| {
        send(
            &emulator,
            &request(&emulator, "GET", url, "host: localhost\r\n"),
        )
        .await
    };
    assert_status(&ask("http://page.test/v3/users/me").await, 403);
    assert_status(&ask("http://127.0.0.1/v3/users/me").await, 200);
}

#[tokio::test]
async fn this_machine_is_answered() {
    let emulator = Emulator::start().await.unwrap();
    for host in [
        "localhost",
        "LocalHost:99",
        "localhost.",
        "api.localhost:8080",
        "127.0.0.1:1",
        "127.9.9.9",
        "[::1]:80",
        "[::ffff:127.0.0.1]",
    ] {
        assert_status(&get(&emulator, host).await, 200);
    }
}

#[tokio::test]
async fn the_public_url_adds_its_name() {
    let emulator = Emulator::builder()
        .public_url("http://Emulator.test:8080/")
        .start()
        .await
        .unwrap();
    assert_status(&get(&emulator, "emulator.test:8080").await, 200);
    assert_status(&get(&emulator, "EMULATOR.TEST").await, 200);
    assert_status(&get(&emulator, "localhost").await, 200);
    let refused = get(&emulator, "page.test").await;
    assert_status(&refused, 403);
    assert!(refused.contains("addresses, emulator.test;"), "{refused}");
}

/// An address leads where it says, so that no page can have it lead elsewhere.
#[tokio::test]
async fn addresses_are_answered_where_the_server_listens_on_all_of_them() {
    let emulator = Emulator::builder()
        .listen(SocketAddr::from((Ipv4Addr::UNSPECIFIED, 0)))
        .start()
        .await
        .unwrap();
    assert_status(&get(&emulator, "192.0.2.7:8080").await, 200);
    assert_status(&get(&emulator, "[2001:db8::1]").await, 200);
    assert_status(&get(&emulator, "page.test").await, 403);
}

#[tokio::test]
async fn a_request_names_one_host() {
    let emulator = Emulator::start().await.unwrap();
    for host in [
        "",
        "host: localhost\r\nhost: localhost\r\n",
        "host: \r\n",
        "host: a b\r\n",
    ] {
        let answer = send(&emulator, &request(&emulator, "GET", "/v3/users/me", host)).await;
        assert_status(&answer, 400);
    }
    let old = format!(
        "GET /v3/users/me HTTP/1.0\r\nx-api-key: {}\r\n\r\n",
        emulator.api_key()
    );
    let answer = send(&emulator, old.as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.0 200 "), "{answer}");
}
