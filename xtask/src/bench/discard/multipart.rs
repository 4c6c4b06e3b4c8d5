/// The file of a `multipart/form-data` body that has one part.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FilePart<'a> {
    pub(super) content: &'a [u8],
}

/// Finds the file in a body: the only part, named `file`.
pub(super) fn file_part<'a>(content_type: &str, body: &'a [u8]) -> Option<FilePart<'a>> {
    let boundary = boundary(content_type)?;
    let body = body.strip_prefix(format!("--{boundary}\r\n").as_bytes())?;
    let (head, content) = split_at_empty_line(body)?;
    let head = std::str::from_utf8(head).ok()?.to_ascii_lowercase();
    if !head.contains("name=\"file\"") && !head.contains("name=file") {
        return None;
    }
    // Some clients end the body with the delimiter, some add an end of line.
    let content = content.strip_suffix(b"\r\n").unwrap_or(content);
    let content = content.strip_suffix(format!("\r\n--{boundary}--").as_bytes())?;
    Some(FilePart { content })
}

fn boundary(content_type: &str) -> Option<&str> {
    let (_, after) = content_type.split_once("boundary=")?;
    let boundary = after.split(';').next()?.trim().trim_matches('"');
    (!boundary.is_empty()).then_some(boundary)
}

fn split_at_empty_line(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    Some((&bytes[..at], &bytes[at + 4..]))
}

#[cfg(test)]
mod tests {
    use super::file_part;

    const TYPE: &str = "multipart/form-data; boundary=\"x1\"";

    fn body(content: &str, end: &str) -> Vec<u8> {
        format!(
            "--x1\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
             Content-Type: image/png\r\n\r\n{content}\r\n--x1--{end}"
        )
        .into_bytes()
    }

    #[test]
    fn the_content_is_what_stands_between_head_and_delimiter() {
        for end in ["", "\r\n"] {
            for content in ["", "abc", "\r\n", "ends in one\r\n", "--x1--"] {
                let body = body(content, end);
                let part = file_part(TYPE, &body).unwrap();
                assert_eq!(part.content, content.as_bytes());
            }
        }
    }

    #[test]
    fn bodies_without_a_whole_file_part_are_refused() {
        let whole = body("abc", "");
        assert_eq!(file_part(TYPE, &whole[..whole.len() - 3]), None);
        assert_eq!(file_part("multipart/form-data", &whole), None);
        assert_eq!(file_part("multipart/form-data; boundary=y", &whole), None);
        let other = String::from_utf8(whole)
            .unwrap()
            .replace("name=\"file\"", "name=\"x\"");
        assert_eq!(file_part(TYPE, other.as_bytes()), None);
    }
}
