//! Makes the calls that the core owes: webhook events, and the ends of jobs.

use std::{collections::HashMap, future::pending, io, net::SocketAddr, pin::pin, time::Duration};

use http::{Request, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::{
    net::TcpStream,
    sync::{mpsc, watch},
    task::JoinSet,
    time::{sleep, timeout},
};
use url::{Host, Url};

use super::{answer::AnswerBody, connection::until_stopped, shared::Shared};
use crate::{Core, Delivery};

/// Makes calls as they become due, until the emulator stops.
///
/// The calls to one URL are made one after the other, those to different URLs side by side, so a
/// slow receiver holds up nobody else. A call that is not taken goes back to the core, which says when
/// it is due again: meanwhile the next ones are made.
pub(super) async fn deliver(shared: Shared, mut stopped: watch::Receiver<bool>) {
    let mut lines: HashMap<String, mpsc::UnboundedSender<Delivery>> = HashMap::new();
    let mut workers = JoinSet::new();
    loop {
        let due = shared.act(Core::take_deliveries);
        if !due.is_empty() {
            // The events are in the history as well; a state that cannot be written now is
            // written with the next request, which then says so.
            let _ = shared.save_changes();
        }
        for delivery in due.into_iter().filter(leads_to_this_machine) {
            let line = lines.entry(delivery.url.clone()).or_insert_with(|| {
                let (line, waiting) = mpsc::unbounded_channel();
                workers.spawn(work(shared.clone(), waiting));
                line
            });
            // A worker lives as long as its line.
            let _ = line.send(delivery);
        }
        let next = shared.core().next_delivery();
        let clock = shared.clock();
        let left = next.map(|next| next.saturating_sub(clock.now()));
        // Nothing comes nearer while the clock stands still.
        let left = left.filter(|left| left.is_zero() || !clock.is_frozen());
        tokio::select! {
            () = wait(left) => {}
            () = shared.changed() => {}
            () = until_stopped(&mut stopped) => return,
        }
    }
}

async fn wait(left: Option<Duration>) {
    match left {
        Some(left) => sleep(left).await,
        None => pending().await,
    }
}

async fn work(shared: Shared, mut waiting: mpsc::UnboundedReceiver<Delivery>) {
    while let Some(delivery) = waiting.recv().await {
        // Of before a reset or a restored snapshot: nobody owes it any more.
        if !shared.core().owes(&delivery) {
            continue;
        }
        let is_taken = matches!(
            timeout(Delivery::ANSWER_TIMEOUT, send(&delivery)).await,
            Ok(Ok(true))
        );
        if !is_taken {
            shared.core().delivery_failed(&delivery);
            shared.notify();
        }
    }
}

/// Makes a call once; true when the receiver took it.
async fn send(delivery: &Delivery) -> io::Result<bool> {
    let url: Url = delivery.url.parse().map_err(io::Error::other)?;
    let stream = match (url.host(), url.port_or_known_default()) {
        (Some(Host::Ipv4(address)), Some(port)) => {
            TcpStream::connect(SocketAddr::from((address, port))).await?
        }
        (Some(Host::Ipv6(address)), Some(port)) => {
            TcpStream::connect(SocketAddr::from((address, port))).await?
        }
        (_, port) => TcpStream::connect(("localhost", port.unwrap_or(80))).await?,
    };
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(io::Error::other)?;
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let authority = &url[url::Position::BeforeHost..url::Position::AfterPort];
    let mut request = Request::post(target).header(header::HOST, authority);
    for (name, value) in &delivery.headers {
        request = request.header(name, value);
    }
    let body = AnswerBody::bytes(delivery.body.clone());
    let request = request.body(body).map_err(io::Error::other)?;
    let exchange = async {
        let response = sender.send_request(request).await;
        response.map(|response| response.status().is_success())
    };
    let mut exchange = pin!(exchange);
    tokio::select! {
        taken = &mut exchange => return taken.map_err(io::Error::other),
        // The response may have come together with the end of the connection.
        _ = connection => {}
    }
    exchange.await.map_err(io::Error::other)
}

/// Tells whether a call may be made at all. The emulator has no business on other machines, and
/// no TLS.
fn leads_to_this_machine(delivery: &Delivery) -> bool {
    let url: Result<Url, _> = delivery.url.parse();
    url.is_ok_and(|url| url.scheme() == "http" && crate::delivery::is_loopback(&url))
}
