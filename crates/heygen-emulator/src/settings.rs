use std::{collections::BTreeMap, time::Duration};

use heygen_types::{MediaType, limits};

use crate::{ApiKey, KeyScopes};

/// What the emulator lets vary: every limit, delay and choice that the API's documents leave open.
///
/// The defaults are strict where the sources agree and quick where only time passes.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Settings {
    /// From this number come the ids, the storage secret and, unless it is set, the API key. Equal
    /// seeds and equal requests give equal answers. Default 0.
    ///
    /// It is no protection: who knows the seed knows the key. Set `api_key` to something random
    /// before the emulator listens to other machines.
    pub seed: u64,
    /// The key that `X-Api-Key` and `Authorization: Bearer` have to carry. Default: made from the
    /// seed.
    pub api_key: Option<ApiKey>,
    /// What that key may do. An operation that needs another scope is refused with 403
    /// `insufficient_api_key_scope`. Default: everything.
    pub key_scopes: KeyScopes,
    /// When that key expires, since the Unix epoch, on the emulator's clock; it is refused with 401
    /// from then on. Default: never.
    pub key_expires_at: Option<Duration>,
    /// The URL under which clients reach the emulator: scheme, host and port, without a path.
    /// Presigned URLs start with it, and the server answers to its host. Default: the address that
    /// the server listens on; for a core without one `http://127.0.0.1`.
    pub public_url: Option<String>,
    /// The largest file that `POST /v3/assets` takes, in bytes. Default 33 554 432, the generous
    /// reading of "32 MB".
    pub single_request_max_bytes: u64,
    /// What `POST /v3/assets` answers above that. Default 400.
    pub single_request_too_large: TooLarge,
    /// The largest file that a direct upload takes, in bytes, by type.
    pub max_bytes: MaxBytes,
    /// For how long a presigned URL accepts the beginning of a PUT, 1 second to 7 days. Default
    /// one hour.
    pub upload_url_lifetime: Duration,
    /// For how long the `url` of an asset can be fetched, 1 second to 7 days. Default 7 days.
    pub download_url_lifetime: Duration,
    /// What storage demands on the PUT besides the host.
    pub signed_headers: SignedHeaders,
    /// How often `complete` answers 409 although the object is there, per asset. Default 0.
    pub complete_conflicts: u32,
    /// How long an asset is `processing` before it is `completed`. Default 2 seconds.
    pub processing_time: Duration,
    /// How long a video agent session is `thinking`. Default 2 seconds.
    pub agent_thinking_time: Duration,
    /// How long it is `generating` after that. Default 5 seconds.
    pub agent_generating_time: Duration,
    /// How long any other job takes: videos, translations, avatars, batches and the rest. Default 5
    /// seconds.
    pub job_time: Duration,
    /// How many jobs that make a video may run at once; one more is refused with 429. Default: any
    /// number.
    pub max_running_jobs: Option<usize>,
    /// How many requests are taken in how long; one more is refused with 429. Default: any number.
    pub rate_limit: Option<RateLimit>,
    /// How many requests for speech of a model are taken in how long, besides `rate_limit`. Default
    /// 30 in a minute, as the API publishes it.
    pub speech_rate_limit: Option<RateLimit>,
    /// How many professional voices may be trained for the speech model. When there are more, the
    /// newest have expired. Default 3.
    pub professional_voice_slots: usize,
    /// Whether a digital twin waits for the consent of the person that it shows. Default false.
    pub digital_twins_need_consent: bool,
    /// Whether the ids of avatars, voices, glossaries and brand kits have to be known to the
    /// emulator where requests refer to them. Default false: software under test names what is in
    /// HeyGen's library, of which the emulator has next to nothing.
    pub refuses_unknown_ids: bool,
    /// Whether bodies that the API declares closed are refused when they name other fields.
    /// Default true.
    pub refuses_unknown_fields: bool,
    /// Whether `checksum_sha256` may also be base64 of the 32 bytes. Default false: one source
    /// shows it so, all others say hexadecimal.
    pub takes_base64_digests: bool,
    /// For how long a response is replayed under its idempotency key. Default 24 hours.
    pub replay_lifetime: Duration,
    /// The largest JSON body, in bytes. Default 64 MiB, which leaves room for files in base64.
    pub json_max_bytes: u64,
    /// The value of `owner` and `username`. Default `emulated`.
    pub username: String,
    /// How many requests the log keeps; older ones are dropped first. Default 10 000.
    pub log_max_requests: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            seed: 0,
            api_key: None,
            key_scopes: KeyScopes::Full,
            key_expires_at: None,
            public_url: None,
            single_request_max_bytes: limits::SINGLE_REQUEST_SERVER_MAX.bytes(),
            single_request_too_large: TooLarge::BadRequest,
            max_bytes: MaxBytes::default(),
            upload_url_lifetime: Duration::from_secs(3600),
            download_url_lifetime: Duration::from_secs(WEEK),
            signed_headers: SignedHeaders::default(),
            complete_conflicts: 0,
            processing_time: Duration::from_secs(2),
            agent_thinking_time: Duration::from_secs(2),
            agent_generating_time: Duration::from_secs(5),
            job_time: Duration::from_secs(5),
            max_running_jobs: None,
            rate_limit: None,
            speech_rate_limit: Some(RateLimit::new(30, Duration::from_secs(60))),
            professional_voice_slots: 3,
            digital_twins_need_consent: false,
            refuses_unknown_ids: false,
            refuses_unknown_fields: true,
            takes_base64_digests: false,
            replay_lifetime: Duration::from_secs(24 * 3600),
            json_max_bytes: 64 << 20,
            username: "emulated".to_owned(),
            log_max_requests: 10_000,
        }
    }
}

/// How many requests are taken in how long. The window begins with the first request and is
/// followed by another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The most requests in a window.
    pub requests: u32,
    /// How long a window is.
    pub window: Duration,
}

impl RateLimit {
    /// Takes so many requests in so long.
    #[must_use]
    pub const fn new(requests: u32, window: Duration) -> Self {
        Self { requests, window }
    }
}

/// How a file that is too large for a single request is refused; the sources disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TooLarge {
    /// 400 `invalid_parameter` with `param` `file`.
    BadRequest,
    /// 413 `payload_too_large`.
    PayloadTooLarge,
}

/// The largest direct upload, by type.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MaxBytes {
    /// For every type that has no number of its own. Default 5 GiB, the most that one PUT can
    /// carry.
    pub default: u64,
    /// For single types. Default: ZIP 209 715 200.
    pub by_type: BTreeMap<MediaType, u64>,
}

impl MaxBytes {
    /// Returns the limit for a type.
    #[must_use]
    pub fn of(&self, media_type: &MediaType) -> u64 {
        self.by_type
            .get(media_type)
            .copied()
            .unwrap_or(self.default)
    }
}

impl Default for MaxBytes {
    fn default() -> Self {
        Self {
            default: limits::PUT_MAX.bytes(),
            by_type: BTreeMap::from([(MediaType::Zip, 200 << 20)]),
        }
    }
}

/// The headers that a presigned URL signs; `host` always is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SignedHeaders {
    /// `content-length`: the PUT has to carry exactly the declared size. Default true.
    pub content_length: bool,
    /// `content-type`, also given in `upload_headers`. Default true.
    pub content_type: bool,
    /// `x-amz-checksum-sha256` when a digest was declared, also given in `upload_headers`. Default
    /// true.
    pub checksum: bool,
}

impl Default for SignedHeaders {
    fn default() -> Self {
        Self {
            content_length: true,
            content_type: true,
            checksum: true,
        }
    }
}

/// The longest life that SigV4 allows, in seconds.
pub(crate) const WEEK: u64 = 7 * 24 * 3600;
