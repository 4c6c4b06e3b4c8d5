//! Answers that are streams of events.

mod parse;
mod raw;

use std::{
    fmt,
    future::poll_fn,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use heygen_types::Streamed;

pub use raw::RawEvents;

use crate::{
    Client, Error, RawRequest,
    client::repeat_of,
    exchange::{event_request, raw_event_request},
};

impl Client {
    /// Sends an operation whose response is a stream, and returns its events as they come.
    ///
    /// The request is retried as [`send`](Self::send) does until the stream has begun, and not
    /// after that: what came would come a second time.
    ///
    /// # Errors
    ///
    /// As for [`send`](Self::send).
    pub async fn stream<O: Streamed>(&self, operation: &O) -> Result<Events<O>, Error> {
        operation.validate()?;
        let key = self.fresh_key()?;
        let shared = &self.shared;
        let repeat = repeat_of(O::METHOD, O::IDEMPOTENCY_KEY.then_some(false));
        let call = shared.retries(shared.retry.clone(), repeat)?;
        let begin = || async {
            let request = event_request(shared, operation, &key)?;
            shared.begin_events(request).await
        };
        let begun = shared.repeating(call.not_carried_out(O::NOT_CARRIED_OUT), begin);
        let begun = begun.await;
        let raw = begun.map_err(|error| error.look_for_effect(O::METHOD, O::PATH))?;
        Ok(Events {
            raw,
            operation: PhantomData,
        })
    }

    /// Sends a request whose answer is a stream, and returns the data of its events as they come.
    ///
    /// It is retried as [`send_raw`](Self::send_raw) does until the stream has begun. Requests with
    /// a file are not for this.
    ///
    /// # Errors
    ///
    /// As for [`send_raw`](Self::send_raw).
    pub async fn stream_raw(&self, request: &RawRequest) -> Result<RawEvents, Error> {
        let shared = &self.shared;
        let call = request.retries(shared)?;
        let begin = || async {
            let request = raw_event_request(shared, request)?;
            shared.begin_events(request).await
        };
        let begun = shared.repeating(call, begin).await;
        begun.map_err(|error| error.look_for_effect(request.method(), request.template()))
    }
}

/// The events of a streamed response.
///
/// It ends with `None` once the last event has come, and with an error when the stream broke off
/// before that, when an event cannot be read, or when the server reports a failure: `None` always
/// means that everything came.
///
/// ```no_run
/// # use heygen_client::{Client, Error, types::models::{SpeechEvent, StreamModelSpeech}};
/// # async fn listen(client: &Client) -> Result<(), Error> {
/// let request = StreamModelSpeech::new("Hello there", "voice_1".parse()?);
/// let mut speech = client.models().audio().tts_stream(&request).await?;
/// while let Some(event) = speech.next().await {
///     if let SpeechEvent::Audio(part) = event? {
///         println!("part {}", part.part_index);
///     }
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "events come as they are asked for"]
pub struct Events<O> {
    raw: RawEvents,
    operation: PhantomData<fn() -> O>,
}

impl<O: Streamed> Events<O> {
    /// Returns the next event, `None` after the last one and after an error.
    ///
    /// # Errors
    ///
    /// [`Network`](crate::ErrorKind::Network) or [`TimedOut`](crate::ErrorKind::TimedOut) when the
    /// stream broke off, [`Processing`](crate::ErrorKind::Processing) when the server reports that it
    /// failed, and [`Protocol`](crate::ErrorKind::Protocol) when an event cannot be read or is too
    /// large.
    pub async fn next(&mut self) -> Option<Result<O::Response, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<O: Streamed> Stream for Events<O> {
    type Item = Result<O::Response, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let data = match ready!(Pin::new(&mut self.raw).poll_next(cx)) {
            Some(Ok(data)) => data,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        Poll::Ready(Some(self.raw.decode::<O>(&data)))
    }
}

impl<O> fmt::Debug for Events<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Events").field(&self.raw).finish()
    }
}
