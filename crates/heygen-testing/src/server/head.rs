/// The head of a request as it was written, to the byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    bytes: Vec<u8>,
}

impl Head {
    pub(super) fn new(bytes: Vec<u8>) -> Self {
        Self { bytes }
    }

    /// Returns the first line without its end.
    #[must_use]
    pub fn request_line(&self) -> &[u8] {
        self.lines().next().unwrap_or_default()
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &[u8] {
        self.word(0)
    }

    /// Returns the target: what stands between the method and the version.
    #[must_use]
    pub fn target(&self) -> &[u8] {
        self.word(1)
    }

    /// Returns the names and values of all headers in their order. The names are in lower case.
    pub fn headers(&self) -> impl Iterator<Item = (String, &[u8])> {
        self.lines().skip(1).filter_map(|line| {
            let colon = line.iter().position(|byte| *byte == b':')?;
            let name = String::from_utf8_lossy(&line[..colon]).to_ascii_lowercase();
            Some((name, line[colon + 1..].trim_ascii()))
        })
    }

    /// Returns every value of one header.
    #[must_use]
    pub fn header(&self, name: &str) -> Vec<&[u8]> {
        self.headers()
            .filter(|(this, _)| this.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect()
    }

    /// Returns the announced size of the body in bytes, zero if none is announced.
    #[must_use]
    pub fn content_length(&self) -> usize {
        self.header("content-length")
            .first()
            .and_then(|value| std::str::from_utf8(value).ok()?.parse().ok())
            .unwrap_or_default()
    }

    /// Tells whether the client waits for `100 Continue`.
    #[must_use]
    pub fn expects_continue(&self) -> bool {
        self.header("expect") == [b"100-continue"]
    }

    fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.bytes
            .split(|byte| *byte == b'\n')
            .map(|line| line.strip_suffix(b"\r").unwrap_or(line))
            .filter(|line| !line.is_empty())
    }

    fn word(&self, index: usize) -> &[u8] {
        self.request_line()
            .split(|byte| *byte == b' ')
            .nth(index)
            .unwrap_or_default()
    }
}
