/// The head of a request: the line and the headers.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) method: String,
    pub(super) path: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
}

impl Head {
    /// Reads a head without the empty line at its end.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut lines = text.split("\r\n");
        let mut line = lines.next()?.split(' ');
        let (method, path) = (line.next()?.to_owned(), line.next()?.to_owned());
        let headers = lines
            .map(|line| {
                let (name, value) = line.split_once(':')?;
                Some((name.to_ascii_lowercase(), value.trim().to_owned()))
            })
            .collect::<Option<_>>()?;
        Some(Self {
            method,
            path,
            headers,
        })
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|header| header.0 == name)?;
        Some(value)
    }

    /// Returns the length of the body, none when it is not given or not a number.
    pub(super) fn length(&self) -> Option<u64> {
        self.header("content-length")?.parse().ok()
    }

    /// Tells whether there is a body.
    pub(super) fn has_body(&self) -> bool {
        self.header("content-length").is_some() || self.header("transfer-encoding").is_some()
    }

    /// Tells whether the client waits for a word before it sends the body.
    pub(super) fn expects_continue(&self) -> bool {
        self.header("expect")
            .is_some_and(|value| value.eq_ignore_ascii_case("100-continue"))
    }

    /// Tells whether this is the last request of the connection.
    pub(super) fn closes(&self) -> bool {
        self.header("connection")
            .is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn line_and_headers_are_read() {
        let head =
            Head::parse("PUT /put/1?a=b HTTP/1.1\r\nContent-Length: 12\r\nEXPECT: 100-Continue")
                .unwrap();
        assert_eq!(
            (head.method.as_str(), head.path.as_str()),
            ("PUT", "/put/1?a=b")
        );
        assert_eq!(head.length(), Some(12));
        assert!(head.expects_continue() && !head.closes());
    }

    #[test]
    fn what_is_not_http_is_refused() {
        assert_eq!(Head::parse("hello"), None);
        assert_eq!(Head::parse("GET / HTTP/1.1\r\nno colon"), None);
    }
}
