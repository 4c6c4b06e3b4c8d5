use std::time::Duration;

use heygen_client::Transport as _;
use heygen_testing::server::Server;
use heygen_ureq::{Blocking as _, UreqTransport};

use crate::backend::{put, text};

#[test]
fn server_that_refuses_to_be_asked_gets_the_body_unasked() {
    let server = Server::start(|connection| {
        let head = connection.read_head()?;
        if head.expects_continue() {
            return connection.respond(417, b"");
        }
        let body = connection.read_body(head.content_length())?;
        connection.respond(200, body.len().to_string().as_bytes())
    });
    // However slow the machine is, the refusal comes before the body is sent unasked.
    let transport = UreqTransport::builder()
        .no_proxy()
        .expect_continue_wait(Duration::from_secs(60))
        .build()
        .unwrap();
    let response = transport
        .send(put(&server.url("/"), vec![1; 2 << 20]))
        .run();
    assert_eq!(text(response.unwrap()), "2097152");
    assert_eq!(server.connections(), 2);
}

/// The refusal may be there before the head went out.
#[test]
fn server_that_refuses_at_once_gets_the_body_unasked() {
    for _ in 0..50 {
        let server = Server::start(|connection| {
            if connection.number() == 0 {
                connection.respond(417, b"")?;
                return connection.read_head().map(drop);
            }
            let head = connection.read_head()?;
            let body = connection.read_body(head.content_length())?;
            connection.respond(200, body.len().to_string().as_bytes())
        });
        let transport = UreqTransport::builder().no_proxy().build().unwrap();
        let request = put(&server.url("/"), vec![1; 2 << 20]);
        assert_eq!(text(transport.send(request).run().unwrap()), "2097152");
    }
}

/// A late consent, and other news, are no answer.
#[test]
fn informational_answers_are_passed_over_at_any_time() {
    let server = Server::start(|connection| {
        let head = connection.read_head()?;
        connection.send(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")?;
        connection.consent()?;
        connection.read_body(head.content_length() / 2)?;
        connection.consent()?;
        connection.send(b"HTTP/1.1 102 Processing\r\n\r\n")?;
        connection.read_body(head.content_length() - head.content_length() / 2)?;
        connection.respond(200, b"whole")
    });
    let transport = UreqTransport::builder().no_proxy().build().unwrap();
    let response = transport
        .send(put(&server.url("/"), vec![1; 5 << 20]))
        .run();
    assert_eq!(text(response.unwrap()), "whole");
}
