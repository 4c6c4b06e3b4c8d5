//! A server that writes down what it is asked, and answers as a test likes.

use std::{
    process::Command,
    sync::{Arc, Mutex},
};

use heygen_testing::server::Server;
use serde_json::Value;

use crate::support::heygen;

/// A request as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(this, _)| this == name);
        let value = values.next().map(|(_, value)| value.as_str());
        assert!(values.next().is_none(), "{name} came twice");
        value
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON: {self:?}"))
    }

    pub(crate) fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }
}

/// What is answered: a status, headers, a body.
pub(crate) struct Reply(
    pub(crate) u16,
    pub(crate) Vec<(String, String)>,
    pub(crate) Vec<u8>,
);

impl From<&str> for Reply {
    fn from(body: &str) -> Self {
        Self(200, Vec::new(), body.into())
    }
}

impl From<Value> for Reply {
    fn from(body: Value) -> Self {
        Self(200, Vec::new(), body.to_string().into())
    }
}

impl From<(u16, Value)> for Reply {
    fn from((status, body): (u16, Value)) -> Self {
        Self(status, Vec::new(), body.to_string().into())
    }
}

impl From<(u16, String)> for Reply {
    fn from((status, body): (u16, String)) -> Self {
        Self(status, Vec::new(), body.into())
    }
}

pub(crate) struct Recorder {
    pub(crate) server: Server,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Recorder {
    pub(crate) fn new<R: Into<Reply>>(answer: impl Fn(&Seen) -> R + Send + Sync + 'static) -> Self {
        let seen = Arc::new(Mutex::new(Vec::new()));
        let own = Arc::clone(&seen);
        let server = Server::start(move |connection| {
            loop {
                let (head, body) = connection.read_request()?;
                let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
                let seen = Seen {
                    method: text(head.method()),
                    target: text(head.target()),
                    headers: head
                        .headers()
                        .map(|(name, value)| (name, text(value)))
                        .collect(),
                    body,
                };
                own.lock().unwrap().push(seen.clone());
                let Reply(status, headers, body) = answer(&seen).into();
                let mut text = format!("HTTP/1.1 {status} Said\r\n");
                let has_length = headers.iter().any(|(name, _)| name == "content-length");
                for (name, value) in headers {
                    text = format!("{text}{name}: {value}\r\n");
                }
                if !has_length {
                    text = format!("{text}content-length: {}\r\n", body.len());
                }
                connection.send(&[format!("{text}\r\n").as_bytes(), &body].concat())?;
                if has_length && seen.method != "HEAD" {
                    // A length of its own is one that the body may not have.
                    return Ok(());
                }
            }
        });
        Self { server, seen }
    }

    /// Answers everything alike.
    pub(crate) fn always(body: &'static str) -> Self {
        Self::new(move |_| body)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Returns the only request.
    #[track_caller]
    pub(crate) fn only(&self) -> Seen {
        let mut seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:#?}");
        seen.remove(0)
    }

    /// Prepares to run the binary against it.
    pub(crate) fn heygen(&self) -> Command {
        let mut command = heygen();
        command
            .env("HEYGEN_API_BASE", self.server.url(""))
            .env("HEYGEN_API_KEY", "canary-key")
            .env("HEYGEN_MAX_RETRIES", "0");
        command
    }
}
