mod head;
mod retries;

use std::{fmt, future::poll_fn, pin::Pin};

use bytes::Bytes;
use heygen_types::Url;
use heygen_upload_core::{Call, Failure, FailureKind, Reason, Repeat, Rule};
use http::{Method, Request, Response, StatusCode, Uri, header};
use http_body::Body as _;

use crate::{
    Body, Client, Destination, Error, ErrorKind,
    client::Shared,
    exchange::{Refusal, Secrets},
};

use head::{Span, next_place, span};
pub use retries::DownloadRetries;

/// What to fetch: a URL that the API gave, from its first byte or from a later one.
///
/// ```
/// use heygen_client::DownloadRequest;
///
/// let url = "https://files.example/video.mp4?signature=…".parse()?;
/// let request = DownloadRequest::new(url).resume(1024, Some("\"etag\"")).total(Some(4096));
/// # let _ = request;
/// # Ok::<(), heygen_client::types::Invalid>(())
/// ```
#[derive(Clone, Debug)]
#[must_use = "a request does nothing until it is sent"]
pub struct DownloadRequest {
    url: Url,
    from: u64,
    version: Option<String>,
    total: Option<u64>,
}

impl DownloadRequest {
    /// Asks for all of it.
    pub const fn new(url: Url) -> Self {
        Self {
            url,
            from: 0,
            version: None,
            total: None,
        }
    }

    /// Asks for what follows a number of bytes that are there already and were part of this
    /// [`version`](Download::version). Of another version the whole comes, and so it does without a
    /// version: nothing would tell whether the rest belongs to the same file.
    pub fn resume(mut self, from: u64, version: Option<&str>) -> Self {
        self.version = version.map(str::to_owned);
        self.from = if self.version.is_some() { from } else { 0 };
        self
    }

    /// Says how large the whole was, as far as the server [told](Download::total): a part of a file of
    /// another size is of another version.
    pub const fn total(mut self, total: Option<u64>) -> Self {
        self.total = total;
        self
    }

    fn request(&self, method: Method, uri: Uri) -> Result<Request<Body>, Refusal> {
        // A packed file would be stored as it comes.
        let mut request = Request::builder()
            .method(method)
            .uri(uri)
            .header(header::ACCEPT_ENCODING, "identity");
        if self.from > 0 {
            request = request.header(header::RANGE, format!("bytes={}-", self.from));
            if let Some(version) = &self.version {
                request = request.header(header::IF_RANGE, version);
            }
        }
        request
            .body(Body::empty())
            .map_err(|error| Refusal::new(FailureKind::Unsendable, error))
    }
}

/// A file on its way here. Nothing of it is held but the piece that was read last.
pub struct Download {
    span: Span,
    version: Option<String>,
    body: Body,
    read: u64,
}

impl Download {
    /// Returns the position of the first byte that comes: zero, whatever was asked for, from a
    /// server that gives files only whole.
    #[must_use]
    pub const fn from(&self) -> u64 {
        self.span.from
    }

    /// Returns the size of the whole file in bytes, where the server tells it.
    #[must_use]
    pub const fn total(&self) -> Option<u64> {
        self.span.total
    }

    /// Returns what identifies this version of the file, where the server tells it.
    #[must_use]
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns the next piece, `None` at the end.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Network`] or [`ErrorKind::TimedOut`] when the connection broke off: what came
    /// before is good, and the rest can be asked for with [`DownloadRequest::resume`], as long as
    /// [`Client::download_retries`] allows. [`ErrorKind::Protocol`] when the content is a page or nothing.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        while let Some(frame) = poll_fn(|cx| Pin::new(&mut self.body).poll_frame(cx)).await {
            let frame = frame.map_err(|error| broken(error.into_cause()))?;
            if let Ok(data) = frame.into_data()
                && !data.is_empty()
            {
                if self.span.from + self.read == 0
                    && let Some(what) = head::begins_as_page(&data)
                {
                    return Err(no_file(what));
                }
                self.read += data.len() as u64;
                return Ok(Some(data));
            }
        }
        match self.span.total {
            Some(total) if total != self.span.from + self.read => Err(broken(
                format!("{} of {total} bytes came", self.span.from + self.read).into(),
            )),
            _ if self.span.from + self.read == 0 => Err(no_file("nothing")),
            _ => Ok(None),
        }
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("from", &self.span.from)
            .field("total", &self.span.total)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Fetches a file from a URL that the API gave. The credential stays here: such URLs carry
    /// their own permission, and lead to other hosts.
    ///
    /// The request is repeated as a GET is, until there is a first byte; after that
    /// [`Download::chunk`] says where it broke off. Redirects are followed, but not from `https` to
    /// `http`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Rejected`] with status 403 when the URL has expired: read the record that it
    /// came from again for a fresh one. [`ErrorKind::Protocol`] when the answer does not fit the
    /// request, or is a page in HTML or JSON.
    pub async fn download(&self, request: &DownloadRequest) -> Result<Download, Error> {
        let shared = &self.shared;
        // A refusal of another host says nothing of the credential, so that is not refreshed.
        let get = async |request: &DownloadRequest| {
            let call = Call::new(shared.retry.clone(), Repeat::Safely, false, shared.seed()?);
            let response = shared
                .repeating(call, || fetch(shared, request, Method::GET))
                .await
                .map_err(Error::of_url)?;
            let span = span(&response, request.from);
            let version = head::version(response.headers());
            Ok::<_, Error>((response, span, version))
        };
        let mut got = get(request).await;
        // Not every server heeds `If-Range`, and the range itself may be of another version.
        let is_useless = match &got {
            Ok((_, Ok(span), version)) => {
                let sizes = request.total.zip(span.total);
                let is_other_size = sizes.is_some_and(|(then, now)| then != now);
                span.from > 0 && (*version != request.version || is_other_size)
            }
            Ok((_, Err(_), _)) => true,
            Err(error) => error.status() == Some(416),
        };
        if request.from > 0 && is_useless {
            drop(got);
            got = get(&DownloadRequest::new(request.url.clone())).await;
        }
        let (response, span, version) = got?;
        let span = span.map_err(|problem| {
            Error::local(ErrorKind::Protocol, problem, "fetch it from its first byte")
        })?;
        if let Some(what) = head::not_a_file(response.headers()) {
            return Err(no_file(what));
        }
        Ok(Download {
            span,
            version,
            body: response.into_body(),
            read: 0,
        })
    }

    /// Returns what decides how often a download that breaks off is resumed, and after which pause.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Configuration`] when the system gives no random numbers.
    pub fn download_retries(&self) -> Result<DownloadRetries, Error> {
        let shared = &self.shared;
        let mut policy = shared.retry.clone();
        // What is resumed is no repetition: a client that repeats nothing gets whole files, too.
        policy.max_attempts = policy.max_attempts.max(RESUMED_MIN);
        let call = Call::new(policy, Repeat::Safely, false, shared.seed()?);
        Ok(DownloadRetries::new(call))
    }

    /// Asks a server how large a file is, once and without the credential. `None` when it does not
    /// say, for whatever reason.
    pub async fn remote_size(&self, url: &Url) -> Option<u64> {
        let request = DownloadRequest::new(url.clone());
        let response = fetch(&self.shared, &request, Method::HEAD).await.ok()?;
        head::length(response.headers())
    }
}

/// Sends the request once, to wherever redirects lead, and returns a successful head.
async fn fetch(
    shared: &Shared,
    request: &DownloadRequest,
    method: Method,
) -> Result<Response<Body>, Refusal> {
    let mut place = head::place(request.url.as_str(), shared.base_url.is_plain_http())?;
    let mut before = Secrets::default();
    for _ in 0..=REDIRECTS_MAX {
        let outgoing = request.request(method.clone(), place.clone())?;
        let secrets = before.and(Secrets::of(&outgoing));
        let response = shared.exchange(outgoing, Destination::Storage).await?;
        let status = response.status();
        if matches!(status, StatusCode::OK | StatusCode::PARTIAL_CONTENT) {
            return Ok(response);
        }
        match next_place(&place, &response) {
            Some(next) => place = next?,
            None if status.is_success() => {
                return Err(Failure::unreadable(status.as_u16()).into());
            }
            None => {
                let mut refusal = shared.refused_by_storage(response, &secrets).await;
                // The files of the API lie with hosts that have no document for a refusal.
                refusal.failure.kind = FailureKind::Answer;
                return Err(refusal);
            }
        }
    }
    Err(Refusal::new(
        FailureKind::Unsendable,
        "the URL leads from one redirect to the next",
    ))
}

/// Reports an answer that is a page of a gateway, a login or an error.
fn no_file(what: &str) -> Error {
    Error::local(
        ErrorKind::Protocol,
        format!("the server answered with {what} instead of the file"),
        "check any proxy or login page on the way, then fetch it again",
    )
}

fn broken(cause: Box<dyn std::error::Error + Send + Sync>) -> Error {
    let failure = Failure::new(FailureKind::Interrupted);
    Error::request(Reason::Exhausted(Rule::Attempts(1)), failure, Some(cause))
}

const REDIRECTS_MAX: usize = 5;

/// How often a download is begun at least when it makes no progress.
const RESUMED_MIN: u32 = 3;
