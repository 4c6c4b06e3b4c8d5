use std::time::Duration;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use heygen_types::{Invalid, MediaType, PresignedUrl, Sha256Digest, UploadHeaders};
use jiff::Timestamp;
use rusty_s3::{Bucket, Credentials, S3Action as _, UrlStyle};
use url::Url;

use crate::settings::{SignedHeaders, WEEK};

/// Makes presigned URLs.
#[derive(Clone, Debug)]
pub(crate) struct Signer {
    bucket: Bucket,
    credentials: Credentials,
}

/// What a PUT has to fulfil.
#[derive(Debug)]
pub(crate) struct PutTerms<'a> {
    pub(crate) key: &'a str,
    pub(crate) media_type: &'a MediaType,
    pub(crate) size_bytes: u64,
    pub(crate) sha256: Option<Sha256Digest>,
}

impl Signer {
    /// Signs URLs that start with `public_url`.
    pub(crate) fn new(public_url: &str, secret: String) -> Result<Self, Invalid> {
        let invalid = |problem: String| Invalid::new("public_url", problem);
        let mut endpoint: Url = public_url
            .parse()
            .map_err(|error: url::ParseError| invalid(error.to_string()))?;
        if !matches!(endpoint.scheme(), "http" | "https") || !endpoint.has_host() {
            return Err(invalid("is not an http or https URL".to_owned()));
        }
        if endpoint.path() != "/" || endpoint.query().is_some() {
            return Err(invalid("has more than scheme, host and port".to_owned()));
        }
        endpoint.set_path("storage");
        let bucket = Bucket::new(endpoint, UrlStyle::Path, BUCKET, REGION)
            .map_err(|error| invalid(error.to_string()))?;
        Ok(Self {
            bucket,
            credentials: Credentials::new(ACCESS_KEY, secret),
        })
    }

    /// Signs a PUT and returns the headers that it has to carry.
    pub(crate) fn put(
        &self,
        now: Duration,
        lifetime: Duration,
        signed: SignedHeaders,
        terms: &PutTerms<'_>,
    ) -> (PresignedUrl, UploadHeaders) {
        // Names are in lower case: a client that merges them with its own, such as `requests`,
        // would otherwise send a header twice.
        let mut headers = UploadHeaders::new();
        if signed.content_type {
            headers = headers.with("content-type", terms.media_type.as_str());
        }
        if let Some(digest) = terms.sha256.filter(|_| signed.checksum) {
            let value = BASE64_STANDARD.encode(digest.as_bytes());
            headers = headers.with("x-amz-checksum-sha256", value);
        }
        let size = terms.size_bytes.to_string();
        let mut action = self.bucket.put_object(Some(&self.credentials), terms.key);
        for (name, value) in headers.iter() {
            action.headers_mut().insert(name, value);
        }
        if signed.content_length {
            action.headers_mut().insert("content-length", size.as_str());
        }
        let url = action.sign_with_time(clamp(lifetime), &timestamp(now));
        (PresignedUrl::new(url.as_str()), headers)
    }

    /// Signs a GET.
    pub(crate) fn get(&self, now: Duration, lifetime: Duration, key: &str) -> String {
        self.bucket
            .get_object(Some(&self.credentials), key)
            .sign_with_time(clamp(lifetime), &timestamp(now))
            .into()
    }

    pub(super) const fn credentials(&self) -> &Credentials {
        &self.credentials
    }
}

/// Returns the life of a URL as SigV4 can express it, in whole seconds.
pub(crate) fn clamp(lifetime: Duration) -> Duration {
    Duration::from_secs(lifetime.as_secs().clamp(1, WEEK))
}

pub(super) fn timestamp(now: Duration) -> Timestamp {
    i64::try_from(now.as_secs())
        .ok()
        .and_then(|seconds| Timestamp::from_second(seconds).ok())
        .unwrap_or(Timestamp::MAX)
}

pub(crate) const BUCKET: &str = "heygen-assets";
pub(super) const REGION: &str = "us-east-1";
pub(super) const ACCESS_KEY: &str = "EMULATEDACCESSKEY";
