use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;

use super::parse::{Excess, Parser, Part};
use crate::{
    Body, BodyError, Error, ErrorKind, Runtime, Sleep, TransportError, TransportErrorKind,
    exchange::Secrets,
};

/// The data of the events of a streamed answer, as it came.
///
/// It ends as [`Events`](super::Events) does, but for a failure that the server reports: that is an
/// event like any other here.
#[must_use = "events come as they are asked for"]
pub struct RawEvents {
    /// `None` once it has ended, well or not.
    body: Option<Body>,
    parser: Parser,
    runtime: Arc<dyn Runtime>,
    /// Ends when no event has come for too long.
    silence: Sleep,
    secrets: Secrets,
    events: u64,
}

impl RawEvents {
    pub(crate) fn new(body: Body, runtime: Arc<dyn Runtime>, secrets: Secrets) -> Self {
        Self {
            body: Some(body),
            parser: Parser::default(),
            silence: runtime.sleep(SILENCE_MAX),
            runtime,
            secrets,
            events: 0,
        }
    }

    /// Returns the data of the next event, `None` after the last one and after an error.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Network`] or [`ErrorKind::TimedOut`] when the stream broke off, and
    /// [`ErrorKind::Protocol`] when an event is no text or too large.
    pub async fn next(&mut self) -> Option<Result<String, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Ends the stream: nothing more is read.
    pub(super) fn stop(&mut self) {
        self.body = None;
    }

    /// Says how much came.
    pub(super) fn received(&self) -> String {
        match self.events {
            0 => "nothing came before".to_owned(),
            1 => "one event came before".to_owned(),
            events => format!("{events} events came before"),
        }
    }

    /// Returns words of the server as one short line without the secrets of the request.
    pub(super) fn without_secrets(&self, text: &str) -> String {
        self.secrets.line(text, WORDS_MAX)
    }

    /// Ends the stream with an event that cannot be used: the one that came last.
    pub(super) fn unreadable(&mut self, problem: &str) -> Error {
        let number = self.events;
        let problem = self.without_secrets(problem);
        self.fail(
            ErrorKind::Protocol,
            format!("event {number} of the stream {problem}"),
        )
    }

    /// Ends the stream.
    fn fail(&mut self, kind: ErrorKind, problem: String) -> Error {
        self.stop();
        // The request was carried out, so that to send it again is to have it done twice.
        let message = format!(
            "{problem}; {}; the request was carried out",
            self.received()
        );
        let hint = "send the request again for all of it, which carries it out once more";
        Error::local(kind, message, hint)
    }

    fn broken(&mut self, error: BodyError) -> Error {
        let kind = match error.transport_error().map(TransportError::kind) {
            Some(TransportErrorKind::Stall | TransportErrorKind::AnswerTimeout) => {
                ErrorKind::TimedOut
            }
            _ => ErrorKind::Network,
        };
        let error_cause = error.into_cause();
        self.fail(kind, "the stream broke off".to_owned())
            .with_source(Some(error_cause))
    }

    /// Takes what came of the stream.
    fn take(&mut self, bytes: &Bytes) -> Result<(), Error> {
        let pushed = self.parser.push(bytes);
        pushed.map_err(|excess| self.excess(&excess))
    }

    fn excess(&mut self, excess: &Excess) -> Error {
        let problem = match excess {
            Excess::Event(max) => format!("an event of the stream has more than {max} bytes"),
            Excess::Stream(max) => format!("the stream has more than {max} bytes"),
        };
        self.fail(ErrorKind::Protocol, problem)
    }

    /// Returns the next event of what came already.
    fn event(&mut self) -> Option<Result<String, Error>> {
        match self.parser.next() {
            Ok(None) => None,
            Ok(Some(Part::End)) => {
                self.stop();
                None
            }
            Ok(Some(Part::Data(data))) => {
                self.events += 1;
                self.silence = self.runtime.sleep(SILENCE_MAX);
                let data = String::from_utf8(data);
                Some(data.map_err(|_| self.unreadable("is no UTF-8")))
            }
            Err(excess) => Some(Err(self.excess(&excess))),
        }
    }
}

impl Stream for RawEvents {
    type Item = Result<String, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if this.body.is_some()
                && let Some(event) = this.event()
            {
                return Poll::Ready(Some(event));
            }
            let Some(body) = &mut this.body else {
                return Poll::Ready(None);
            };
            // Also when bytes come without end and no event among them.
            if this.silence.as_mut().poll(cx).is_ready() {
                let seconds = SILENCE_MAX.as_secs();
                let problem = format!("the stream was silent for {seconds} s");
                return Poll::Ready(Some(Err(this.fail(ErrorKind::TimedOut, problem))));
            }
            let end = match Pin::new(body).poll_frame(cx) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Some(Ok(frame))) => match frame.into_data() {
                    Ok(data) => this.take(&data),
                    // Trailers say nothing.
                    Err(_) => Ok(()),
                },
                Poll::Ready(Some(Err(error))) => Err(this.broken(error)),
                Poll::Ready(None) if this.parser.is_complete() => {
                    this.stop();
                    Ok(())
                }
                Poll::Ready(None) => {
                    let problem = "the stream ended without its last event, [DONE]".to_owned();
                    Err(this.fail(ErrorKind::Network, problem))
                }
            };
            if let Err(error) = end {
                return Poll::Ready(Some(Err(error)));
            }
        }
    }
}

impl fmt::Debug for RawEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawEvents")
            .field("events", &self.events)
            .field("has_ended", &self.body.is_none())
            .finish_non_exhaustive()
    }
}

/// How long no event may come. A server that sends a byte now and then would hold its reader for
/// ever.
const SILENCE_MAX: Duration = Duration::from_secs(300);

/// The longest words of a server in an error, in characters.
const WORDS_MAX: usize = 300;
