use std::{
    sync::mpsc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use heygen_client::{Destination, Transport};
use heygen_hyper::HyperTransport;
use heygen_testing::server::Server;

use crate::backend::request;

/// The limits are for transfers, not for connections between two of them.
#[tokio::test]
async fn limits_spare_idle_connections() {
    let server = Server::start(|connection| {
        loop {
            connection.read_request()?;
            connection.respond(200, b"")?;
        }
    });
    let limit = Duration::from_millis(100);
    let transport = HyperTransport::builder()
        .no_proxy()
        .answer_timeout(limit)
        .stall_timeout(limit)
        .build()
        .unwrap();
    for _ in 0..3 {
        let put = request(
            Destination::Storage,
            &server.url("/"),
            Bytes::from_static(b"x"),
        );
        transport.send(put).await.unwrap();
        tokio::time::sleep(limit * 3).await;
    }
    assert_eq!(server.connections(), 1);
}

/// A connection that nobody used for half a minute is closed, although nobody asks for it.
#[tokio::test]
async fn idle_connection_is_closed_in_the_end() {
    let (closed, is_closed) = mpsc::channel();
    let server = Server::start(move |connection| {
        connection.read_request()?;
        connection.respond(200, b"")?;
        let _ = closed.send(connection.read_to_close());
        Ok(())
    });
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    let put = request(
        Destination::Storage,
        &server.url("/"),
        Bytes::from_static(b"x"),
    );
    transport.send(put).await.unwrap();
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(10)).await;
    assert!(is_closed.try_recv().is_err());
    tokio::time::advance(Duration::from_secs(60)).await;
    let patience = Instant::now() + Duration::from_secs(10);
    while is_closed.try_recv().is_err() {
        assert!(Instant::now() < patience, "the connection is still open");
        tokio::task::yield_now().await;
    }
    drop(transport);
}

/// A transport may be used in one runtime after another: what belonged to the first is gone.
#[test]
fn connections_end_with_their_runtime() {
    let server = Server::start(|connection| {
        loop {
            connection.read_request()?;
            connection.respond(200, b"")?;
        }
    });
    let transport = HyperTransport::builder().no_proxy().build().unwrap();
    for _ in 0..2 {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let put = request(
                Destination::Storage,
                &server.url("/"),
                Bytes::from_static(b"x"),
            );
            assert_eq!(transport.send(put).await.unwrap().status(), 200);
        });
    }
    assert_eq!(server.connections(), 2);
}
