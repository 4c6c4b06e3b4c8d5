use std::{borrow::Cow, fmt::Write as _};

use http::{HeaderValue, Response, StatusCode, header};

use super::StorageCode;
use crate::{Unkept, exchange::Payload};

/// A refusal of storage: a code, its message, and the elements that S3 adds to some of them.
#[derive(Clone, Debug)]
pub(crate) struct StorageProblem {
    code: StorageCode,
    message: Cow<'static, str>,
    details: Vec<(&'static str, String)>,
}

impl StorageProblem {
    pub(crate) const fn new(code: StorageCode) -> Self {
        Self {
            code,
            message: Cow::Borrowed(code.message()),
            details: Vec::new(),
        }
    }

    /// Reports content that could not be kept. S3 has one code for all faults of its own; that
    /// there is no space left is in the message.
    pub(crate) fn unkept(unkept: Unkept) -> Self {
        Self {
            message: unkept.problem.into(),
            ..Self::new(StorageCode::InternalError)
        }
    }

    pub(crate) fn with_message(mut self, message: &'static str) -> Self {
        self.message = message.into();
        self
    }

    pub(crate) fn with(mut self, element: &'static str, value: impl Into<String>) -> Self {
        self.details.push((element, value.into()));
        self
    }

    pub(crate) fn into_response(self, request_id: &str) -> Response<Payload> {
        let (status, code) = (self.code.status(), self.code.as_str());
        error(status, code, &self.message, &self.details, request_id)
    }
}

/// Writes an error in XML. The id of the request also goes into the headers, which every answer of
/// storage has.
pub(crate) fn error(
    status: StatusCode,
    code: &str,
    message: &str,
    details: &[(&'static str, String)],
    request_id: &str,
) -> Response<Payload> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
    push(&mut xml, "Code", code);
    push(&mut xml, "Message", message);
    for (element, value) in details {
        push(&mut xml, element, value);
    }
    push(&mut xml, "RequestId", request_id);
    push(&mut xml, "HostId", &host_id(request_id));
    xml.push_str("</Error>");

    let mut response = Response::new(Payload::Bytes(xml.into()));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/xml"),
    );
    response
}

/// Returns the code that S3 has most often with a status.
pub(crate) fn usual_code(status: StatusCode) -> &'static str {
    let code = match status.as_u16() {
        403 => StorageCode::AccessDenied,
        404 => StorageCode::NoSuchKey,
        409 => StorageCode::OperationAborted,
        429 | 503 => StorageCode::SlowDown,
        400..=499 => StorageCode::InvalidRequest,
        _ => StorageCode::InternalError,
    };
    code.as_str()
}

/// The second id of an answer of S3; it means nothing to anyone but S3.
pub(crate) fn host_id(request_id: &str) -> String {
    format!("emulated/{request_id}")
}

fn push(xml: &mut String, element: &str, value: &str) {
    write!(xml, "<{element}>").expect("writing to a string succeeds");
    for c in value.chars() {
        match c {
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '&' => xml.push_str("&amp;"),
            // Other control characters cannot stand in XML at all.
            c if c.is_control() => xml.push('\u{fffd}'),
            c => xml.push(c),
        }
    }
    write!(xml, "</{element}>").expect("writing to a string succeeds");
}
