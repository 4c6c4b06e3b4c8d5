//! What is drawn from a seed before anything happens.

use std::time::Duration;

use heygen_client::{Checksum, Route};
use heygen_emulator::{
    Endpoint, Fault, OperationId, RateLimit, Settings, SlotOverride, StorageCode, TooLarge,
};
use heygen_types::{ByteSize, PresignedUrl};

use super::random::Random;

/// Everything that a run is to be, but for the fate of its single requests.
#[derive(Debug)]
pub(super) struct Schedule {
    /// Where all later choices come from.
    pub(super) random: Random,
    pub(super) content: Vec<u8>,
    pub(super) route: Route,
    pub(super) checksum: Checksum,
    pub(super) waits: bool,
    pub(super) deadline: Option<Duration>,
    /// Whether access tokens are used, and come to an end.
    pub(super) has_tokens: bool,
    /// How many processes give the command.
    pub(super) processes: usize,
    /// How often each of them is disturbed before it is left alone.
    pub(super) wild_runs: u32,
    pub(super) server: Settings,
    pub(super) faults: Vec<Fault>,
    /// How many in a thousand requests meet each misfortune of the network.
    pub(super) network_per_mille: u64,
    /// Whether the journal is a file, that every process opens anew. It is slower by far than one
    /// in memory, so few schedules have one.
    pub(super) has_journal_file: bool,
    /// How many in a thousand writes of the journal fail.
    pub(super) journal_per_mille: u64,
    /// How many in a thousand runs end by a crash, or are cancelled, or see their file edited.
    pub(super) crash_per_mille: u64,
    pub(super) cancel_per_mille: u64,
    pub(super) edit_per_mille: u64,
    /// Whether the destructors of dead processes do not run. Their memory is lost, so few
    /// schedules do without.
    pub(super) forgets_the_dead: bool,
    /// How many in a thousand answers are about something else.
    pub(super) lie_per_mille: u64,
    /// How long storage takes to show an object whose PUT it accepted.
    pub(super) shows_after: Duration,
    /// How many in a thousand waits last as long as the lid of a laptop is shut.
    pub(super) suspend_per_mille: u64,
}

impl Schedule {
    pub(super) fn draw(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let r = &mut random;
        let server = server(r);
        let number = r.pick(&[0, 1, 2, 4, 8]);
        let faults = (0..number).map(|_| fault(r)).collect();
        Self {
            content: content(r),
            route: r.pick(&[Route::Auto, Route::Single, Route::Direct, Route::Direct]),
            checksum: r.pick(&[Checksum::Declared, Checksum::Completion, Checksum::Off]),
            waits: r.chance(200),
            deadline: r
                .chance(100)
                .then(|| Duration::from_secs(1) + r.time_below(Duration::from_secs(600))),
            has_tokens: r.chance(200),
            processes: if r.chance(250) { 2 } else { 1 },
            wild_runs: 1 + u32::try_from(r.below(4)).expect("a small number"),
            server,
            faults,
            network_per_mille: r.pick(&[0, 10, 60, 250]),
            has_journal_file: r.chance(10),
            forgets_the_dead: r.chance(1),
            journal_per_mille: r.pick(&[0, 0, 0, 40]),
            crash_per_mille: r.pick(&[0, 300, 700]),
            cancel_per_mille: r.pick(&[0, 0, 200]),
            edit_per_mille: r.pick(&[0, 0, 0, 300]),
            suspend_per_mille: r.pick(&[0, 0, 0, 30]),
            lie_per_mille: r.pick(&[0, 0, 30, 300]),
            shows_after: shows_after(r),
            random,
        }
    }
}

/// Mostly at once, then less or more time than a PUT takes, or than is waited for.
fn shows_after(r: &mut Random) -> Duration {
    let longest = r.pick(&[0, 0, 0, 2, 40, 100]);
    r.time_below(Duration::from_secs(longest))
}

/// Draws a PNG as far as anybody looks. Few have more blocks than one, for speed.
fn content(r: &mut Random) -> Vec<u8> {
    let size = match r.below(50) {
        0 => 64 * 1024 + r.below(200 * 1024),
        1..=9 => 16 + r.below(8),
        _ => 16 + r.below(3000),
    };
    let mut content = vec![0; usize::try_from(size).expect("a small file")];
    r.fill(&mut content);
    content[..16].copy_from_slice(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    content
}

fn server(r: &mut Random) -> Settings {
    let mut settings = Settings::default();
    settings.seed = r.next();
    settings.public_url = Some("https://storage.sim".to_owned());
    settings.upload_url_lifetime = Duration::from_secs(r.pick(&[20, 60, 3600]));
    settings.complete_conflicts = u32::try_from(r.pick(&[0, 0, 0, 1, 5])).expect("a small number");
    settings.processing_time = r.time_below(Duration::from_secs(60));
    if r.chance(100) {
        settings.single_request_max_bytes = r.below(2000);
        settings.single_request_too_large =
            r.pick(&[TooLarge::BadRequest, TooLarge::PayloadTooLarge]);
    }
    if r.chance(100) {
        let requests = 1 + u32::try_from(r.below(5)).expect("a small number");
        settings.rate_limit = Some(RateLimit::new(requests, Duration::from_secs(10)));
    }
    settings.log_max_requests = usize::MAX;
    settings
}

/// The endpoints that an upload uses.
const ENDPOINTS: [Endpoint; 6] = [
    Endpoint::Api(OperationId::UploadAsset),
    Endpoint::Api(OperationId::CreateDirectUpload),
    Endpoint::StoragePut,
    Endpoint::Api(OperationId::CompleteAsset),
    Endpoint::Api(OperationId::ListAssetStatuses),
    Endpoint::Api(OperationId::GetAsset),
];

fn fault(r: &mut Random) -> Fault {
    let at = r.pick(&ENDPOINTS);
    let mut fault = match r.below(15) {
        0..=2 if at == Endpoint::StoragePut => Fault::storage(r.pick(STORAGE_CODES)),
        0..=3 => {
            let (status, code) = r.pick(STATUSES);
            Fault::status(at, status, code)
        }
        4 | 5 => {
            let status = r.pick(PAGES);
            let body = r.pick(&[
                "",
                "{",
                "<html>",
                "{\"data\":{}}",
                "null",
                "\u{0}",
                "{\"message\":\"Forbidden\"}",
                "{\"error\":{\"code\":\"Not Found\",\"message\":\"no route\"}}",
            ]);
            Fault::raw(at, status, "text/html", body)
        }
        6 => Fault::close(at),
        7 => Fault::reset(at, r.below(4000)),
        8 => Fault::stall(at, r.below(4000)),
        9 if at == OperationId::CreateDirectUpload => Fault::slot(slot(r)),
        9 => Fault::object_not_visible(),
        10 if at != Endpoint::StoragePut => Fault::truncated(at),
        11 if at != Endpoint::StoragePut => Fault::duplicated(at),
        12 => Fault::reset_answer(at, r.below(300)),
        // Redirects are for the PUT, and of interest elsewhere because they are not followed.
        10 | 11 | 13 => {
            let place = r.pick(&[
                "https://other.sim",
                "https://other.sim",
                "http://other.sim",
                "",
            ]);
            Fault::raw(at, 307, "text/html", "").with_header("location", place)
        }
        _ => Fault::delay(at, r.time_below(Duration::from_secs(100))),
    };
    if r.chance(200) {
        fault = fault.with_retry_after(r.pick(&[0, 1, 30, 119, 121, 100_000]));
    }
    if r.chance(300) {
        fault = fault.after_effect();
    }
    if r.chance(200) {
        fault = fault.early();
    }
    if r.chance(200) {
        fault = fault.with_delay(r.time_below(Duration::from_secs(70)));
    }
    fault.times(r.pick(&[1, 1, 1, 2, 3, 9, 12]))
}

fn slot(r: &mut Random) -> SlotOverride {
    let mut slot = SlotOverride::default();
    match r.below(3) {
        0 => slot.expires_in_seconds = Some(r.pick(&[i64::MIN, -1, 0, 1, 5, i64::MAX])),
        1 => slot.max_bytes = Some(ByteSize::new(r.pick(&[0, 15, u64::MAX]))),
        _ => {
            let url = r.pick(&["http://storage.sim/plain", "nonsense"]);
            slot.upload_url = Some(PresignedUrl::new(url));
        }
    }
    slot
}

/// Statuses of answers that are neither in the API's envelope nor in storage's document.
const PAGES: &[u16] = &[
    200, 200, 200, 307, 400, 401, 403, 403, 404, 404, 409, 410, 413, 500, 502,
];

const STATUSES: &[(u16, &str)] = &[
    (400, "invalid_parameter"),
    (401, "unauthorized"),
    (403, "forbidden"),
    (404, "asset_not_found"),
    (408, "request_timeout"),
    (409, "request_in_progress"),
    (409, "upload_not_complete"),
    (413, "payload_too_large"),
    (425, "too_early"),
    (429, "rate_limit_exceeded"),
    (500, "internal_error"),
    (501, "not_implemented"),
    (502, "bad_gateway"),
    (503, "service_unavailable"),
    (504, "gateway_timeout"),
];

const STORAGE_CODES: &[StorageCode] = &[
    StorageCode::AccessDenied,
    StorageCode::BadDigest,
    StorageCode::EntityTooLarge,
    StorageCode::ExpiredToken,
    StorageCode::IncompleteBody,
    StorageCode::InternalError,
    StorageCode::InvalidRequest,
    StorageCode::NoSuchBucket,
    StorageCode::OperationAborted,
    StorageCode::PreconditionFailed,
    StorageCode::RequestTimeout,
    StorageCode::RequestTimeTooSkewed,
    StorageCode::ServiceUnavailable,
    StorageCode::SignatureDoesNotMatch,
    StorageCode::SlowDown,
    StorageCode::XAmzContentChecksumMismatch,
    StorageCode::XAmzContentSha256Mismatch,
];
