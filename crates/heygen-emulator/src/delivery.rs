use std::{fmt, time::Duration};

use bytes::Bytes;

/// A call that the emulator owes to a receiver: an event for a webhook endpoint, or the end of a
/// job for its `callback_url`.
///
/// It is a POST of [`body`](Self::body) as it is: the signature among the headers is over these
/// bytes. The receiver has [`ANSWER_TIMEOUT`](Self::ANSWER_TIMEOUT) to answer with 2xx. Otherwise the
/// call is repeated: an event after 10, 20, 40 … seconds for up to
/// [`REPEATED_FOR`](Self::REPEATED_FOR), a `callback_url` twice; that of a video from a model is called
/// once. The API publishes neither its intervals nor the repeats of other `callback_url`s. `Debug`
/// leaves out what may be secret.
#[derive(Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// Where it goes.
    pub url: String,
    /// The headers with their values.
    pub headers: Vec<(String, String)>,
    /// The body, JSON.
    pub body: Bytes,
    /// When it became due, since the Unix epoch, on the emulator's clock.
    pub at: Duration,
    /// The type of the event, such as `avatar_video.success`.
    pub event_type: String,
    /// The webhook endpoint; `None` for the `callback_url` of a job, whose calls are not signed.
    pub endpoint_id: Option<String>,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// Whether it is made again after a failure at all.
    pub(crate) is_repeated: bool,
    /// Since which reset or restored snapshot the emulator owes it: what comes of a call of before is
    /// not repeated.
    pub(crate) epoch: u64,
}

impl Delivery {
    /// How long a receiver may take to answer with 2xx, in real time.
    pub const ANSWER_TIMEOUT: Duration = Duration::from_secs(10);

    /// For how long after the first attempt an event is sent again, on the emulator's clock.
    pub const REPEATED_FOR: Duration = Duration::from_secs(24 * 3600);

    /// Returns when the call is due again if this attempt fails, `None` after the last one. The times
    /// depend on nothing but the first attempt, so a clock that is advanced by a day has all of them.
    pub(crate) fn next_attempt(&self) -> Option<Duration> {
        let exponent = self.attempt.saturating_sub(1);
        let since_first = |pauses: u32| FIRST_PAUSE.checked_mul(2_u32.checked_pow(pauses)? - 1);
        let is_over = match self.endpoint_id {
            Some(_) => since_first(self.attempt)? > Self::REPEATED_FOR,
            None => !self.is_repeated || self.attempt >= CALLBACK_ATTEMPTS,
        };
        let pause = FIRST_PAUSE.checked_mul(2_u32.checked_pow(exponent)?)?;
        self.at.checked_add(pause).filter(|_| !is_over)
    }

    /// Returns whether two calls are the same attempt to say the same thing.
    pub(crate) fn is_same_attempt(&self, other: &Self) -> bool {
        (&self.url, &self.endpoint_id, self.attempt, &self.body)
            == (&other.url, &other.endpoint_id, other.attempt, &other.body)
    }

    /// Returns the value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        heygen_webhooks::headers(&self.headers)(name)
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = self.url.split('?').next().unwrap_or_default();
        f.debug_struct("Delivery")
            .field("url", &url)
            .field("at", &self.at)
            .field("event_type", &self.event_type)
            .field("endpoint_id", &self.endpoint_id)
            .field("attempt", &self.attempt)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// The pause after the first attempt; each further one is twice as long.
const FIRST_PAUSE: Duration = Duration::from_secs(10);

/// How often a `callback_url` is called at most.
const CALLBACK_ATTEMPTS: u32 = 3;

/// Tells whether a URL leads to this machine.
pub(crate) fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
