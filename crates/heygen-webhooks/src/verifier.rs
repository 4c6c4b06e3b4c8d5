use core::time::Duration;

use heygen_types::Sha256Digest;
use hmac::Mac as _;

use crate::{
    Delivery, EVENT_ID_HEADER, OLDER_SIGNATURE_HEADERS, SIGNATURE_HEADER, Secret, TIMESTAMP_HEADER,
    VerifyError, sign::mac,
};

/// Tells deliveries of HeyGen from others.
///
/// It holds no state beyond its secrets, so one can serve all threads; [`SeenIds`](crate::SeenIds)
/// remembers.
#[derive(Clone, Debug)]
pub struct Verifier {
    secret: Secret,
    previous: Option<Secret>,
    /// `None`: times are not looked at.
    tolerance: Option<Duration>,
    takes_older_headers: bool,
}

impl Verifier {
    /// How far the time of a delivery may be from the receiver's, in both directions, unless
    /// [`with_tolerance`](Self::with_tolerance) says otherwise.
    pub const DEFAULT_TOLERANCE: Duration = Duration::from_secs(300);

    /// Makes a verifier for deliveries signed with one secret, sent at most 300 seconds ago.
    #[must_use]
    pub const fn new(secret: Secret) -> Self {
        Self {
            secret,
            previous: None,
            tolerance: Some(Self::DEFAULT_TOLERANCE),
            takes_older_headers: false,
        }
    }

    /// Accepts a second secret too, while the first replaces it.
    #[must_use]
    pub fn with_previous(mut self, secret: Secret) -> Self {
        self.previous = Some(secret);
        self
    }

    /// Sets how far the time of a delivery may be from the receiver's, in both directions.
    #[must_use]
    pub const fn with_tolerance(mut self, tolerance: Duration) -> Self {
        self.tolerance = Some(tolerance);
        self
    }

    /// Looks at no time at all: for deliveries that were stored, and for senders that tell none.
    ///
    /// Whoever once saw a delivery can then repeat it for ever as it is.
    #[must_use]
    pub const fn without_time_window(mut self) -> Self {
        self.tolerance = None;
        self
    }

    /// Accepts the signature in a header of one of the
    /// [older names](OLDER_SIGNATURE_HEADERS) too, when `Heygen-Signature` is missing.
    ///
    /// Some deliveries with an older header have no timestamp; they are accepted without one. A
    /// timestamp that is given must be within the window. This opens nothing that was closed before:
    /// the timestamp is not signed, so whoever can repeat a recorded delivery can also write a new
    /// one. Use [`SeenIds`](crate::SeenIds) against repetitions.
    #[must_use]
    pub const fn with_older_headers(mut self) -> Self {
        self.takes_older_headers = true;
        self
    }

    /// Checks a delivery.
    ///
    /// `now` is the time since the Unix epoch, `header` looks up a header by its name in any
    /// letter case, and `body` is the body as it came, byte for byte.
    ///
    /// # Errors
    ///
    /// Says what is missing, malformed, wrong or out of the window. The time is looked at last, so
    /// [`TooOld`](VerifyError::TooOld) and [`TooNew`](VerifyError::TooNew) mean that the signature
    /// is good. Nothing is remembered of a delivery that is refused.
    pub fn verify<'d>(
        &self,
        now: Duration,
        header: impl Fn(&str) -> Option<&'d str>,
        body: &'d [u8],
    ) -> Result<Delivery<'d>, VerifyError> {
        let (signature, is_older) = self.signature(&header)?;
        let sent_at = self.sent_at(&header, is_older)?;
        let is_signed_by_previous = self.check_signature(&signature, body)?;
        if let (Some(tolerance), Some(sent_at)) = (self.tolerance, sent_at) {
            check_time(now, sent_at, tolerance)?;
        }
        Ok(Delivery {
            body,
            event_id: header(EVENT_ID_HEADER).filter(|id| !id.is_empty()),
            sent_at,
            signature,
            is_signed_by_previous,
        })
    }

    /// Returns the signature, and whether it came in a header of an older name.
    fn signature<'d>(
        &self,
        header: impl Fn(&str) -> Option<&'d str>,
    ) -> Result<([u8; 32], bool), VerifyError> {
        let older = OLDER_SIGNATURE_HEADERS
            .into_iter()
            .filter(|_| self.takes_older_headers);
        let (name, text) = core::iter::once(SIGNATURE_HEADER)
            .chain(older)
            .find_map(|name| Some((name, header(name)?)))
            .ok_or(VerifyError::MissingHeader {
                name: SIGNATURE_HEADER,
            })?;
        // The error of the digest names another field.
        let digest: Sha256Digest = text.parse().map_err(|_| VerifyError::MalformedSignature {
            len_bytes: text.len(),
        })?;
        Ok((*digest.as_bytes(), name != SIGNATURE_HEADER))
    }

    /// Returns when the delivery was sent. The window needs a timestamp, except beside an older
    /// signature header.
    fn sent_at<'d>(
        &self,
        header: impl Fn(&str) -> Option<&'d str>,
        is_older: bool,
    ) -> Result<Option<Duration>, VerifyError> {
        let time = header(TIMESTAMP_HEADER).map(parse_seconds).transpose();
        match self.tolerance {
            Some(_) => match time? {
                None if !is_older => Err(VerifyError::MissingHeader {
                    name: TIMESTAMP_HEADER,
                }),
                time => Ok(time),
            },
            None => Ok(time.unwrap_or_default()),
        }
    }

    /// Tells whether the body was signed with the previous secret. Both are always tried, and each
    /// is compared in constant time.
    fn check_signature(&self, signature: &[u8; 32], body: &[u8]) -> Result<bool, VerifyError> {
        let fits = |secret: &Secret| mac(secret, body).verify_slice(signature).is_ok();
        let is_current = fits(&self.secret);
        let is_previous = self.previous.as_ref().is_some_and(fits);
        if is_current || is_previous {
            Ok(!is_current)
        } else {
            Err(VerifyError::WrongSignature)
        }
    }
}

/// Reads whole seconds. A sign is not one of the digits that HeyGen writes.
fn parse_seconds(text: &str) -> Result<Duration, VerifyError> {
    let digits = Some(text).filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    digits
        .and_then(|digits| digits.parse().ok())
        .map(Duration::from_secs)
        .ok_or(VerifyError::MalformedTimestamp)
}

fn check_time(now: Duration, sent_at: Duration, tolerance: Duration) -> Result<(), VerifyError> {
    // The sender drops the fraction of its second, so the receiver does too.
    let now = Duration::from_secs(now.as_secs());
    let age = now.saturating_sub(sent_at);
    let ahead = sent_at.saturating_sub(now);
    if age > tolerance {
        Err(VerifyError::TooOld { age, tolerance })
    } else if ahead > tolerance {
        Err(VerifyError::TooNew { ahead, tolerance })
    } else {
        Ok(())
    }
}
