use heygen_types::{ApiError, ErrorBody, MediaType};
use http::{Response, StatusCode, header};

use crate::{Unkept, exchange::Payload};

/// A refusal of the API: a status and the error in its envelope.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    // Boxed, so that results that carry a refusal stay small.
    error: Box<ApiError>,
    allow: Option<String>,
    retry_after_seconds: Option<u64>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            error: Box::new(ApiError::new(code, message)),
            allow: None,
            retry_after_seconds: None,
        }
    }

    /// Returns the code that the API has most often with a status.
    pub(crate) const fn usual_code(status: StatusCode) -> &'static str {
        match status.as_u16() {
            401 => "unauthorized",
            403 => "forbidden",
            404 => "not_found",
            409 => "conflict",
            413 => "payload_too_large",
            429 => "rate_limit_exceeded",
            400..=499 => "invalid_parameter",
            502 => "bad_gateway",
            503 => "service_unavailable",
            504 => "gateway_timeout",
            _ => "internal_error",
        }
    }

    /// Refuses a field of the request.
    pub(crate) fn parameter(param: impl Into<String>, message: impl Into<String>) -> Self {
        let mut problem = Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", message);
        problem.error.param = Some(param.into());
        problem
    }

    /// Refuses a type of file that the API does not take, in the API's words.
    pub(crate) fn unsupported_type(param: impl Into<String>, media_type: &MediaType) -> Self {
        let message = format!("Content type not supported {media_type}");
        Self::parameter(param, message)
    }

    /// Refuses bytes of another type than the declared one, in the API's words.
    pub(crate) fn other_type(param: impl Into<String>, declared: &str, found: &str) -> Self {
        let message = format!("Content type not match {declared} != {found}");
        Self::parameter(param, message)
    }

    /// Refuses a request as a whole, with no field to name.
    pub(crate) fn request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", message)
    }

    /// Reports content that could not be kept, which is no fault of the request.
    pub(crate) fn unkept(unkept: Unkept) -> Self {
        let (status, code) = match unkept.is_full {
            true => (StatusCode::INSUFFICIENT_STORAGE, "insufficient_storage"),
            false => (StatusCode::INTERNAL_SERVER_ERROR, "internal_error"),
        };
        Self::new(status, code, unkept.problem)
    }

    pub(crate) fn not_found(code: &str, what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, format!("{what} was not found"))
    }

    pub(crate) fn conflict(code: &str, message: &str) -> Self {
        Self::new(StatusCode::CONFLICT, code, message)
    }

    pub(crate) fn forbidden(code: &str, message: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }

    /// Refuses one request too many; the same one is taken after so many seconds.
    pub(crate) fn rate_limited(seconds: u64, message: &str) -> Self {
        Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "rate_limit_exceeded",
            message,
        )
        .with_retry_after(Some(seconds))
    }

    pub(crate) fn unauthorized() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "no valid API key or access token was given",
        )
    }

    pub(crate) fn with_message(mut self, message: &str) -> Self {
        message.clone_into(&mut self.error.message);
        self
    }

    /// Refuses a method at a path that takes others.
    pub(crate) fn method_not_allowed(message: String, methods: &[http::Method]) -> Self {
        // A path may fit several templates with the same method.
        let mut names: Vec<&str> = Vec::new();
        for method in methods {
            if !names.contains(&method.as_str()) {
                names.push(method.as_str());
            }
        }
        Self {
            allow: Some(names.join(", ")),
            ..Self::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                message,
            )
        }
    }

    pub(crate) const fn with_retry_after(mut self, seconds: Option<u64>) -> Self {
        self.retry_after_seconds = seconds;
        self
    }

    /// Replaces the code.
    pub(crate) fn with_code(mut self, code: &str) -> Self {
        code.clone_into(&mut self.error.code);
        self
    }

    /// Says that what the request names is not there.
    pub(crate) const fn into_not_found(mut self) -> Self {
        self.status = StatusCode::NOT_FOUND;
        self
    }

    /// Makes a conflict of it: the request is right, but comes too early.
    pub(crate) const fn into_conflict(mut self) -> Self {
        self.status = StatusCode::CONFLICT;
        self
    }

    /// Returns what a batch item says about its failure.
    pub(crate) fn error(&self) -> &ApiError {
        &self.error
    }

    pub(crate) fn into_response(self) -> Response<Payload> {
        let body = serde_json::to_vec(&ErrorBody::new(*self.error))
            .expect("an error body is strings and serialises");
        let mut response = Response::new(Payload::Bytes(body.into()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, crate::exchange::JSON);
        if let Some(allow) = self.allow {
            let value = allow
                .parse()
                .expect("the names of the table's methods are a header value");
            headers.insert(header::ALLOW, value);
        }
        if let Some(seconds) = self.retry_after_seconds {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
