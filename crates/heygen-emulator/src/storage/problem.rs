use std::fmt::Write as _;

use http::{HeaderValue, Response, header};

use super::StorageCode;
use crate::exchange::Payload;

/// A refusal of storage: a code, its message, and the elements that S3 adds to some of them.
#[derive(Clone, Debug)]
pub(crate) struct StorageProblem {
    code: StorageCode,
    message: &'static str,
    details: Vec<(&'static str, String)>,
}

impl StorageProblem {
    pub(crate) const fn new(code: StorageCode) -> Self {
        Self {
            code,
            message: code.message(),
            details: Vec::new(),
        }
    }

    pub(crate) const fn with_message(mut self, message: &'static str) -> Self {
        self.message = message;
        self
    }

    pub(crate) fn with(mut self, element: &'static str, value: impl Into<String>) -> Self {
        self.details.push((element, value.into()));
        self
    }

    /// Writes the XML. The id of the request also goes into the headers, which every answer of
    /// storage has.
    pub(crate) fn into_response(self, request_id: &str) -> Response<Payload> {
        let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
        push(&mut xml, "Code", self.code.as_str());
        push(&mut xml, "Message", self.message);
        for (element, value) in &self.details {
            push(&mut xml, element, value);
        }
        push(&mut xml, "RequestId", request_id);
        push(&mut xml, "HostId", &host_id(request_id));
        xml.push_str("</Error>");

        let mut response = Response::new(Payload::Bytes(xml.into()));
        *response.status_mut() = self.code.status();
        response.headers_mut().insert(
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/xml"),
        );
        response
    }
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
