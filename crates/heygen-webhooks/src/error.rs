use core::{error::Error, fmt, time::Duration};

/// Why a delivery is not to be trusted.
///
/// The message is for the log of the receiver: it holds neither the secret nor a signature. The
/// sender is best told nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// A header is missing, or its value is no text.
    MissingHeader {
        /// The header.
        name: &'static str,
    },
    /// The signature is not 64 hexadecimal digits.
    MalformedSignature {
        /// How many bytes it has.
        len_bytes: usize,
    },
    /// The time is no whole number of seconds.
    MalformedTimestamp,
    /// The body was not signed with this secret, or is not what was signed.
    WrongSignature,
    /// The signature is good, but the delivery was sent too long ago.
    TooOld {
        /// How long ago.
        age: Duration,
        /// How long ago is accepted.
        tolerance: Duration,
    },
    /// The signature is good, but the delivery comes from the future: one of the clocks is wrong.
    TooNew {
        /// How far ahead it is.
        ahead: Duration,
        /// How far ahead is accepted.
        tolerance: Duration,
    },
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MissingHeader { name } => write!(f, "the header {name} is missing"),
            Self::MalformedSignature { len_bytes: 64 } => {
                f.write_str("the signature holds something other than hexadecimal digits")
            }
            Self::MalformedSignature { len_bytes } => write!(
                f,
                "the signature has {len_bytes} bytes, it has to have 64 hexadecimal digits"
            ),
            Self::MalformedTimestamp => {
                f.write_str("the timestamp is no whole number of seconds since the Unix epoch")
            }
            Self::WrongSignature => f.write_str(
                "the signature does not fit the body: another secret, or not the raw body",
            ),
            Self::TooOld { age, tolerance } => write!(
                f,
                "the delivery was sent {} s ago, at most {} s are accepted",
                age.as_secs(),
                tolerance.as_secs()
            ),
            Self::TooNew { ahead, tolerance } => write!(
                f,
                "the delivery was sent {} s in the future, at most {} s are accepted: \
                 check the clock",
                ahead.as_secs(),
                tolerance.as_secs()
            ),
        }
    }
}

impl Error for VerifyError {}
