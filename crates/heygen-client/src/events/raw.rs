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
use heygen_types::{Json, Streamed};
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
    /// Ends when no event has come for too long. It begins when one is asked for: a reader may take
    /// as long as it likes.
    silence: Option<Sleep>,
    secrets: Secrets,
    events: u64,
}

impl RawEvents {
    pub(crate) fn new(body: Body, runtime: Arc<dyn Runtime>, secrets: Secrets) -> Self {
        Self {
            body: Some(body),
            parser: Parser::default(),
            runtime,
            silence: None,
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

    /// Reads the event that came last as one of an operation. An event that cannot be read, or with
    /// which the server reports that it failed, ends the stream.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Processing`] when the server reports that it failed, and [`ErrorKind::Protocol`]
    /// when the event cannot be read.
    pub fn decode<O: Streamed>(&mut self, data: &str) -> Result<O::Response, Error> {
        let event = read::<O>(data).map_err(|problem| self.unreadable(&problem))?;
        match O::failure(&event) {
            None => Ok(event),
            Some(reason) => {
                let reason = self.secrets.line(reason, WORDS_MAX);
                let problem = format!("the server could not finish the stream: {reason}");
                let before = self.events.saturating_sub(1);
                let hint = "change what it names, then send the request again";
                Err(self.end(ErrorKind::Processing, &problem, before, hint))
            }
        }
    }

    /// Ends the stream with an event that cannot be used: the one that came last.
    fn unreadable(&mut self, problem: &str) -> Error {
        let number = self.events;
        let problem = self.secrets.line(problem, WORDS_MAX);
        let problem = format!("event {number} of the stream {problem}");
        self.end(
            ErrorKind::Protocol,
            &problem,
            number.saturating_sub(1),
            AGAIN,
        )
    }

    fn fail(&mut self, kind: ErrorKind, problem: &str) -> Error {
        self.end(kind, problem, self.events, AGAIN)
    }

    /// Ends the stream after so many good events: nothing more is read.
    fn end(&mut self, kind: ErrorKind, problem: &str, events: u64, hint: &'static str) -> Error {
        self.body = None;
        let before = match events {
            0 => "nothing came before".to_owned(),
            1 => "one event came before".to_owned(),
            events => format!("{events} events came before"),
        };
        // To send the request again is to have it done twice.
        let message = format!("{problem}; {before}; the request was carried out");
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
        self.fail(kind, "the stream broke off")
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
        self.fail(ErrorKind::Protocol, &problem)
    }

    /// Returns the next event of what came already.
    fn event(&mut self) -> Option<Result<String, Error>> {
        match self.parser.next() {
            Ok(None) => None,
            Ok(Some(Part::End)) => {
                self.body = None;
                None
            }
            Ok(Some(Part::Data(data))) => {
                self.events += 1;
                self.silence = None;
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
            let silence = &mut this.silence;
            let silence = silence.get_or_insert_with(|| this.runtime.sleep(SILENCE_MAX));
            if silence.as_mut().poll(cx).is_ready() {
                let seconds = SILENCE_MAX.as_secs();
                let problem = format!("the stream was silent for {seconds} s");
                return Poll::Ready(Some(Err(this.fail(ErrorKind::TimedOut, &problem))));
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
                    this.body = None;
                    Ok(())
                }
                Poll::Ready(None) => {
                    let problem = "the stream ended without its last event, [DONE]";
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

/// Reads the data of an event, or says what is wrong with it.
fn read<O: Streamed>(data: &str) -> Result<O::Response, String> {
    let value: Json =
        serde_json::from_str(data).map_err(|error| format!("is not JSON: {error}"))?;
    O::event(&value).map_err(|invalid| format!("cannot be read: {invalid}"))
}

const AGAIN: &str = "send the request again for all of it, which carries it out once more";

/// How long no event may come. A server that sends a byte now and then would hold its reader for
/// ever.
const SILENCE_MAX: Duration = Duration::from_secs(300);

/// The longest words of a server in an error, in characters.
const WORDS_MAX: usize = 300;
