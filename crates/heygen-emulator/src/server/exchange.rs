use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::StreamExt as _;
use http::{HeaderValue, Method, Request, Response, header, request::Parts};
use hyper::body::Incoming;
use tokio::sync::watch;

use super::{
    answer::{AnswerBody, Then, respond},
    connection::until_stopped,
    receive::{Interrupted, Received, SharedReceived},
    remote,
    shared::Shared,
    socket::{Aborted, Control},
    spool::Spool,
};
use crate::{
    Action, Begin, Body, BodyPlan, Cut, Exchange, Payload, Reply,
    form::{self, Sink as _},
};

/// Answers one request.
pub(super) async fn answer(
    shared: Shared,
    control: Arc<Control>,
    stopped: watch::Receiver<bool>,
    request: Request<Incoming>,
) -> Result<Response<AnswerBody>, Aborted> {
    let (head, body) = request.into_parts();
    control.read_at(None);
    control.write_at(None);
    if let Err(problem) = shared.hosts().check(&head) {
        if !waits_for_continue(&head) {
            // The answer stands, however the body ends.
            let _ = Received::new(body, None).skip(MAX_DRAINED_BYTES).await;
        }
        return Ok(respond(problem.into_response()));
    }
    if remote::serves(head.uri.path()) {
        let response = remote::answer(&shared, &head, Received::new(body, None)).await;
        return Ok(respond(response));
    }
    let reads = matches!(head.method, Method::GET | Method::HEAD);
    let begin = shared.act(|core, now| core.begin(now, &head));
    let reply = match begin {
        Begin::Reply(reply) => {
            if reply.drains_body && !waits_for_continue(&head) {
                let received = Received::new(body, None);
                let count = received.counter();
                // The answer stands, however the body ends.
                let _ = received.skip(MAX_DRAINED_BYTES).await;
                let count = count.load(Ordering::Relaxed);
                shared.core().note_body(reply.id, count);
            }
            reply
        }
        Begin::Proceed(exchange) => {
            control.read_at(exchange.slow_reading());
            let mut open = Open::new(shared.clone(), exchange);
            let read = read(&shared, open.exchange(), body).await;
            control.read_at(None);
            match read {
                Ok(body) => {
                    let exchange = open.take();
                    let reply = shared.act(|core, now| core.finish(now, exchange, body));
                    shared.notify();
                    reply
                }
                Err(Interrupted::Lost) => return Err(Aborted),
                Err(Interrupted::Cut(cut)) => {
                    let delay = open.exchange().delay();
                    drop(open);
                    return end(cut.into(), delay, &control, stopped).await.map(respond);
                }
            }
        }
    };
    // What was answered must not be lost, so it is written first; also what an earlier request of
    // the same key did, when that could not be written.
    let reply = match shared.save_changes() {
        Err(error) if !reads => shared.core().unkept(reply, shared.store().unkept(&error)),
        _ => reply,
    };
    conclude(reply, control, stopped).await
}

/// A request whose body is being read. Dropped early, because the connection ended, it frees its
/// idempotency key.
struct Open {
    shared: Shared,
    exchange: Option<Exchange>,
}

impl Open {
    const fn new(shared: Shared, exchange: Exchange) -> Self {
        Self {
            shared,
            exchange: Some(exchange),
        }
    }

    const fn exchange(&self) -> &Exchange {
        self.exchange
            .as_ref()
            .expect("only take() empties it, and that ends the exchange")
    }

    const fn take(&mut self) -> Exchange {
        self.exchange
            .take()
            .expect("take() is called once, at the end")
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(exchange) = self.exchange.take() {
            self.shared.core().abandon(exchange);
        }
    }
}

/// Takes note of how much of a body was read, however that ends.
struct Note<'a> {
    shared: &'a Shared,
    exchange: &'a Exchange,
    count: Arc<AtomicU64>,
}

impl Drop for Note<'_> {
    fn drop(&mut self) {
        let count = self.count.load(Ordering::Relaxed);
        self.shared.core().note_body(self.exchange.id(), count);
    }
}

async fn read(shared: &Shared, exchange: &Exchange, body: Incoming) -> Result<Body, Interrupted> {
    let received = Received::new(body, exchange.cut());
    let _note = Note {
        shared,
        exchange,
        count: received.counter(),
    };
    Ok(match *exchange.plan() {
        BodyPlan::None => {
            received.skip(MAX_DRAINED_BYTES).await?;
            Body::None
        }
        BodyPlan::Json { max_bytes } => match received.collect(max_bytes).await? {
            Some(json) => Body::Json(json),
            None => Body::TooLarge,
        },
        BodyPlan::Form { max_file_bytes } => {
            read_form(shared, exchange.content_type(), max_file_bytes, received).await?
        }
        BodyPlan::Object { .. } => read_object(shared, received).await?,
    })
}

async fn read_object(shared: &Shared, mut received: Received) -> Result<Body, Interrupted> {
    let mut spool = Spool::new(shared.store());
    while let Some(piece) = received.next().await {
        match piece {
            Ok(piece) => {
                if let Err(unkept) = spool.write(piece).await {
                    received.skip(MAX_DRAINED_BYTES).await?;
                    return Ok(Body::Unkept(unkept));
                }
            }
            // What came is judged by its length, so that storage answers `IncompleteBody` where
            // somebody still listens.
            Err(Interrupted::Lost) => break,
            Err(cut) => return Err(cut),
        }
    }
    let content = spool.finish().await;
    Ok(content.map_or_else(Body::Unkept, Body::Object))
}

async fn read_form(
    shared: &Shared,
    content_type: &str,
    max_file_bytes: u64,
    received: Received,
) -> Result<Body, Interrupted> {
    let store = shared.store();
    // The parser keeps its stream to itself. This one is shared with it, to tell why it ended and
    // to hear out a client that is still sending when the parser has had enough.
    let received = SharedReceived::new(received);
    let pieces = received.clone();
    let form = form::read(content_type, pieces, max_file_bytes, || Spool::new(store)).await;
    received.check()?;
    if form.is_err() {
        received.drain(MAX_DRAINED_BYTES).await;
    }
    Ok(Body::Form(form))
}

/// Ends a request, and with it the connection unless there is an answer.
async fn end(
    action: Action,
    delay: Duration,
    control: &Control,
    mut stopped: watch::Receiver<bool>,
) -> Result<Response<Payload>, Aborted> {
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    match action {
        Action::Answer(response) => return Ok(response),
        Action::Close => {}
        Action::Reset => control.reset(),
        Action::Stall => until_stopped(&mut stopped).await,
    }
    Err(Aborted)
}

async fn conclude(
    reply: Reply,
    control: Arc<Control>,
    mut stopped: watch::Receiver<bool>,
) -> Result<Response<AnswerBody>, Aborted> {
    let response = end(reply.action, reply.delay, &control, stopped.clone()).await?;
    control.write_at(reply.slow_writing);
    let size = response.body().size_bytes();
    let mut response = respond(response);
    let mut ends_with_reset = reply.ends_with_reset;
    match reply.cut {
        Some(Cut::Reset { after_bytes }) if after_bytes < size => {
            let then = Then::Reset(control.clone());
            response = response.map(|body| body.broken_off(after_bytes, then));
        }
        // The answer is whole by then.
        Some(Cut::Reset { .. }) => ends_with_reset = true,
        Some(Cut::Stall { after_bytes }) if after_bytes < size => {
            let then = Then::Stall(Box::pin(async move { until_stopped(&mut stopped).await }));
            response = response.map(|body| body.broken_off(after_bytes, then));
        }
        Some(Cut::Stall { .. }) | None => {}
    }
    if ends_with_reset {
        control.reset();
        let close = HeaderValue::from_static("close");
        response.headers_mut().insert(header::CONNECTION, close);
    }
    Ok(response)
}

/// Tells whether the client holds its body back until it is asked for. Such a client learns of a
/// refusal at once; from any other the body is taken first, or it might be too busy sending to
/// read the answer.
fn waits_for_continue(head: &Parts) -> bool {
    head.headers
        .get(header::EXPECT)
        .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"))
}

/// How much of a body that nobody wants is read at most; more than any single request may have.
const MAX_DRAINED_BYTES: u64 = 64 << 20;
