use std::{
    future::Future,
    pin::pin,
    sync::{Barrier, mpsc},
    task::{Context, Poll, Waker},
    thread,
    time::Duration,
};

use heygen_client::Body;
use http::{HeaderValue, Method};

use super::{
    Limits, Subject,
    heads::accept,
    support::{Blocks, End, fetch, pattern, request, run},
};
use crate::server::Server;

/// A new connection for every request would cost more than most requests.
pub fn connection_is_used_again(subject: &dyn Subject) {
    let server = Server::start(|connection| {
        loop {
            let (head, _) = connection.read_request()?;
            let body = pattern(if head.method() == b"GET" { 100_000 } else { 0 });
            connection.respond(if head.method() == b"POST" { 409 } else { 200 }, &body)?;
        }
    });
    let transport = subject.transport(Limits::generous());
    for _ in 0..5 {
        for (method, len_bytes) in [(Method::PUT, 3 << 20), (Method::POST, 10), (Method::GET, 0)] {
            let any = request(method, &server.url("/"), pattern(len_bytes).to_vec());
            run(subject, fetch(&transport, any));
        }
    }
    assert_eq!(server.heads().len(), 15);
    assert_eq!(server.connections(), 1);
}

/// A server closes idle connections when it likes. The next request must not suffer for it.
pub fn stale_connection_is_no_failure(subject: &dyn Subject) {
    let (closing, is_closing) = mpsc::channel();
    let server = Server::start(move |connection| {
        struct Announce(mpsc::Sender<()>);
        impl Drop for Announce {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let _announce = Announce(closing.clone());
        connection.read_request()?;
        connection.respond(200, b"")
    });
    let transport = subject.transport(Limits::generous());
    for len_bytes in [0, 10, 100_000, 3 << 20, 0, 3 << 20] {
        let put = request(Method::PUT, &server.url("/"), pattern(len_bytes).to_vec());
        assert_eq!(run(subject, fetch(&transport, put)).status(), 200);
        is_closing
            .recv_timeout(Duration::from_secs(10))
            .expect("the script ends");
        // The socket closes just after the script ended.
        thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(server.heads().len(), 6, "a request arrived twice");
}

/// Sixteen requests at once: none of them is answered before all have arrived.
pub fn requests_run_side_by_side(subject: &dyn Subject) {
    let all = Barrier::new(16);
    let server = Server::start(move |connection| {
        let (_, body) = connection.read_request()?;
        all.wait();
        connection.respond(200, &body)
    });
    let transport = subject.transport(Limits::generous());
    thread::scope(|scope| {
        for number in 0..16 {
            let (transport, url) = (&transport, server.url("/"));
            scope.spawn(move || {
                let body = format!("number {number}");
                let put = request(Method::PUT, &url, body.clone().into_bytes());
                assert_eq!(run(subject, fetch(transport, put)).body(), body.as_bytes());
            });
        }
    });
    assert_eq!(server.heads().len(), 16);
}

/// Connections are shared; what is said on them is not.
pub fn credential_stays_with_its_request(subject: &dyn Subject) {
    let server = Server::start(accept);
    let transport = subject.transport(Limits::generous());
    let mut first = request(Method::POST, &server.url("/"), Body::empty());
    for name in ["x-api-key", "authorization", "cookie"] {
        first
            .headers_mut()
            .insert(name, HeaderValue::from_static("secret"));
    }
    run(subject, fetch(&transport, first));
    let second = request(Method::PUT, &server.url("/"), Body::empty());
    run(subject, fetch(&transport, second));
    let second = &server.heads()[1];
    assert!(second.headers().all(|(_, value)| value != b"secret"));
}

/// Whoever drops the future wants it to stop, whether the body or the answer is being waited for.
pub fn dropped_request_closes_the_connection(subject: &dyn Subject) {
    let (closed, is_closed) = mpsc::channel();
    let (arrived, has_arrived) = mpsc::channel();
    let server = Server::start(move |connection| {
        if connection.read_head()?.expects_continue() {
            connection.consent()?;
        }
        connection.read_body(5)?;
        let _ = arrived.send(());
        let _ = closed.send(connection.read_to_close());
        Ok(())
    });
    let transport = subject.transport(Limits::generous());
    let mut endless = Blocks::new([pattern(5)]);
    endless.announced = Some(1 << 30);
    endless.end = End::Never;
    for body in [Body::from(endless), pattern(5).to_vec().into()] {
        run(subject, async {
            let put = request(Method::PUT, &server.url("/"), body);
            let mut sending = pin!(transport.send(put));
            std::future::poll_fn(|cx| {
                assert!(sending.as_mut().poll(cx).is_pending(), "nobody answered");
                match has_arrived.try_recv() {
                    Ok(()) => Poll::Ready(()),
                    Err(_) => {
                        wake_soon(cx);
                        Poll::Pending
                    }
                }
            })
            .await;
        });
        let more = run(subject, poll_until(|| is_closed.try_recv().ok()));
        assert_eq!(more, 0);
    }
}

/// Whoever drops the body of a response unread does not want the rest of it.
pub fn dropped_body_closes_the_connection(subject: &dyn Subject) {
    let (closed, is_closed) = mpsc::channel();
    let server = Server::start(move |connection| {
        connection.read_request()?;
        connection.send(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n12345")?;
        let _ = closed.send(connection.read_to_close());
        Ok(())
    });
    let transport = subject.transport(Limits::generous());
    run(subject, async {
        let get = request(Method::GET, &server.url("/"), Body::empty());
        drop(transport.send(get).await.expect("the head is whole"));
    });
    run(subject, poll_until(|| is_closed.try_recv().ok()));
}

/// Waits for something that happens on another thread while the subject goes on running.
async fn poll_until<T>(mut ready: impl FnMut() -> Option<T>) -> T {
    let mut rounds = 0;
    std::future::poll_fn(|cx| {
        rounds += 1;
        assert!(rounds < 2_000, "the connection is still open");
        match ready() {
            Some(value) => Poll::Ready(value),
            None => {
                wake_soon(cx);
                Poll::Pending
            }
        }
    })
    .await
}

fn wake_soon(cx: &Context<'_>) {
    let waker: Waker = cx.waker().clone();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(5));
        waker.wake();
    });
}
