//! What is asked of a URL before HeyGen is told to fetch it.

use std::time::Duration;

use heygen_types::{ByteSize, Url, limits};

use crate::{
    Client,
    race::{First, first},
};

/// The largest file that HeyGen fetches: "32 MB" in the strict reading.
pub(super) const URL_MAX: ByteSize = limits::SINGLE_REQUEST_CLIENT_MAX;

/// How long the server of a URL may take to answer. The question is only a courtesy.
const PATIENCE: Duration = Duration::from_secs(10);

/// Returns the size of the file behind a URL when it is above the limit. Whatever goes wrong says
/// nothing: HeyGen may well get what we do not.
pub(super) async fn size_above_limit(client: &Client, url: &Url) -> Option<ByteSize> {
    let patience = client.shared.runtime.sleep(PATIENCE);
    let size = match first(client.remote_size(url), patience).await {
        First::This(size) => ByteSize::new(size?),
        First::That(()) => return None,
    };
    (size > URL_MAX).then_some(size)
}
