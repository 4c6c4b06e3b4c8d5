//! What is asked of a URL before HeyGen is told to fetch it.

use std::time::Duration;

use heygen_types::{ByteSize, Url, limits};
use http::{
    Method, Request,
    header::{CONTENT_LENGTH, USER_AGENT},
};

use crate::{
    Body, Destination,
    client::Shared,
    race::{First, first},
};

/// The largest file that HeyGen fetches: "32 MB" in the strict reading.
pub(super) const URL_MAX: ByteSize = limits::SINGLE_REQUEST_CLIENT_MAX;

/// How long the server of a URL may take to answer. The question is only a courtesy.
const PATIENCE: Duration = Duration::from_secs(10);

/// Returns the size of the file behind a URL when it is above the limit. Whatever goes wrong says
/// nothing: HeyGen may well get what we do not.
pub(super) async fn size_above_limit(shared: &Shared, url: &Url) -> Option<ByteSize> {
    let size = match first(size(shared, url), shared.runtime.sleep(PATIENCE)).await {
        First::This(size) => size?,
        First::That(()) => return None,
    };
    (size > URL_MAX).then_some(size)
}

async fn size(shared: &Shared, url: &Url) -> Option<ByteSize> {
    // No credential: the host is anybody's.
    let mut request = Request::builder()
        .method(Method::HEAD)
        .uri(url.as_str())
        .header(USER_AGENT, shared.user_agent.clone())
        .body(Body::empty())
        .ok()?;
    request.extensions_mut().insert(Destination::Storage);
    let response = shared.transport.send(request).await.ok()?;
    if !response.status().is_success() {
        return None;
    }
    let length = response.headers().get(CONTENT_LENGTH)?;
    length.to_str().ok()?.parse().ok().map(ByteSize::new)
}
