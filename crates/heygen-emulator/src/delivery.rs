use std::{fmt, time::Duration};

use bytes::Bytes;

/// A call that the emulator owes to a receiver: an event for a webhook endpoint, or the end of a
/// job for its `callback_url`.
///
/// It is a POST of [`body`](Self::body) as it is: the signature among the headers is over these
/// bytes. `Debug` leaves out what may be secret.
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
}

impl Delivery {
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
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

/// Tells whether a URL leads to this machine.
pub(crate) fn is_loopback(url: &url::Url) -> bool {
    match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
