use core::{fmt, time::Duration};

/// A delivery whose signature is good.
///
/// Only the body was signed. The time and the id are what the headers said; see the root of this
/// crate for what that means.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivery<'d> {
    pub(crate) body: &'d [u8],
    pub(crate) event_id: Option<&'d str>,
    pub(crate) sent_at: Option<Duration>,
    pub(crate) signature: [u8; 32],
    pub(crate) is_signed_by_previous: bool,
}

impl<'d> Delivery<'d> {
    /// Returns the bytes that were signed: JSON of a
    /// [`WebhookEvent`](heygen_types::webhooks::WebhookEvent).
    #[must_use]
    pub const fn body(&self) -> &'d [u8] {
        self.body
    }

    /// Returns the id of the event, the same for every delivery of it, if the headers had one. The
    /// signed body may have it too, as
    /// [`WebhookEvent::event_id`](heygen_types::webhooks::WebhookEvent::event_id).
    #[must_use]
    pub const fn event_id(&self) -> Option<&'d str> {
        self.event_id
    }

    /// Returns when it was sent, since the Unix epoch. `None` only without a
    /// [time window](crate::Verifier::without_time_window), and for deliveries with
    /// [older headers](crate::Verifier::with_older_headers), which may have no timestamp.
    #[must_use]
    pub const fn sent_at(&self) -> Option<Duration> {
        self.sent_at
    }

    /// Tells whether it was signed with the secret that is being given up.
    #[must_use]
    pub const fn is_signed_by_previous(&self) -> bool {
        self.is_signed_by_previous
    }
}

impl fmt::Debug for Delivery<'_> {
    /// Shows no content, which may hold presigned URLs, and no signature.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Delivery")
            .field("len_bytes", &self.body.len())
            .field("event_id", &self.event_id)
            .field("sent_at", &self.sent_at)
            .field("is_signed_by_previous", &self.is_signed_by_previous)
            .finish_non_exhaustive()
    }
}
