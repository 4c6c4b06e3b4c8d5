//! The example, over a socket as a sender sees it.

use std::{
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    thread,
};

use heygen_webhooks::sign;

use crate::support::{BODY, CURRENT, NOW, secret, verifier};

#[path = "../../examples/receiver.rs"]
#[expect(dead_code, reason = "its main is for cargo run")]
mod receiver;

/// Sends a delivery and returns the status of the answer, and what the receiver said of it.
fn deliver(receiver: &mut receiver::Receiver, body: &[u8], signature: &str) -> (String, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let head = format!(
        "POST / HTTP/1.1\r\nHost: {address}\r\nheygen-signature: {signature}\r\n\
         heygen-timestamp: {}\r\nheygen-event-id: evt_1\r\nContent-Length: {}\r\n\r\n",
        NOW.as_secs(),
        body.len()
    );
    let request = [head.as_bytes(), body].concat();
    let sender = thread::spawn(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(&request).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    });
    let (stream, _) = listener.accept().unwrap();
    let said = receiver.serve(NOW, &stream).unwrap();
    drop(stream);
    (sender.join().unwrap(), said)
}

#[test]
fn the_receiver_takes_what_is_signed_once() {
    let mut receiver = receiver::Receiver::new(verifier());
    let signature = sign(&secret(CURRENT), BODY);
    let mut deliver = |body: &[u8], signature: &str| deliver(&mut receiver, body, signature);

    let (status, said) = deliver(BODY, &sign(&secret("whsec_other"), BODY));
    assert_eq!(status, "401");
    assert!(said.starts_with("refused: "), "{said}");
    let first = deliver(BODY, &signature);
    assert_eq!(first, ("200".to_owned(), "video v1 is done".to_owned()));
    let again = deliver(BODY, &signature);
    assert_eq!(again, ("200".to_owned(), "again, and ignored".to_owned()));
}

#[test]
fn what_could_not_be_handled_may_come_again() {
    let mut receiver = receiver::Receiver::new(verifier());
    let body = b"signed, but no JSON";
    let signature = sign(&secret(CURRENT), body);
    for _ in 0..2 {
        assert_eq!(deliver(&mut receiver, body, &signature).0, "500");
    }
}
