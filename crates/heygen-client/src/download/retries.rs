use std::time::Duration;

use heygen_upload_core::{Call, CallDecision, Failure, FailureKind};

/// How often a download that broke off is resumed, and after which pause.
///
/// Every break is followed by a pause that grows. One that came after enough bytes starts the count
/// afresh; but a server that gives next to nothing each time, or breaks off without end, is given up.
///
/// ```
/// # use heygen_client::{Client, DownloadRequest, Error, types::Url};
/// # async fn sleep(_: std::time::Duration) {}
/// # async fn fetch(client: &Client, url: Url) -> Result<Vec<u8>, Error> {
/// let mut retries = client.download_retries()?;
/// let (mut file, mut version, mut total) = (Vec::new(), None::<String>, None);
/// loop {
///     let request = DownloadRequest::new(url.clone());
///     let request = request.resume(file.len() as u64, version.as_deref()).total(total);
///     let mut download = client.download(&request).await?;
///     (version, total) = (download.version().map(str::to_owned), download.total());
///     file.truncate(download.from() as usize);
///     let before = file.len();
///     let error = loop {
///         match download.chunk().await {
///             Ok(Some(chunk)) => file.extend_from_slice(&chunk),
///             Ok(None) => return Ok(file),
///             Err(error) => break error,
///         }
///     };
///     match retries.next_pause((file.len() - before) as u64) {
///         Some(pause) => sleep(pause).await,
///         None => return Err(error),
///     }
/// }
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct DownloadRetries {
    fresh: Call,
    call: Call,
    breaks: u32,
}

impl DownloadRetries {
    pub(super) fn new(call: Call) -> Self {
        Self {
            fresh: call.clone(),
            call,
            breaks: 0,
        }
    }

    /// Returns how long to wait before the rest is asked for, when a download broke off after so
    /// many bytes; `None` to give up.
    pub fn next_pause(&mut self, len_bytes: u64) -> Option<Duration> {
        if len_bytes >= PROGRESS_MIN {
            self.call = self.fresh.clone();
        }
        self.breaks += 1;
        if self.breaks > BREAKS_MAX {
            return None;
        }
        match self
            .call
            .handle_failure(&Failure::new(FailureKind::Interrupted))
        {
            CallDecision::Again { wait } => Some(wait),
            _ => None,
        }
    }
}

/// The least number of bytes that counts as progress: a server that gives a byte at a time would
/// keep a download going for years.
const PROGRESS_MIN: u64 = 64 * 1024;

/// How often one download may break off altogether.
const BREAKS_MAX: u32 = 1_000;

#[cfg(test)]
mod tests {
    use heygen_upload_core::{Repeat, RetryPolicy};

    use super::*;

    #[test]
    fn a_download_that_breaks_off_is_resumed_with_pauses_and_not_without_end() {
        for (len_bytes, resumed) in [(0, 7), (1, 7), (PROGRESS_MIN - 1, 7), (PROGRESS_MIN, 1_000)] {
            let call = Call::new(RetryPolicy::default(), Repeat::Safely, false, 1);
            let mut retries = DownloadRetries::new(call);
            let pauses: Vec<_> = std::iter::from_fn(|| retries.next_pause(len_bytes)).collect();
            assert_eq!(pauses.len(), resumed, "{len_bytes}");
            assert!(
                pauses
                    .iter()
                    .all(|pause| *pause >= Duration::from_millis(250))
            );
        }
    }
}
