use http::{
    HeaderMap, HeaderValue, Method, Request, Uri,
    header::{CONTENT_LENGTH, EXPECT, HOST, PROXY_AUTHORIZATION, TRANSFER_ENCODING, USER_AGENT},
    request::Parts,
    uri::{PathAndQuery, Scheme},
};

use heygen_client::{Destination, TransportError, TransportErrorKind};

/// The head of a request, ready to be written to any kind of connection, more than once if need be.
pub(crate) struct Head {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    destination: Destination,
    len_bytes: u64,
    expects_continue: bool,
}

/// How the target and the host of a request are written.
#[derive(Clone, Debug)]
pub(crate) enum Form {
    /// Straight to the server: path and query, `Host`.
    Origin,
    /// To a proxy that forwards: the whole URI, `Host`, the proxy's credential.
    Absolute { authorization: Option<HeaderValue> },
    /// HTTP/2, which has its own field for the host.
    Http2,
}

impl Head {
    /// Checks the head of a request against its body.
    pub(crate) fn new(
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
        if uri.scheme() != Some(&Scheme::HTTP) && uri.scheme() != Some(&Scheme::HTTPS) {
            return refuse("the URL is neither http nor https");
        }
        match uri.authority() {
            Some(authority) if authority.as_str().contains('@') => {
                return refuse("the URL carries a user name");
            }
            Some(authority) if !authority.host().is_empty() => {}
            _ => return refuse("the URL has no host"),
        }
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
        // The transport cannot see to a wait that it did not ask for.
        let expects_continue = headers
            .get(EXPECT)
            .is_some_and(|value| value.as_bytes().eq_ignore_ascii_case(CONTINUE.as_bytes()));
        if expects_continue {
            headers.remove(EXPECT);
        }
        if !headers.contains_key(USER_AGENT) {
            headers.insert(USER_AGENT, user_agent.clone());
        }
        Ok(Self {
            method,
            uri,
            headers,
            destination: extensions
                .get::<Destination>()
                .copied()
                .unwrap_or(Destination::Storage),
            len_bytes,
            expects_continue: expects_continue && len_bytes > 0,
        })
    }

    pub(crate) fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns whom the request is for; one that does not say is treated as one for storage.
    pub(crate) fn destination(&self) -> Destination {
        self.destination
    }

    pub(crate) fn len_bytes(&self) -> u64 {
        self.len_bytes
    }

    /// Tells whether the caller itself asked for `Expect: 100-continue`.
    pub(crate) fn expects_continue(&self) -> bool {
        self.expects_continue
    }

    /// Builds the request for one connection.
    pub(crate) fn request<B>(&self, form: &Form, expect: bool, body: B) -> Request<B> {
        let mut headers = HeaderMap::with_capacity(self.headers.len() + 3);
        if !matches!(form, Form::Http2) && !self.headers.contains_key(HOST) {
            headers.insert(HOST, host(&self.uri));
        }
        headers.extend(self.headers.clone());
        if expect {
            headers.insert(EXPECT, HeaderValue::from_static(CONTINUE));
        }
        let uri = match form {
            Form::Origin => Uri::from(
                self.uri
                    .path_and_query()
                    .cloned()
                    .unwrap_or_else(|| PathAndQuery::from_static("/")),
            ),
            Form::Absolute { authorization } => {
                if let Some(authorization) = authorization {
                    headers.insert(PROXY_AUTHORIZATION, authorization.clone());
                }
                self.uri.clone()
            }
            Form::Http2 => self.uri.clone(),
        };
        let mut request = Request::new(body);
        *request.method_mut() = self.method.clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        request
    }
}

/// Makes the error for a request that this transport cannot send.
pub(crate) fn refused(why: &'static str) -> TransportError {
    TransportError::with_source(TransportErrorKind::Request, why)
}

/// Returns the value of `Host`: the port stands there only when it is not the scheme's own.
fn host(uri: &Uri) -> HeaderValue {
    let authority = uri.authority().expect("a checked URI has an authority");
    let own_port = if uri.scheme() == Some(&Scheme::HTTPS) {
        443
    } else {
        80
    };
    let host = match authority.port_u16() {
        Some(port) if port == own_port => authority.host(),
        _ => authority.as_str(),
    };
    HeaderValue::from_str(host).expect("a host of a parsed URI is a header value")
}

const CONTINUE: &str = "100-continue";
