//! The control endpoint: what the handle of an emulator does, for programs that have no handle.

mod clock;
mod faults;
mod routes;
mod snapshots;
mod views;

use bytes::Bytes;
use http::{Response, StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{receive::Received, shared::Shared};
use crate::{
    exchange::{JSON, Payload},
    problem::Problem,
};

use routes::PREFIX;

/// A request to the control endpoint.
struct Ask<'a> {
    shared: &'a Shared,
    /// The parameter of the path, empty when it has none.
    name: String,
    body: &'a [u8],
}

type Answer = Result<Value, Problem>;

/// Tells whether a path belongs to the control endpoint.
pub(super) fn serves(path: &str) -> bool {
    let rest = path.strip_prefix(PREFIX);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Answers a request to the control endpoint. It is in no log and meets no fault.
pub(super) async fn answer(shared: &Shared, head: &Parts, body: Received) -> Response<Payload> {
    let answered = match body.collect(MAX_BODY_BYTES).await {
        Ok(Some(body)) => judge(shared, head, &body),
        Ok(None) => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "payload_too_large",
            format!("the body has more than {MAX_BODY_BYTES} bytes"),
        )),
        Err(_) => Err(Problem::request("the body broke off")),
    };
    match answered {
        Ok(body) => {
            let body = Bytes::from(body.to_string());
            let mut response = Response::new(Payload::Bytes(body));
            response.headers_mut().insert(header::CONTENT_TYPE, JSON);
            response
        }
        Err(problem) => problem.into_response(),
    }
}

fn judge(shared: &Shared, head: &Parts, body: &[u8]) -> Answer {
    // With a key in a header, no page in a browser can get here, nor anybody who merely reaches
    // the port.
    if !shared.core().is_authorised(&head.headers) {
        return Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "unauthorized",
            "the control endpoint takes the API key of the emulator, as X-Api-Key or as \
             Authorization: Bearer",
        ));
    }
    let (route, name) = routes::find(&head.method, head.uri.path())?;
    (route.answer)(&Ask { shared, name, body })
}

impl Ask<'_> {
    /// Reads the body; `shape` says what it has to be.
    fn json<T: DeserializeOwned>(&self, shape: &str) -> Result<T, Problem> {
        serde_json::from_slice(self.body)
            .map_err(|error| Problem::request(format!("the body is not {shape}: {error}")))
    }
}

/// Says that the data folder could not be written.
fn unsaved(error: std::io::Error) -> Problem {
    Problem::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "internal_error",
        format!("it is done, but the data folder could not be written: {error}"),
    )
}

const MAX_BODY_BYTES: u64 = 1 << 20;
