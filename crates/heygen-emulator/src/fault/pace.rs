use std::{fmt, str::FromStr, time::Duration};

use heygen_types::Invalid;

use super::words;
use crate::duration;

/// How slowly bytes go: after each block of so many, a pause.
///
/// Its text is `BYTES/TIME`, such as `65536/100ms`. Mere `BYTES` are so many per second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    block_bytes: u64,
    pause: Duration,
}

impl Pace {
    /// Pauses after each block of so many bytes. A block has at least one.
    #[must_use]
    pub const fn new(block_bytes: u64, pause: Duration) -> Self {
        Self {
            block_bytes: if block_bytes == 0 { 1 } else { block_bytes },
            pause,
        }
    }

    /// Lets so many bytes a second pass, in about ten blocks. There is at least one.
    #[must_use]
    pub const fn per_second(bytes: u64) -> Self {
        let bytes = if bytes == 0 { 1 } else { bytes };
        let block_bytes = if bytes < 10 { 1 } else { bytes / 10 };
        let nanos = block_bytes as u128 * NANOS / bytes as u128;
        // A block is never more than what one second lets pass.
        Self::new(block_bytes, Duration::from_nanos(nanos as u64))
    }

    /// Returns how many bytes go before each pause.
    #[must_use]
    pub const fn block_bytes(self) -> u64 {
        self.block_bytes
    }

    /// Returns how long each pause is.
    #[must_use]
    pub const fn pause(self) -> Duration {
        self.pause
    }

    /// Returns how long so many bytes take, when nothing but the pauses takes time.
    #[must_use]
    pub fn time_for(self, bytes: u64) -> Duration {
        let blocks = u128::from(bytes / self.block_bytes);
        let nanos = self.pause.as_nanos().saturating_mul(blocks);
        let seconds = u64::try_from(nanos / NANOS).unwrap_or(u64::MAX);
        let rest = u32::try_from(nanos % NANOS).expect("the rest of a division is below a billion");
        Duration::new(seconds, rest)
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.block_bytes, duration::text(self.pause))
    }
}

impl FromStr for Pace {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let (bytes, pause) = match text.split_once('/') {
            Some((bytes, pause)) => (bytes, Some(pause)),
            None => (text, None),
        };
        let bytes = bytes.trim().parse::<u64>().ok().filter(|bytes| *bytes > 0);
        match (bytes, pause.map(|pause| duration::parse(pause.trim()))) {
            (Some(bytes), None) => Ok(Self::per_second(bytes)),
            (Some(bytes), Some(Some(pause))) => Ok(Self::new(bytes, pause)),
            _ => Err(Invalid::new(
                words::shown(text),
                "is no pace; write 65536 for so many bytes a second, or 65536/100ms for a pause \
                 after so many",
            )),
        }
    }
}

const NANOS: u128 = 1_000_000_000;
