//! What bytes choose.

use core::time::Duration;

use arbitrary::{Result, Unstructured};
use heygen_types::{
    ApiError, ByteSize, MediaType, PresignedUrl, Sha256Digest, batches::ItemStatus,
};
use heygen_upload_core::{
    Checksum, Config, Failure, FailureKind, Plan, Redirect, Route, Timestamp, WaitPolicy,
};

use crate::driver::{Input, Values};

pub(super) fn plan(bytes: &mut Unstructured<'_>) -> Result<Plan> {
    let size = ByteSize::new(size(bytes)?.max(1));
    let mut plan = Plan::new("a.mp4", media_type(bytes)?, size).expect("the size is positive");
    plan.digest = bytes.arbitrary::<bool>()?.then_some(digest(bytes)?);
    plan.checksum = *bytes.choose(&[Checksum::Declared, Checksum::Completion, Checksum::Off])?;
    plan.route = *bytes.choose(&[Route::Auto, Route::Single, Route::Direct])?;
    Ok(plan)
}

pub(super) fn config(bytes: &mut Unstructured<'_>) -> Result<Config> {
    let mut config = Config::default();
    config.seed = bytes.arbitrary()?;
    config.can_refresh_credential = bytes.arbitrary()?;
    config.retry.max_attempts = bytes.int_in_range(0..=6)?;
    config.retry.max_generations = bytes.int_in_range(0..=4)?;
    config.retry.base = duration(bytes)?;
    config.retry.cap = duration(bytes)?;
    config.retry.retry_after_limit = duration(bytes)?;
    config.retry.wait_budget = duration(bytes)?;
    config.object_window = duration(bytes)?;
    config.deadline = bytes.arbitrary::<bool>()?.then_some(duration(bytes)?);
    if bytes.arbitrary()? {
        let mut wait = WaitPolicy::default();
        wait.first = duration(bytes)?;
        wait.cap = duration(bytes)?;
        wait.limit = duration(bytes)?;
        config.wait = Some(wait);
    }
    Ok(config)
}

pub(super) fn input(bytes: &mut Unstructured<'_>) -> Result<Input> {
    Ok(match bytes.int_in_range(0..=15_u8)? {
        0..=4 => Input::Success(values(bytes)?),
        5..=9 => Input::Failure(failure(bytes)?),
        10 => Input::Digest(digest(bytes)?),
        11 | 12 => Input::Timeout,
        13 => Input::Spurious(values(bytes)?),
        14 => Input::Resume,
        _ => Input::Cancel,
    })
}

/// Chooses a moment: most of them a little later, some of them anywhere.
pub(super) fn moment(bytes: &mut Unstructured<'_>, now: Timestamp) -> Result<Timestamp> {
    Ok(match bytes.arbitrary::<u8>()? {
        steps @ 0..=199 => now.after(Duration::from_millis(u64::from(steps) * 500)),
        _ => Timestamp::from_unix(duration(bytes)?),
    })
}

pub(super) fn values(bytes: &mut Unstructured<'_>) -> Result<Values> {
    let id = ["asset_1", "asset_2"];
    let urls = [
        "https://s.example/o?SECRET",
        "http://s.example/o?SECRET",
        "nothing",
        "",
    ];
    Ok(Values {
        id: bytes.choose(&id)?.parse().expect("it is an id"),
        size: size(bytes)?,
        life: *bytes.choose(&[3_600, 60, 1, 0, -1, i64::MIN, i64::MAX])?,
        media_type: media_type(bytes)?,
        url: (*bytes.choose(&urls)?).to_owned(),
        status: ItemStatus::from(*bytes.choose(ItemStatus::KNOWN)?),
        digest: digest(bytes)?,
    })
}

fn failure(bytes: &mut Unstructured<'_>) -> Result<Failure> {
    let mut failure = match bytes.int_in_range(0..=3_u8)? {
        0 => Failure::new(*bytes.choose(KINDS)?),
        1 => Failure::from_storage(status(bytes)?, storage_error(bytes)?.as_bytes()),
        2 => Failure::unreadable(status(bytes)?),
        _ => Failure::from_api(status(bytes)?, api_error(bytes)?),
    };
    if bytes.arbitrary()? {
        failure.retry_after = Some(duration(bytes)?);
    }
    failure.body_handed_over = bytes.arbitrary()?;
    if bytes.ratio(1_u8, 8_u8)? {
        let targets = [
            "https://else.example/o?SECRET",
            "http://else.example/o",
            "/o",
        ];
        failure.redirect = Some(Redirect::new(PresignedUrl::new(*bytes.choose(&targets)?)));
    }
    Ok(failure)
}

fn api_error(bytes: &mut Unstructured<'_>) -> Result<Option<ApiError>> {
    if bytes.arbitrary()? {
        return Ok(None);
    }
    let codes = ["request_in_progress", "payload_too_large", "not_found", ""];
    let messages = ["File exceeds the 32 MB limit", "no"];
    let error = ApiError::new(*bytes.choose(&codes)?, *bytes.choose(&messages)?);
    let params = ["checksum_sha256", "content_type", "file", ""];
    Ok(Some(error.with_param(*bytes.choose(&params)?)))
}

fn storage_error(bytes: &mut Unstructured<'_>) -> Result<String> {
    let code = *bytes.choose(STORAGE_CODES)?;
    let message = *bytes.choose(&["Request has expired", "no"])?;
    Ok(format!(
        "<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    ))
}

fn status(bytes: &mut Unstructured<'_>) -> Result<u16> {
    let usual = [400, 401, 403, 404, 409, 413, 429, 500, 501, 503, 307, 200];
    if bytes.ratio(7_u8, 8_u8)? {
        return bytes.choose(&usual).copied();
    }
    bytes.arbitrary()
}

/// Chooses one that limits are made of, or any.
fn duration(bytes: &mut Unstructured<'_>) -> Result<Duration> {
    Ok(match bytes.int_in_range(0..=7_u8)? {
        0 => Duration::from_secs(60),
        1 => Duration::ZERO,
        2 => Duration::MAX,
        3 => Duration::from_nanos(bytes.arbitrary()?),
        4 => Duration::from_secs(bytes.arbitrary()?),
        _ => Duration::from_millis(u64::from(bytes.arbitrary::<u16>()?)),
    })
}

fn size(bytes: &mut Unstructured<'_>) -> Result<u64> {
    bytes.choose(&[1_000, 32_000_001, u64::MAX, 0]).copied()
}

fn media_type(bytes: &mut Unstructured<'_>) -> Result<MediaType> {
    let names = [
        "video/mp4",
        "VIDEO/MP4; codecs=avc1",
        "application/x-subrip",
        "text/plain",
        "application/zip",
        "font/woff2",
    ];
    Ok(MediaType::from(*bytes.choose(&names)?))
}

fn digest(bytes: &mut Unstructured<'_>) -> Result<Sha256Digest> {
    Ok(Sha256Digest::from_bytes([bytes.int_in_range(1..=2)?; 32]))
}

const KINDS: &[FailureKind] = &[
    FailureKind::Interrupted,
    FailureKind::Connect,
    FailureKind::AnswerTimeout,
    FailureKind::Stall,
    FailureKind::Answer,
    FailureKind::Intermediary,
    FailureKind::WrongAsset,
    FailureKind::Untrusted,
    FailureKind::Unsendable,
    FailureKind::Credential,
    FailureKind::SourceChanged,
    FailureKind::SourceUnreadable,
    FailureKind::Incompatible,
    FailureKind::LocalResources,
];

const STORAGE_CODES: &[&str] = &[
    "AccessDenied",
    "SignatureDoesNotMatch",
    "ExpiredToken",
    "BadDigest",
    "EntityTooLarge",
    "IncompleteBody",
    "SlowDown",
    "NoSuchKey",
];
