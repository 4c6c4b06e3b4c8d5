use heygen_testing::fuzz::{core, play};
use serde_json::Value;

/// Requests to an emulator, as one input, and what they were answered.
#[derive(Default)]
pub(crate) struct Session {
    pub(crate) input: String,
    pub(crate) answers: Vec<(String, u16, Vec<u8>)>,
}

impl Session {
    /// Adds a request and returns what it is answered, `null` where that is no JSON.
    pub(crate) fn send(&mut self, line: &str, headers: &str, body: &str) -> Value {
        if !self.input.is_empty() {
            self.input.push_str("\n----\n");
        }
        self.input.push_str(&format!("{line}\n{headers}\n{body}"));
        let answers = play(&mut core(), self.input.as_bytes());
        let (status, body) = answers.last().cloned().expect("every request is answered");
        let value = serde_json::from_slice(&body).unwrap_or_default();
        self.answers.push((line.to_owned(), status, body));
        value
    }

    pub(crate) fn get(&mut self, path: &str) -> Value {
        self.send(&format!("GET {path}"), "", "")
    }

    pub(crate) fn delete(&mut self, path: &str) -> Value {
        self.send(&format!("DELETE {path}"), "", "")
    }

    pub(crate) fn post(&mut self, path: &str, body: &str) -> Value {
        self.send(&format!("POST {path}"), JSON, body)
    }

    /// Makes something and returns its id.
    pub(crate) fn make(&mut self, path: &str, id: &str, body: &str) -> String {
        let made = self.post(path, body);
        let id = &made["data"][id];
        let text = id.as_str();
        text.unwrap_or_else(|| panic!("{path} makes nothing: {made}"))
            .to_owned()
    }
}

pub(crate) fn create(session: &mut Session) -> Value {
    let created = session.post("/v3/assets/direct-uploads", FILE);
    created["data"].clone()
}

pub(crate) fn put_line(slot: &Value) -> String {
    let url = slot["upload_url"].as_str().expect("it has a URL");
    let path = url
        .strip_prefix("http://127.0.0.1")
        .expect("it leads to the emulator");
    format!("PUT {path}")
}

pub(crate) fn put_headers(slot: &Value) -> String {
    let headers = slot["upload_headers"].as_object().expect("it has headers");
    let line = |(name, value): (&String, &Value)| {
        format!("{name}: {}\n", value.as_str().expect("it is text"))
    };
    headers.iter().map(line).collect()
}

const JSON: &str = "content-type: application/json\n";

pub(crate) const FILE: &str = "{\"filename\":\"a.png\",\"content_type\":\"image/png\",\"size_bytes\":4,\
    \"checksum_sha256\":\"3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7\"}";
