use std::{fmt, future::poll_fn, sync::Arc, task::Poll};

use heygen_client::{Body, Transport, TransportError, TransportErrorKind, TransportFuture};
use heygen_transport::{
    Error, FromSettings, Head, Limits, Proxies, Settings, TransportBuilder, refused,
    refused_by_proxy, unanswered,
};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::Body as _;
use hyper::{body::Incoming, client::conn::TrySendError};
use hyper_util::client::legacy::connect::HttpConnector;
use tokio::time::Instant;

use crate::{
    connection::Connection,
    connector::Connector,
    download::{Deadline, Download, Patience},
    failure::{exchanging, wants_http1},
    head::Form,
    interim::Overrun,
    lease::Lease,
    pool::{Key, Pool},
    proxy::SUPPORTED,
    timer::Timer,
    tls::Tls,
    upload::{Failure, Outgoing, Upload},
    watchdog::Watchdog,
};

/// A [`Transport`] over hyper, tokio and rustls.
///
/// It is cheap to clone, and clones share their connections. It needs a running tokio runtime with
/// the I/O and time drivers on; a single-threaded one is enough.
#[derive(Clone)]
pub struct HyperTransport {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) connector: Connector,
    pub(crate) pool: Pool,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
}

impl HyperTransport {
    /// Starts the settings of a transport.
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }
}

/// The settings of a [`HyperTransport`].
pub type HyperTransportBuilder = TransportBuilder<HyperTransport>;

impl FromSettings for HyperTransport {
    const USER_AGENT: &'static str = concat!("heygen-hyper/", env!("CARGO_PKG_VERSION"));

    fn from_settings(settings: Settings) -> Result<Self, Error> {
        let proxies = Proxies::new(&settings.proxy, SUPPORTED)?;
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Within the limit every address of a name gets its share.
        tcp.set_connect_timeout(Some(settings.limits.connect));
        Ok(Self {
            inner: Arc::new(Inner {
                connector: Connector {
                    tcp,
                    proxies,
                    tls: Tls::new(settings.tls),
                    limits: settings.limits,
                },
                pool: Pool::default(),
                user_agent: settings.user_agent,
                limits: settings.limits,
            }),
        })
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        Box::pin(self.inner.send(request))
    }
}

impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HyperTransport")
            .field("limits", &self.inner.limits)
            .field("proxies", &self.inner.connector.proxies)
            .finish_non_exhaustive()
    }
}

/// What came of sending a request on one connection.
enum Outcome {
    Response(Response<Body>),
    /// The connection from the pool was closed, and none of the body, or of the whole request, had
    /// gone out.
    Stale {
        body: Body,
    },
    /// The server refuses to be asked whether it wants the body.
    ExpectationFailed {
        body: Body,
    },
    /// The server wants HTTP/1.1 for this request.
    Http1Required {
        body: Body,
    },
}

impl Inner {
    async fn send(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let (parts, body) = request.into_parts();
        let head = Head::new(parts, body.len_bytes(), &self.user_agent)?;
        let sent = self.send_checked(&head, body).await;
        sent.map_err(|error| error.with_server(self.connector.proxies.describe(head.origin())))
    }

    async fn send_checked(
        &self,
        head: &Head,
        mut body: Body,
    ) -> Result<Response<Body>, TransportError> {
        let is_large = head.len_bytes() > 0 && head.len_bytes() >= self.limits.expect_above_bytes;
        let mut expect = is_large || head.expects_continue();
        let mut may_reuse = true;
        loop {
            let lease = self.lease(head, may_reuse).await?;
            match self.exchange(head, body, lease, expect).await? {
                Outcome::Response(response) => return Ok(response),
                Outcome::Stale { body: untouched } => {
                    may_reuse = false;
                    body = untouched;
                }
                Outcome::ExpectationFailed { body: untouched } => {
                    expect = false;
                    body = untouched;
                }
                Outcome::Http1Required { body: again } => body = again,
            }
        }
    }

    async fn lease(&self, head: &Head, may_reuse: bool) -> Result<Lease, TransportError> {
        let key = Key::new(head);
        let kept = |connection| Lease::new(connection, self.pool.clone(), key.clone(), true);
        if may_reuse && let Some(connection) = self.pool.take(&key).await {
            return Ok(kept(connection));
        }
        let gate = self.pool.gate(&key);
        let turn = gate.as_ref().map(|gate| gate.try_lock());
        if let (Some(gate), Some(Err(_))) = (&gate, &turn) {
            // The connection that somebody else is making may be one that all can use.
            drop(gate.lock().await);
            if let Some(connection) = self.pool.take(&key).await {
                return Ok(kept(connection));
            }
        }
        let connection = self.connect(head, self.pool.offers_http2(&key)).await?;
        if let Connection::Http2(shared) = &connection {
            self.pool.keep(&key, Connection::Http2(shared.clone()));
        }
        Ok(Lease::new(connection, self.pool.clone(), key, false))
    }

    async fn connect(&self, head: &Head, offers_http2: bool) -> Result<Connection, TransportError> {
        let open = || self.connector.open(head.origin(), offers_http2);
        let opened = match open().await {
            // Connections that wait for a request hold what this one needs.
            Err(error)
                if error.kind() == TransportErrorKind::LocalResources && self.pool.close_idle() =>
            {
                // The tasks that own the sockets close them.
                tokio::task::yield_now().await;
                open().await?
            }
            opened => opened?,
        };
        let connected = opened.handshake().await;
        connected.map_err(|error| exchanging(error, &[]))
    }

    async fn exchange(
        &self,
        head: &Head,
        body: Body,
        mut lease: Lease,
        expect: bool,
    ) -> Result<Outcome, TransportError> {
        let http2 = lease.is_http2();
        let expect = expect && !http2;
        let progress = Arc::clone(lease.progress());
        progress.begin(head.len_bytes() > 0);
        match (http2, head.len_bytes()) {
            (false, _) => {}
            (true, 0) => progress.flushed(),
            // From now on it is for the connection to ask for the body.
            (true, _) => progress.blocked(),
        }
        // Content in memory can go out once more, on a connection of another kind.
        let in_memory = body.as_bytes().filter(|_| http2).cloned();
        let upload = Arc::new(Upload::new(
            body,
            head.len_bytes(),
            expect,
            Arc::clone(&progress),
        ));
        let mut outgoing = Outgoing::new(Arc::clone(&upload), http2);
        if expect {
            outgoing = outgoing.hold(self.limits.expect_wait);
        }
        let mut request = lease.form().request(head, expect, outgoing);
        let overrun = Overrun::watch(&mut request, Arc::clone(&upload), Arc::clone(&progress));
        let is_reused = lease.is_reused();
        let mut answer = lease.send(request, Arc::clone(&upload));
        let mut watchdog = Watchdog::new(Arc::clone(&progress), self.limits);
        let answered = poll_fn(|cx| {
            // First, because it ends the connection, too.
            if let Poll::Ready(error) = overrun.poll(cx) {
                return Poll::Ready(Err(error));
            }
            match answer.as_mut().poll(cx) {
                Poll::Ready(answered) => Poll::Ready(Ok(answered)),
                Poll::Pending => {
                    let late = watchdog.poll(cx);
                    late.map(|kind| Err(TransportError::new(kind)))
                }
            }
        })
        .await;
        match answered {
            Ok(Ok(response)) => {
                let timer = watchdog.into_timer();
                self.answered(head, response, lease, &upload, expect, timer)
            }
            Ok(Err(error)) if wants_http1(error.error()) => {
                lease.refuse_http2();
                match in_memory {
                    Some(bytes) => Ok(Outcome::Http1Required { body: bytes.into() }),
                    None => Err(failed(error, &upload, None)),
                }
            }
            Ok(Err(error)) => {
                let is_unseen = error.message().is_some() || !progress.is_begun() || expect;
                if is_reused
                    && is_unseen
                    && let Some(body) = upload.take_untouched()
                {
                    return Ok(Outcome::Stale { body });
                }
                // Where TLS was spoken, it is below the first bytes as well.
                let is_plain = !head.origin().is_https() && matches!(lease.form(), Form::Origin);
                let first = is_plain.then(|| progress.first_bytes());
                Err(failed(error, &upload, first))
            }
            Err(error) => {
                lease.give_up();
                Err(error)
            }
        }
    }

    fn answered(
        &self,
        head: &Head,
        response: Response<Incoming>,
        lease: Lease,
        upload: &Upload,
        expect: bool,
        timer: Timer,
    ) -> Result<Outcome, TransportError> {
        let is_forwarded = matches!(lease.form(), Form::Absolute { .. });
        if is_forwarded && response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED {
            return Err(refused_by_proxy(response.status()));
        }
        if expect
            && response.status() == StatusCode::EXPECTATION_FAILED
            && let Some(body) = upload.take_untouched()
        {
            return Ok(Outcome::ExpectationFailed { body });
        }
        upload.stop();
        let (mut parts, incoming) = response.into_parts();
        // What hyper leaves in there is its own business.
        parts.extensions = http::Extensions::new();
        let body = if incoming.is_end_stream() {
            lease.finish();
            Body::empty()
        } else {
            let sent = lease.progress().sent_at().unwrap_or_else(Instant::now);
            let limits = Patience {
                stall: self.limits.stall,
                answer: head.is_answered_by_a_record().then_some(Deadline {
                    sent,
                    limit: self.limits.answer,
                    timer,
                }),
                server: self.connector.proxies.describe(head.origin()).into(),
            };
            Body::stream(Download::new(incoming, lease, limits))
        };
        Ok(Outcome::Response(Response::from_parts(parts, body)))
    }
}

/// Names what went wrong: an error of the body itself comes before what hyper made of it. `first`
/// are the first bytes that the server sent, on a connection without TLS.
fn failed<B>(error: TrySendError<B>, upload: &Upload, first: Option<&[u8]>) -> TransportError {
    match upload.take_failure() {
        Some(Failure::Body(error)) => {
            TransportError::with_source(TransportErrorKind::Interrupted, error)
        }
        Some(Failure::Length) => refused("the body is not as long as its size hint says"),
        None => {
            let named = exchanging(error.into_error(), first.unwrap_or_default());
            match first {
                Some([]) => unanswered(named),
                _ => named,
            }
        }
    }
}
