use base64::{Engine as _, prelude::BASE64_STANDARD};
use heygen_types::{Sha256Digest, limits};
use http::{HeaderValue, Response, header, request::Parts};

use super::{StorageCode, StorageProblem};
use crate::{Blob, exchange::Payload, state::State};

/// A PUT whose head was accepted.
#[derive(Clone, Debug)]
pub(crate) struct PutGrant {
    key: String,
    size_bytes: u64,
    sha256: Option<Sha256Digest>,
}

impl PutGrant {
    pub(crate) const fn size_bytes(&self) -> u64 {
        self.size_bytes
    }
}

/// Judges the rest of the head of a PUT whose signature is right.
pub(crate) fn grant_put(key: String, head: &Parts) -> Result<PutGrant, StorageProblem> {
    let sha256 = match head.headers.get("x-amz-checksum-sha256") {
        None => None,
        Some(value) => Some(
            value
                .to_str()
                .ok()
                .and_then(digest_from_base64)
                .ok_or_else(|| StorageProblem::new(StorageCode::InvalidRequest))?,
        ),
    };
    Ok(PutGrant {
        key,
        size_bytes: content_length(head)?,
        sha256,
    })
}

/// Reads base64 of the 32 bytes of a digest, the form of the storage header.
pub(crate) fn digest_from_base64(text: &str) -> Option<Sha256Digest> {
    let bytes = BASE64_STANDARD.decode(text).ok()?;
    Some(Sha256Digest::from_bytes(bytes.try_into().ok()?))
}

/// Reads `Content-Length`, before the signature is looked at: without it there is no telling
/// what was signed.
pub(crate) fn content_length(head: &Parts) -> Result<u64, StorageProblem> {
    let headers = &head.headers;
    if headers.contains_key(header::TRANSFER_ENCODING) {
        return Err(
            StorageProblem::new(StorageCode::NotImplemented).with("Header", "Transfer-Encoding")
        );
    }
    // Storing without looking at a digest that the client asked to have checked would be a lie.
    if headers.contains_key("content-md5") {
        return Err(StorageProblem::new(StorageCode::NotImplemented).with("Header", "Content-MD5"));
    }
    let Some(length) = headers.get(header::CONTENT_LENGTH) else {
        return Err(StorageProblem::new(StorageCode::MissingContentLength));
    };
    let length: Option<u64> = length.to_str().ok().and_then(|text| text.parse().ok());
    let Some(length) = length else {
        return Err(StorageProblem::new(StorageCode::MissingContentLength));
    };
    let max = limits::PUT_MAX.bytes();
    if length > max {
        return Err(StorageProblem::new(StorageCode::EntityTooLarge)
            .with("ProposedSize", length.to_string())
            .with("MaxSizeAllowed", max.to_string()));
    }
    Ok(length)
}

/// Stores an object, in place of an older one under the same key.
pub(crate) fn store(
    state: &mut State,
    grant: PutGrant,
    content: Blob,
) -> Result<Response<Payload>, StorageProblem> {
    if content.size_bytes() != grant.size_bytes {
        return Err(StorageProblem::new(StorageCode::IncompleteBody)
            .with("NumberBytesExpected", grant.size_bytes.to_string())
            .with("NumberBytesProvided", content.size_bytes().to_string()));
    }
    if grant
        .sha256
        .is_some_and(|digest| digest != content.sha256())
    {
        return Err(StorageProblem::new(StorageCode::BadDigest));
    }
    let etag = etag(&content);
    state.put_object(grant.key, content);
    let mut response = Response::new(Payload::Bytes(bytes::Bytes::new()));
    response.headers_mut().insert(header::ETAG, etag);
    Ok(response)
}

/// Makes an entity tag. S3 takes the MD5 where it can; clients may not rely on that, and a second
/// digest over every byte would slow tests with large files.
pub(crate) fn etag(content: &Blob) -> HeaderValue {
    let digest = content.sha256().to_string();
    HeaderValue::from_str(&format!("\"{}\"", &digest[..32]))
        .expect("hexadecimal digits in quotes are a header value")
}
