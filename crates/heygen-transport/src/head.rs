use std::fmt;

use heygen_client::{Destination, TransportError};
use heygen_types::{Invalid, Origin};
use http::{
    HeaderMap, HeaderValue, Method, Uri,
    header::{ACCEPT, CONTENT_LENGTH, EXPECT, TRANSFER_ENCODING, USER_AGENT},
    request::Parts,
};

use crate::refused;

/// The head of a request, checked against its body and ready to be written, more than once if need
/// be.
pub struct Head {
    method: Method,
    uri: Uri,
    origin: Origin,
    headers: HeaderMap,
    destination: Destination,
    len_bytes: u64,
    expects_continue: bool,
}

impl Head {
    /// Checks the head of a request against the size of its body, and completes it:
    /// `Content-Length` where it has to stand, and a `User-Agent` if there is none.
    ///
    /// # Errors
    ///
    /// [`Request`](heygen_client::TransportErrorKind::Request) when the request cannot be sent as
    /// it stands: another scheme than `http` and `https`, no usable host or port, a user name in the
    /// URL, the method `CONNECT`, a body of unknown size, or headers that contradict the body.
    pub fn new(
        parts: Parts,
        body_len_bytes: Option<u64>,
        user_agent: &HeaderValue,
    ) -> Result<Self, TransportError> {
        let Parts {
            method,
            uri,
            mut headers,
            extensions,
            ..
        } = parts;
        let refuse = |why: &'static str| Err(refused(why));
        if method == Method::CONNECT {
            return refuse("the method CONNECT is not supported");
        }
        let authority = uri.authority().map_or("", |authority| authority.as_str());
        let origin = Origin::from_parts(uri.scheme_str().unwrap_or_default(), authority)
            .map_err(|invalid: Invalid| refused(format!("the URL {}", invalid.problem())))?;
        let Some(len_bytes) = body_len_bytes else {
            return refuse("the size of the request body is not known");
        };
        if headers.contains_key(TRANSFER_ENCODING) {
            return refuse("the header transfer-encoding belongs to the transport");
        }
        if headers
            .get_all(CONTENT_LENGTH)
            .iter()
            .any(|value| value.to_str().ok().and_then(|v| v.parse().ok()) != Some(len_bytes))
        {
            return refuse("the header content-length differs from the size of the body");
        }
        let announces = len_bytes > 0
            || headers.contains_key(CONTENT_LENGTH)
            || matches!(method, Method::POST | Method::PUT | Method::PATCH);
        if announces {
            headers.insert(CONTENT_LENGTH, HeaderValue::from(len_bytes));
        }
        // A transport cannot see to a wait that it did not ask for.
        let expects_continue = headers
            .get(EXPECT)
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(b"100-continue"));
        if expects_continue {
            headers.remove(EXPECT);
        }
        if !headers.contains_key(USER_AGENT) {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        Ok(Self {
            method,
            uri,
            origin,
            headers,
            destination: extensions
                .get::<Destination>()
                .copied()
                .unwrap_or(Destination::Storage),
            len_bytes,
            expects_continue: expects_continue && len_bytes > 0,
        })
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the URI as it was given. It has a scheme and a host.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the server: where the request goes, unless there is a proxy.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// Returns `true` if the answer is a record, which the limit for answers covers to its last
    /// byte, and not a file of any size or a stream of events.
    #[must_use]
    pub fn is_answered_by_a_record(&self) -> bool {
        let accept = self.headers.get(ACCEPT);
        match self.destination {
            Destination::Storage => self.method != Method::GET,
            _ => accept.is_none_or(|accept| accept != "text/event-stream"),
        }
    }

    /// Returns the headers, without `Host` (unless it was given) and without `Expect`.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns whom the request is for; one that does not say is treated as one for storage.
    #[must_use]
    pub fn destination(&self) -> Destination {
        self.destination
    }

    /// Returns the size of the body in bytes.
    #[must_use]
    pub fn len_bytes(&self) -> u64 {
        self.len_bytes
    }

    /// Tells whether the caller itself asked for `Expect: 100-continue`.
    #[must_use]
    pub fn expects_continue(&self) -> bool {
        self.expects_continue
    }

    /// Returns the value of `Host`: the port stands there only when it is not the scheme's own.
    ///
    /// # Panics
    ///
    /// Never: the host of a parsed URI is a header value.
    #[must_use]
    pub fn host(&self) -> HeaderValue {
        let authority = self
            .uri
            .authority()
            .expect("a checked URI has an authority");
        let own_port = if self.origin.is_https() { 443 } else { 80 };
        let host = if self.origin.port() == own_port {
            authority.host()
        } else {
            authority.as_str()
        };
        HeaderValue::from_str(host).expect("a host of a parsed URI is a header value")
    }
}

impl fmt::Debug for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The path, the query and the headers of a presigned URL are a credential.
        f.debug_struct("Head")
            .field("method", &self.method)
            .field("host", &self.uri.host())
            .field("len_bytes", &self.len_bytes)
            .finish_non_exhaustive()
    }
}
