use bytes::Bytes;
use heygen_types::MediaType;

/// The frame of a `multipart/form-data` body with one part named `file`.
pub(crate) struct MultipartFrame {
    pub(crate) content_type: String,
    pub(crate) head: Bytes,
    pub(crate) tail: Bytes,
}

impl MultipartFrame {
    /// `unique` is random text: a boundary must not occur in the file.
    pub(crate) fn new(file_name: &str, media_type: &MediaType, unique: &str) -> Self {
        let boundary = format!("heygen-rs-{unique}");
        let head = format!(
            "--{boundary}\r\n\
             Content-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\n\
             Content-Type: {media_type}\r\n\r\n",
            quote(file_name)
        );
        Self {
            content_type: format!("multipart/form-data; boundary={boundary}"),
            head: head.into(),
            tail: format!("\r\n--{boundary}--\r\n").into(),
        }
    }
}

/// Escapes a file name as browsers do (WHATWG HTML, "multipart/form-data encoding algorithm"),
/// and also what that leaves alone: a backslash, which escapes the closing quote for half of all
/// servers, and control characters, for no file name may end a header.
fn quote(file_name: &str) -> String {
    let mut quoted = String::with_capacity(file_name.len());
    for c in file_name.chars() {
        match c {
            '"' => quoted.push_str("%22"),
            '\\' => quoted.push_str("%5C"),
            '\r' => quoted.push_str("%0D"),
            '\n' => quoted.push_str("%0A"),
            c if c.is_control() => quoted.push('_'),
            c => quoted.push(c),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_name_leaves_its_quotes() {
        let frame = MultipartFrame::new("a\"; x=\"é\r\nEvil: 1\0\\", &MediaType::Png, "u");
        assert_eq!(
            frame.head,
            "--heygen-rs-u\r\nContent-Disposition: form-data; name=\"file\"; \
             filename=\"a%22; x=%22é%0D%0AEvil: 1_%5C\"\r\nContent-Type: image/png\r\n\r\n"
        );
        assert_eq!(frame.tail, "\r\n--heygen-rs-u--\r\n");
    }
}
