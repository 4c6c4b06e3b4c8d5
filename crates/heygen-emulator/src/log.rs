use std::{collections::VecDeque, fmt, time::Duration};

use heygen_types::secret::{is_credential_header, is_secret_name};
use http::{HeaderMap, Method, request::Parts};
use url::form_urlencoded;

use crate::{Endpoint, RequestId};

/// A request as the emulator saw it.
///
/// The values of secret names are replaced by `[redacted]`, those of the query of a presigned URL
/// too. `Debug` shows the names of headers only.
#[derive(Clone)]
#[non_exhaustive]
pub struct RequestRecord {
    /// The number of the request, from zero.
    pub id: RequestId,
    /// When its head arrived, since the Unix epoch, on the emulator's clock.
    pub at: Duration,
    /// Its method.
    pub method: Method,
    /// Its path, without the query.
    pub path: String,
    /// The pairs of its query, unescaped.
    pub query: Vec<(String, String)>,
    /// Where it went, `None` when there is no such place.
    pub endpoint: Option<Endpoint>,
    /// Its headers, every occurrence of a name, in lower case.
    pub headers: Vec<(String, String)>,
    /// Whether it carried an API key, a bearer token or a cookie to storage, which no client may.
    pub leaks_credential: bool,
    /// The status answered, `None` while it runs and when the connection ended without an answer.
    pub status: Option<u16>,
    /// How many bytes of its body were read; for multipart bodies, of the whole body.
    pub body_bytes: u64,
    /// Whether the answer is a replay under an idempotency key.
    pub is_replay: bool,
}

impl RequestRecord {
    /// Returns the first value of a header.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Returns the idempotency key.
    #[must_use]
    pub fn idempotency_key(&self) -> Option<&str> {
        self.header("idempotency-key")
    }
}

impl fmt::Debug for RequestRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("RequestRecord")
            .field("id", &self.id.number)
            .field("request", &format_args!("{} {}", self.method, self.path))
            .field("status", &self.status)
            .field("body_bytes", &self.body_bytes)
            .field("headers", &names)
            .finish_non_exhaustive()
    }
}

/// The last requests, oldest first.
#[derive(Clone, Debug)]
pub(crate) struct Log {
    records: VecDeque<RequestRecord>,
    dropped: u64,
    max: usize,
    /// Requests of another epoch have no place here.
    pub(crate) epoch: u64,
}

impl Log {
    pub(crate) const fn new(max: usize) -> Self {
        Self {
            records: VecDeque::new(),
            dropped: 0,
            max,
            epoch: 0,
        }
    }

    pub(crate) fn open(
        &mut self,
        at: Duration,
        head: &Parts,
        endpoint: Option<Endpoint>,
        is_storage: bool,
    ) -> RequestId {
        let id = RequestId {
            epoch: self.epoch,
            number: self.dropped + self.records.len() as u64,
        };
        self.records.push_back(RequestRecord {
            id,
            at,
            method: head.method.clone(),
            path: head.uri.path().to_owned(),
            query: query(head, is_storage),
            endpoint,
            headers: headers(&head.headers),
            leaks_credential: is_storage
                && head
                    .headers
                    .keys()
                    .any(|name| is_credential_header(name.as_str())),
            status: None,
            body_bytes: 0,
            is_replay: false,
        });
        while self.records.len() > self.max {
            self.records.pop_front();
            self.dropped += 1;
        }
        id
    }

    /// Returns the record of a request, unless it was dropped already.
    pub(crate) fn record(&mut self, id: RequestId) -> Option<&mut RequestRecord> {
        if id.epoch != self.epoch {
            return None;
        }
        let index = id.number.checked_sub(self.dropped)?;
        self.records.get_mut(usize::try_from(index).ok()?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &RequestRecord> {
        self.records.iter()
    }
}

fn query(head: &Parts, is_storage: bool) -> Vec<(String, String)> {
    let query = head.uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| {
            // A presigned URL with a damaged path is a secret, too.
            let is_secret = is_storage || name.to_ascii_lowercase().starts_with("x-amz-");
            let value = if is_secret {
                REDACTED.to_owned()
            } else {
                value.into_owned()
            };
            (name.into_owned(), value)
        })
        .collect()
}

fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    map.iter()
        .map(|(name, value)| {
            let value = if is_secret_name(name.as_str()) {
                REDACTED.into()
            } else {
                String::from_utf8_lossy(value.as_bytes())
            };
            (name.as_str().to_owned(), value.into_owned())
        })
        .collect()
}

pub(crate) const REDACTED: &str = "[redacted]";
