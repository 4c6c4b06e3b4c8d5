use std::{fmt, sync::Arc, thread, time::Instant};

use async_channel::Sender;
use heygen_client::{Body, Transport, TransportError, TransportFuture};
use heygen_transport::{
    Error, FromSettings, Head, Interim, Limits, Proxies, ProxyScheme, Settings, TransportBuilder,
};
use http::{HeaderValue, Request, Response};

use crate::{
    dial::Dialer,
    download::{self, BodyLimits, Reading},
    exchange::{Exchange, Outcome},
    failure::{interrupted, unstarted},
    outgoing::Outgoing,
    patience::Patience,
    pool::Pool,
    reply::{Framing, keeps_open},
    waiter::{Stop, StopOnDrop, Waiter},
    wire::Wire,
};

/// A [`Transport`] over blocking threads, one for each request under way.
///
/// It is cheap to clone, and clones share their connections. It needs no runtime: any executor can
/// poll its futures, one that parks a thread as well.
#[derive(Clone)]
pub struct UreqTransport {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) dialer: Dialer,
    pub(crate) pool: Pool<Wire>,
    pub(crate) user_agent: HeaderValue,
    pub(crate) limits: Limits,
}

impl UreqTransport {
    /// Starts the settings of a transport.
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::default()
    }
}

/// The settings of a [`UreqTransport`].
pub type UreqTransportBuilder = TransportBuilder<UreqTransport>;

impl FromSettings for UreqTransport {
    const USER_AGENT: &'static str = concat!("heygen-ureq/", env!("CARGO_PKG_VERSION"));

    fn from_settings(settings: Settings) -> Result<Self, Error> {
        // A tunnel is all that it asks of a proxy.
        let proxies = Proxies::new(&settings.proxy, &[ProxyScheme::Http])?;
        Ok(Self {
            inner: Arc::new(Inner {
                dialer: Dialer::new(proxies, settings.tls, settings.limits.connect),
                pool: Pool::new(),
                user_agent: settings.user_agent,
                limits: settings.limits,
            }),
        })
    }
}

impl Transport for UreqTransport {
    fn send(&self, request: Request<Body>) -> TransportFuture<'_> {
        let inner = Arc::clone(&self.inner);
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let head = Head::new(parts, body.len_bytes(), &inner.user_agent)?;
            let waiter = Waiter::new().map_err(unstarted)?;
            let exchange = StopOnDrop::new(Arc::clone(waiter.signal()));
            let (sender, answer) = async_channel::bounded(1);
            let thread = thread::Builder::new().name("heygen-ureq".to_owned());
            thread
                .spawn(move || inner.exchange(&head, body, waiter, &sender))
                .map_err(unstarted)?;
            let answer = answer.recv().await;
            exchange.disarm();
            answer.unwrap_or_else(|_| Err(interrupted("the thread of the exchange ended")))
        })
    }
}

impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransport")
            .field("limits", &self.inner.limits)
            .field("proxies", &self.inner.dialer.proxies)
            .finish_non_exhaustive()
    }
}

type Answer = Result<Response<Body>, TransportError>;

impl Inner {
    /// Carries one request out, from its first byte to the last one of its response.
    fn exchange(&self, head: &Head, body: Body, mut waiter: Waiter, answer: &Sender<Answer>) {
        let mut outgoing = Outgoing::new(body, head.len_bytes());
        let answered = self.answer(head, &mut outgoing, &mut waiter);
        // Whatever is left of it is not wanted any more, and its source may be waited for.
        drop(outgoing);
        match answered {
            Ok((response, reading)) => {
                // An error means that nobody waits any more; the body that is dropped says so, too.
                let _ = answer.try_send(Ok(response));
                if let Some(reading) = reading {
                    reading.run(&mut waiter, |wire, waiter| self.keep(head, wire, waiter));
                }
            }
            Err(Stop::Failed(error)) => {
                let server = self.dialer.proxies.describe(head.origin());
                let _ = answer.try_send(Err(error.with_server(server)));
            }
            Err(Stop::Dropped) => {}
        }
    }

    fn answer(
        &self,
        head: &Head,
        outgoing: &mut Outgoing,
        waiter: &mut Waiter,
    ) -> Result<(Response<Body>, Option<Reading>), Stop> {
        let is_large = head.len_bytes() > 0 && head.len_bytes() >= self.limits.expect_above_bytes;
        let mut expect = is_large || head.expects_continue();
        let mut may_reuse = true;
        loop {
            let kept = if may_reuse {
                self.kept(head, waiter)
            } else {
                None
            };
            let is_reused = kept.is_some();
            let mut wire = match kept {
                Some(wire) => wire,
                None => self.dialer.open(head, waiter)?,
            };
            let exchange = Exchange {
                waiter,
                wire: &mut wire,
                limits: &self.limits,
                is_reused,
                has_consent: false,
                interim: Interim::default(),
            };
            match exchange.run(head, outgoing, expect)? {
                Outcome::Answered { response, sent } => {
                    return self.received(head, response, sent, wire, waiter);
                }
                Outcome::Stale => may_reuse = false,
                Outcome::ExpectationFailed => expect = false,
            }
        }
    }

    /// Takes the body that came along with the head, or prepares to read the rest.
    fn received(
        &self,
        head: &Head,
        response: Response<()>,
        sent: Option<Patience>,
        mut wire: Wire,
        waiter: &Waiter,
    ) -> Result<(Response<Body>, Option<Reading>), Stop> {
        let mut framing = Framing::new(head.method(), &response)?;
        if sent.is_none() || !keeps_open(&response) {
            wire.close_after_use();
        }
        let answer = sent.unwrap_or_else(|| Patience::new(self.limits.answer));
        let is_there = |length| wire.input().len() as u64 >= length;
        if framing.len_bytes().is_some_and(is_there) {
            let whole = framing.take(&mut wire)?.unwrap_or_default();
            self.keep(head, wire, waiter);
            return Ok((response.map(|()| whole.into()), None));
        }
        let exchange = StopOnDrop::new(Arc::clone(waiter.signal()));
        let limits = BodyLimits {
            stall: self.limits.stall,
            answer: head.is_answered_by_a_record().then_some(answer),
            server: self.dialer.proxies.describe(head.origin()).into(),
        };
        let (reading, body) = download::start(wire, framing, limits, exchange);
        Ok((response.map(|()| body), Some(reading)))
    }

    /// Returns a connection from the pool that is still open.
    fn kept(&self, head: &Head, waiter: &Waiter) -> Option<Wire> {
        while let Some(mut wire) = self.pool.take(head.origin(), Instant::now()) {
            if wire.is_quiet() && waiter.attach(wire.tcp()).is_ok() {
                return Some(wire);
            }
        }
        None
    }

    fn keep(&self, head: &Head, mut wire: Wire, waiter: &Waiter) {
        if wire.may_be_kept() && waiter.detach(wire.tcp()).is_ok() {
            let origin = head.origin().clone();
            self.pool.keep(origin, wire, Instant::now());
        }
    }
}
