use heygen_transport::Head;
use http::{
    HeaderMap, HeaderValue, Request, Uri,
    header::{EXPECT, HOST, PROXY_AUTHORIZATION},
    uri::PathAndQuery,
};

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

impl Form {
    /// Builds the request for one connection.
    pub(crate) fn request<B>(&self, head: &Head, expect: bool, body: B) -> Request<B> {
        let mut headers = HeaderMap::with_capacity(head.headers().len() + 3);
        if !matches!(self, Self::Http2) && !head.headers().contains_key(HOST) {
            headers.insert(HOST, head.host());
        }
        headers.extend(head.headers().clone());
        if expect {
            headers.insert(EXPECT, HeaderValue::from_static("100-continue"));
        }
        let uri = match self {
            Self::Origin => Uri::from(
                head.uri()
                    .path_and_query()
                    .cloned()
                    .unwrap_or_else(|| PathAndQuery::from_static("/")),
            ),
            Self::Absolute { authorization } => {
                if let Some(authorization) = authorization {
                    headers.insert(PROXY_AUTHORIZATION, authorization.clone());
                }
                head.uri().clone()
            }
            Self::Http2 => head.uri().clone(),
        };
        let mut request = Request::new(body);
        *request.method_mut() = head.method().clone();
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        request
    }
}
