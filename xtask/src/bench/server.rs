use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

use anyhow::{Context as _, Result};
use serde_json::Value;

/// The discarding server, in a process of its own; it ends with this value.
pub(super) struct Server {
    child: Child,
    url: String,
}

impl Server {
    pub(super) fn start(xtask: &Path) -> Result<Self> {
        let mut child = Command::new(xtask)
            .arg("discard")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", xtask.display()))?;
        let stdout = child.stdout.take().context("the output is piped")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let hello: Value = serde_json::from_str(&line).context("the server says nothing")?;
        let url = hello["url"].as_str().context("the server gives no url")?;
        Ok(Self {
            url: url.to_owned(),
            child,
        })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }

    /// Returns how many files were taken so far, and how many bytes they had.
    pub(super) fn counts(&self) -> Result<(u64, u64)> {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).context("the server is gone")?;
        stream.write_all(b"GET /counts HTTP/1.1\r\nConnection: close\r\n\r\n")?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        let (_, body) = response.split_once("\r\n\r\n").context("no answer")?;
        let body: Value = serde_json::from_str(body)?;
        let count = |name: &str| body["data"][name].as_u64().context("no count");
        Ok((count("files")?, count("bytes")?))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is as good.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
