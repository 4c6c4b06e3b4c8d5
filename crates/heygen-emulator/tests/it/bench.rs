use std::time::Duration;

use heygen_emulator::{Core, Payload, Reply, Settings};
use heygen_types::Sha256Digest;
use http::{Request, Response, request::Parts};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use crate::contract;

/// A core and a clock that only the test moves.
pub(crate) struct Bench {
    pub(crate) core: Core,
    pub(crate) now: Duration,
}

/// What a request was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) response: Response<Payload>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    pub(crate) fn with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings);
        Self {
            core: Core::new(settings).unwrap(),
            now: Duration::from_secs(1_790_000_000),
        }
    }

    pub(crate) fn advance(&mut self, seconds: u64) {
        self.now += Duration::from_secs(seconds);
    }

    /// A request to the API with the right key.
    pub(crate) fn request(&self, method: &str, path: &str) -> http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1")
            .header("x-api-key", self.core.api_key())
    }

    pub(crate) fn raw(&mut self, head: &Parts, body: impl Into<Vec<u8>>) -> Reply {
        self.core.handle(self.now, head, body.into())
    }

    pub(crate) fn send(
        &mut self,
        head: http::request::Builder,
        body: impl Into<Vec<u8>>,
    ) -> Answer {
        let reply = self.raw(&parts(head), body);
        let response = reply.into_response().expect("an answer");
        let answer = Answer {
            status: response.status().as_u16(),
            response,
        };
        contract::check(&self.core, &answer);
        answer
    }

    pub(crate) fn get(&mut self, path: &str) -> Answer {
        self.send(self.request("GET", path), "")
    }

    pub(crate) fn post(&mut self, path: &str, body: &Value) -> Answer {
        self.post_with(path, body, &[])
    }

    pub(crate) fn post_with(
        &mut self,
        path: &str,
        body: &Value,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut head = self
            .request("POST", path)
            .header("content-type", "application/json");
        for (name, value) in headers {
            head = head.header(*name, *value);
        }
        self.send(head, body.to_string())
    }

    pub(crate) fn delete(&mut self, path: &str) -> Answer {
        self.send(self.request("DELETE", path), "")
    }

    /// Sends JSON with a method of its own.
    pub(crate) fn json(&mut self, method: &str, path: &str, body: &Value) -> Answer {
        let head = self
            .request(method, path)
            .header("content-type", "application/json");
        self.send(head, body.to_string())
    }

    /// Creates something and returns the id that stands under a name.
    #[track_caller]
    pub(crate) fn created(&mut self, path: &str, body: &Value, name: &str) -> String {
        let data = self.post(path, body).success();
        data[name]
            .as_str()
            .unwrap_or_else(|| panic!("no {name} in {data}"))
            .to_owned()
    }

    /// Fetches what a URL of an answer leads to.
    #[track_caller]
    pub(crate) fn fetch(&mut self, url: &Value) -> Answer {
        self.fetch_with(url, &[])
    }

    #[track_caller]
    pub(crate) fn fetch_with(&mut self, url: &Value, headers: &[(&str, &str)]) -> Answer {
        let url = url.as_str().unwrap_or_else(|| panic!("{url} is no URL"));
        let mut head = Request::get(url).header("host", "127.0.0.1");
        for (name, value) in headers {
            head = head.header(*name, *value);
        }
        self.send(head, "")
    }

    /// Uploads a file in one request.
    pub(crate) fn upload(&mut self, name: &str, content: &[u8]) -> Answer {
        let head = self
            .request("POST", "/v3/assets")
            .header("content-type", "multipart/form-data; boundary=XX");
        self.send(head, form("file", Some(name), content))
    }

    pub(crate) fn uploaded(&mut self, name: &str, content: &[u8]) -> String {
        let answer = self.upload(name, content).data();
        answer["asset_id"].as_str().unwrap().to_owned()
    }

    /// Creates a direct upload of a PNG.
    pub(crate) fn create(&mut self, content: &[u8], digest: Option<&str>) -> Value {
        let mut body = json!({
            "filename": "a.png",
            "content_type": "image/png",
            "size_bytes": content.len(),
        });
        if let Some(digest) = digest {
            body["checksum_sha256"] = digest.into();
        }
        self.post("/v3/assets/direct-uploads", &body).data()
    }

    pub(crate) fn put(&mut self, slot: &Value, content: &[u8]) -> Answer {
        self.send(put(slot, content.len()), content)
    }

    pub(crate) fn complete(&mut self, slot: &Value) -> Answer {
        let id = slot["asset_id"].as_str().unwrap();
        self.post(&format!("/v3/assets/{id}/complete"), &json!({}))
    }

    /// Takes a PNG through all three steps and returns its id.
    pub(crate) fn stored(&mut self, content: &[u8]) -> String {
        let slot = self.create(content, None);
        assert_eq!(self.put(&slot, content).status, 200);
        assert_eq!(self.complete(&slot).status, 200);
        slot["asset_id"].as_str().unwrap().to_owned()
    }
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        let body = self.response.body().read().unwrap();
        String::from_utf8(body.to_vec()).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        let text = self.text();
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("{} {text}", self.status))
    }

    /// The resource of a success of any status.
    #[track_caller]
    pub(crate) fn success(&self) -> Value {
        assert!((200..300).contains(&self.status), "{}", self.text());
        self.json()["data"].clone()
    }

    /// The resource of a success.
    pub(crate) fn data(&self) -> Value {
        assert_eq!(self.status, 200, "{}", self.text());
        self.json()["data"].clone()
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.response.headers().get(name)?.to_str().ok()
    }

    /// Status, code and parameter of a refusal of the API.
    pub(crate) fn refusal(&self) -> (u16, String, String) {
        let error = &self.json()["error"];
        assert!(
            !error["message"].as_str().unwrap().is_empty(),
            "every error says what happened"
        );
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (self.status, text(&error["code"]), text(&error["param"]))
    }

    #[track_caller]
    pub(crate) fn assert_refused(&self, status: u16, code: &str, param: &str) {
        assert_eq!(
            self.refusal(),
            (status, code.to_owned(), param.to_owned()),
            "{}",
            self.text()
        );
    }

    /// An element of an error of storage.
    pub(crate) fn xml(&self, element: &str) -> String {
        let text = self.text();
        let (_, rest) = text
            .split_once(&format!("<{element}>"))
            .unwrap_or_else(|| panic!("no {element} in {} {text}", self.status));
        rest.split('<').next().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn assert_storage_refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status, self.xml("Code").as_str()),
            (status, code),
            "{}",
            self.text()
        );
        assert_eq!(self.header("content-type"), Some("application/xml"));
        assert_eq!(
            self.header("x-amz-request-id"),
            Some(&*self.xml("RequestId"))
        );
        assert_eq!(self.header("x-amz-id-2"), Some(&*self.xml("HostId")));
    }
}

/// The PUT that a slot asks for.
pub(crate) fn put(slot: &Value, size: usize) -> http::request::Builder {
    let url = slot["upload_url"].as_str().unwrap();
    let mut head = Request::builder()
        .method("PUT")
        .uri(url)
        .header("host", "127.0.0.1")
        .header("content-length", size);
    for (name, value) in slot["upload_headers"].as_object().unwrap() {
        head = head.header(name, value.as_str().unwrap());
    }
    head
}

pub(crate) fn parts(head: http::request::Builder) -> Parts {
    head.body(()).unwrap().into_parts().0
}

pub(crate) fn form(name: &str, filename: Option<&str>, content: &[u8]) -> Vec<u8> {
    let filename = filename.map_or(String::new(), |name| format!("; filename=\"{name}\""));
    let mut body = format!(
        "--XX\r\nContent-Disposition: form-data; name=\"{name}\"{filename}\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--XX--\r\n");
    body
}

/// Content that is taken for a PNG.
pub(crate) fn png(size: usize) -> Vec<u8> {
    let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0".to_vec();
    content.resize(size.max(content.len()), 7);
    content
}

/// A file of another server, as requests refer to it.
pub(crate) fn link() -> Value {
    json!({ "type": "url", "url": "https://example.com/clip.mp4" })
}

pub(crate) fn hex(content: &[u8]) -> String {
    Sha256Digest::from_bytes(Sha256::digest(content).into()).to_string()
}
