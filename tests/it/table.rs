//! The decision table over real sockets: the faults of the emulator end as the table says.

use std::time::Duration;

use heygen_e2e::{Bench, mp4_of, png_of};
use heygen_emulator::{Emulator, Endpoint, Fault, OperationId, SlotOverride, StorageCode};
use heygen_sdk::{Asset, Checksum, Error, ErrorKind, Route, Source, Stored, types::ByteSize};

const SIZE: usize = 3_000_000;

/// Uploads a clip by the direct route.
async fn direct(bench: &Bench) -> (Vec<u8>, Result<Asset, Error>) {
    let content = mp4_of(SIZE);
    let source = Source::bytes("clip.mp4", content.clone());
    let upload = bench.client.assets().upload(source).route(Route::Direct);
    (content, upload.await)
}

async fn single(bench: &Bench) -> (Vec<u8>, Result<Asset, Error>) {
    let content = png_of(200_000);
    let source = Source::bytes("image.png", content.clone());
    (content, bench.client.assets().upload(source).await)
}

/// Asserts that a direct upload survives a fault, and returns how often each step was sent.
async fn survives(fault: Fault) -> Counts {
    let bench = Bench::start().await;
    bench.emulator.fault(fault);
    let (content, result) = direct(&bench).await;
    let asset = result.expect("the upload recovers");
    bench.assert_stored(&asset, &content);
    assert!(
        bench.emulator.unused_faults().is_empty(),
        "the fault was met"
    );
    assert_keys(&bench);
    Counts::of(&bench)
}

/// Asserts that a direct upload ends for good at a fault, and returns its error.
async fn fails(faults: impl IntoIterator<Item = Fault>) -> (Bench, Error) {
    let bench = Bench::start().await;
    for fault in faults {
        bench.emulator.fault(fault);
    }
    let (_, result) = direct(&bench).await;
    let error = result.expect_err("the upload fails");
    assert!(!error.hint().is_empty());
    assert!(
        bench
            .emulator
            .assets()
            .iter()
            .all(|asset| !asset.is_finalised)
    );
    (bench, error)
}

#[derive(Debug, PartialEq, Eq)]
struct Counts {
    create: usize,
    put: usize,
    complete: usize,
}

impl Counts {
    fn of(bench: &Bench) -> Self {
        let count = |endpoint: Endpoint| bench.requests_to(endpoint).len();
        Self {
            create: count(OperationId::CreateDirectUpload.into()),
            put: count(Endpoint::StoragePut),
            complete: count(OperationId::CompleteAsset.into()),
        }
    }
}

/// A retry carries the key of the request it repeats; a new URL has a new key.
fn assert_keys(bench: &Bench) {
    let creates = bench.requests_to(OperationId::CreateDirectUpload);
    let mut keys: Vec<_> = creates
        .iter()
        .map(|request| request.idempotency_key().expect("create carries a key"))
        .collect();
    keys.dedup();
    let answered = creates
        .iter()
        .filter(|request| request.status == Some(200) && !request.is_replay)
        .count();
    assert!(keys.len() >= answered.max(1), "a new URL under an old key");
}

fn counts(create: usize, put: usize, complete: usize) -> Counts {
    Counts {
        create,
        put,
        complete,
    }
}

#[tokio::test]
async fn nothing_goes_wrong() {
    let bench = Bench::start().await;
    let (content, result) = direct(&bench).await;
    let asset = result.unwrap();
    bench.assert_stored(&asset, &content);
    assert_eq!((asset.route, asset.attempts), (Route::Direct, 1));
    assert_eq!(Counts::of(&bench), counts(1, 1, 1));
}

#[tokio::test]
async fn single_is_repeated_under_its_key() {
    for fault in [
        Fault::status(OperationId::UploadAsset, 429, "rate_limit_exceeded"),
        Fault::status(OperationId::UploadAsset, 500, "internal_error"),
        Fault::raw(
            OperationId::UploadAsset,
            502,
            "text/html",
            "<html>bad gateway</html>",
        ),
        Fault::raw(OperationId::UploadAsset, 503, "text/plain", ""),
        Fault::close(OperationId::UploadAsset),
        Fault::close(OperationId::UploadAsset).after_effect(),
        Fault::reset(OperationId::UploadAsset, 50_000),
        Fault::stall(OperationId::UploadAsset, 50_000),
        Fault::status(OperationId::UploadAsset, 409, "request_in_progress"),
        Fault::raw(
            OperationId::UploadAsset,
            200,
            "application/json",
            "{\"data\":{\"asset",
        )
        .after_effect(),
        Fault::raw(OperationId::UploadAsset, 200, "text/html", "<html>").after_effect(),
    ] {
        let bench = Bench::start().await;
        let shown = format!("{fault:?}");
        bench.emulator.fault(fault);
        let (content, result) = single(&bench).await;
        let asset = result.unwrap_or_else(|error| panic!("{shown}: {error:?}"));
        bench.assert_stored(&asset, &content);
        let requests = bench.requests_to(OperationId::UploadAsset);
        assert_eq!(requests.len(), 2, "{shown}");
        assert_eq!(requests[0].idempotency_key(), requests[1].idempotency_key());
        assert!(requests[0].idempotency_key().is_some());
    }
}

#[tokio::test]
async fn single_that_is_too_large_goes_direct() {
    for status in [400, 413] {
        let bench = Bench::start().await;
        let code = "invalid_parameter";
        let fault = Fault::status(OperationId::UploadAsset, status, code);
        bench.emulator.fault(fault.with_message("File too large"));
        let (content, result) = single(&bench).await;
        let asset = result.unwrap();
        bench.assert_stored(&asset, &content);
        assert_eq!(asset.route, Route::Direct);
    }
}

#[tokio::test]
async fn a_single_route_that_was_chosen_stays() {
    let bench = Bench::configured(|settings| settings.single_request_max_bytes = 1000).await;
    let source = Source::bytes("image.png", png_of(200_000));
    let upload = bench.client.assets().upload(source).route(Route::Single);
    let error = upload.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert_eq!(error.stored(), Some(&Stored::Nothing));
}

#[tokio::test]
async fn create_is_repeated_under_its_key() {
    for fault in [
        Fault::status(OperationId::CreateDirectUpload, 429, "rate_limit_exceeded"),
        Fault::raw(OperationId::CreateDirectUpload, 504, "text/html", "<html>"),
        Fault::close(OperationId::CreateDirectUpload),
        Fault::close(OperationId::CreateDirectUpload).after_effect(),
        Fault::raw(
            OperationId::CreateDirectUpload,
            200,
            "application/json",
            "{}",
        )
        .after_effect(),
        Fault::delay(OperationId::CreateDirectUpload, Duration::from_secs(2)),
    ] {
        let bench = Bench::start().await;
        let shown = format!("{fault:?}");
        bench.emulator.fault(fault);
        let (content, result) = direct(&bench).await;
        let asset = result.unwrap_or_else(|error| panic!("{shown}: {error:?}"));
        bench.assert_stored(&asset, &content);
        let creates = bench.requests_to(OperationId::CreateDirectUpload);
        assert!(creates.len() >= 2, "{shown}");
        let key = creates[0].idempotency_key();
        assert!(
            creates
                .iter()
                .all(|request| request.idempotency_key() == key)
        );
    }
}

#[tokio::test]
async fn a_url_past_its_life_is_replaced_under_a_new_key() {
    let mut dead = SlotOverride::default();
    dead.expires_in_seconds = Some(0);
    assert_eq!(survives(Fault::slot(dead)).await, counts(2, 1, 1));
}

#[tokio::test]
async fn a_slot_that_is_too_small_fails_with_the_number() {
    let mut small = SlotOverride::default();
    small.max_bytes = Some(ByteSize::new(1_000_000));
    let (bench, error) = fails([Fault::slot(small)]).await;
    assert_eq!(error.kind(), ErrorKind::TooLarge);
    assert!(error.to_string().contains("1000000"), "{error}");
    assert_eq!(Counts::of(&bench), counts(1, 0, 0));
}

#[tokio::test]
async fn api_refusals_end_the_upload() {
    for (status, code, kind) in [
        (401, "unauthorized", ErrorKind::Authentication),
        (403, "forbidden", ErrorKind::Permission),
        (402, "insufficient_credit", ErrorKind::Rejected),
        (400, "invalid_parameter", ErrorKind::Rejected),
        (501, "not_implemented", ErrorKind::Protocol),
    ] {
        let fault = Fault::status(OperationId::CreateDirectUpload, status, code);
        let (bench, error) = fails([fault]).await;
        assert_eq!((error.kind(), error.status()), (kind, Some(status)));
        assert_eq!(error.code(), code);
        assert_eq!(Counts::of(&bench), counts(1, 0, 0));
    }
}

#[tokio::test]
async fn a_long_retry_after_ends_the_retries() {
    let busy = Fault::status(OperationId::CreateDirectUpload, 429, "rate_limit_exceeded");
    let (bench, error) = fails([busy.with_retry_after(3600)]).await;
    assert!(error.is_retryable());
    assert!(error.to_string().contains("3600s"), "{error}");
    assert_eq!(Counts::of(&bench), counts(1, 0, 0));
}

#[tokio::test]
async fn attempts_run_out() {
    let fault = Fault::status(OperationId::CreateDirectUpload, 503, "service_unavailable");
    let (bench, error) = fails([fault.times(9)]).await;
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(error.to_string().contains("4 attempts"), "{error}");
    assert_eq!(Counts::of(&bench), counts(4, 0, 0));
}

#[tokio::test]
async fn an_expired_url_is_seen_and_replaced() {
    assert_eq!(
        survives(Fault::storage(StorageCode::ExpiredToken)).await,
        counts(2, 2, 1)
    );
    // A URL that expires between its creation and the PUT, told before the body is sent.
    let bench = Bench::start().await;
    let content = mp4_of(SIZE);
    let emulator = std::sync::Arc::new(bench.emulator);
    let hour_later = std::sync::Arc::clone(&emulator);
    let upload = bench
        .client
        .assets()
        .upload(Source::bytes("clip.mp4", content.clone()))
        .route(Route::Direct)
        .on_checkpoint(move |checkpoint| {
            if checkpoint.asset_id().is_some()
                && hour_later.assets().len() == 1
                && !checkpoint.is_stored()
            {
                hour_later.advance(Duration::from_secs(7200));
            }
        });
    let asset = upload.await.unwrap();
    let bench = Bench {
        emulator: std::sync::Arc::into_inner(emulator).expect("the upload has ended"),
        client: bench.client,
    };
    bench.assert_stored(&asset, &content);
    let puts = bench.requests_to(Endpoint::StoragePut);
    assert_eq!(puts.len(), 2);
    assert_eq!((puts[0].status, puts[0].body_bytes), (Some(403), 0));
    assert_keys(&bench);
}

#[tokio::test]
async fn an_unexplained_refusal_gets_one_new_url() {
    let refusal = || Fault::storage(StorageCode::SignatureDoesNotMatch);
    assert_eq!(survives(refusal()).await, counts(2, 2, 1));
    let (bench, error) = fails([refusal().times(2)]).await;
    assert_eq!(error.code(), "SignatureDoesNotMatch");
    assert_eq!(Counts::of(&bench), counts(2, 2, 0));
}

#[tokio::test]
async fn a_refused_digest_is_tried_once_more() {
    for code in [
        StorageCode::BadDigest,
        StorageCode::XAmzContentSha256Mismatch,
        StorageCode::XAmzContentChecksumMismatch,
    ] {
        assert_eq!(survives(Fault::storage(code)).await, counts(1, 2, 1));
        let (bench, error) = fails([Fault::storage(code).times(2)]).await;
        assert_eq!(error.kind(), ErrorKind::Integrity);
        assert_eq!(Counts::of(&bench), counts(1, 2, 0));
    }
}

#[tokio::test]
async fn a_put_that_may_have_arrived_is_completed_first() {
    // The bytes are there, the answer is lost: nothing is sent twice.
    let lost = Fault::close(Endpoint::StoragePut).after_effect();
    assert_eq!(survives(lost).await, counts(1, 1, 1));
    // The bytes are not there, and `complete` says so for as long as they may show up.
    let busy = Fault::storage(StorageCode::SlowDown);
    let Counts {
        create,
        put,
        complete,
    } = survives(busy).await;
    assert_eq!((create, put), (1, 2));
    assert!((2..=20).contains(&complete), "{complete} looks");
}

#[tokio::test]
async fn a_put_that_broke_off_is_sent_again() {
    for fault in [
        Fault::reset(Endpoint::StoragePut, 100_000),
        Fault::stall(Endpoint::StoragePut, 100_000),
        Fault::storage(StorageCode::InternalError).early(),
    ] {
        let shown = format!("{fault:?}");
        let counts = survives(fault).await;
        assert_eq!((counts.create, counts.put), (1, 2), "{shown}");
    }
}

#[tokio::test]
async fn a_redirect_of_the_put_is_followed_once_without_credential() {
    let bench = Bench::start().await;
    let elsewhere = format!("{}/elsewhere", bench.emulator.url());
    let redirect = || {
        Fault::raw(Endpoint::StoragePut, 307, "application/xml", "")
            .with_header("location", &elsewhere)
            .early()
    };
    bench.emulator.fault(redirect());
    let (_, result) = direct(&bench).await;
    // There is nothing at the other place; what matters is that it was asked, and bare.
    let error = result.unwrap_err();
    assert_eq!(error.status(), Some(404));
    let followed: Vec<_> = bench
        .emulator
        .requests()
        .into_iter()
        .filter(|request| request.path == "/elsewhere")
        .collect();
    assert!(!followed.is_empty());
    for request in followed {
        assert!(request.header("x-api-key").is_none());
        assert!(request.header("authorization").is_none());
    }

    let (_, error) = fails(
        [Fault::raw(Endpoint::StoragePut, 301, "application/xml", "")
            .with_header("location", &elsewhere)
            .early()],
    )
    .await;
    assert_eq!(error.kind(), ErrorKind::Protocol);
}

#[tokio::test]
async fn an_object_that_is_late_is_waited_for() {
    assert_eq!(
        survives(Fault::object_not_visible().times(3)).await,
        counts(1, 1, 4)
    );
    let other = Fault::status(OperationId::CompleteAsset, 409, "resource_not_ready");
    assert_eq!(survives(other).await, counts(1, 1, 2));
}

#[tokio::test]
async fn an_unknown_asset_gets_one_new_url() {
    let unknown = || Fault::status(OperationId::CompleteAsset, 404, "asset_not_found");
    assert_eq!(survives(unknown()).await, counts(2, 2, 2));
    let (_, error) = fails([unknown().times(2)]).await;
    assert_eq!(error.code(), "asset_not_found");
}

#[tokio::test]
async fn complete_is_repeated() {
    for fault in [
        Fault::status(OperationId::CompleteAsset, 500, "internal_error"),
        Fault::close(OperationId::CompleteAsset),
        Fault::close(OperationId::CompleteAsset).after_effect(),
        Fault::raw(OperationId::CompleteAsset, 200, "text/html", "<html>").after_effect(),
    ] {
        assert_eq!(survives(fault).await, counts(1, 1, 2));
    }
}

#[tokio::test]
async fn an_answer_about_another_asset_is_no_success() {
    let answer = format!(
        r#"{{"data":{{"asset_id":"a","mime_type":"video/mp4","size_bytes":{SIZE},"status":"processing","url":"https://x/"}}}}"#
    );
    let other = || {
        Fault::raw(
            OperationId::CompleteAsset,
            200,
            "application/json",
            answer.clone(),
        )
    };
    assert_eq!(survives(other()).await, counts(1, 1, 2));
    let (bench, error) = fails([other().times(2)]).await;
    assert_eq!(error.kind(), ErrorKind::Integrity);
    let own = bench.emulator.assets()[0].id.clone();
    assert_eq!(error.stored(), Some(&Stored::Unfinished(own)));
}

#[tokio::test]
async fn another_size_or_type_in_the_answer_is_no_success() {
    for (size, media_type) in [(1, "image/png"), (200_000, "image/jpeg")] {
        let answer = format!(
            r#"{{"data":{{"asset_id":"a","mime_type":"{media_type}","size_bytes":{size},"url":"https://x/"}}}}"#
        );
        let bench = Bench::start().await;
        let fault = Fault::raw(OperationId::UploadAsset, 200, "application/json", answer);
        bench.emulator.fault(fault);
        let (_, result) = single(&bench).await;
        let error = result.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Integrity);
        assert!(matches!(error.stored(), Some(Stored::Mismatched(_))));
    }
}

#[tokio::test]
async fn every_checksum_mode_stores_the_same() {
    for checksum in [Checksum::Declared, Checksum::Completion, Checksum::Off] {
        let bench = Bench::start().await;
        let content = mp4_of(SIZE);
        let asset = bench
            .client
            .assets()
            .upload(Source::bytes("clip.mp4", content.clone()))
            .route(Route::Direct)
            .checksum(checksum)
            .await
            .unwrap();
        bench.assert_stored(&asset, &content);
        assert_eq!(asset.sha256.is_some(), checksum != Checksum::Off);
    }
}

#[tokio::test]
async fn a_server_that_is_not_there_is_given_up() {
    let emulator = Emulator::start().await.unwrap();
    let (url, key) = (emulator.url().to_owned(), emulator.api_key());
    emulator.shutdown().await;
    let client = heygen_e2e::client(&url, &key);
    let error = client
        .assets()
        .upload(Source::bytes("image.png", png_of(10_000)))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert_eq!(error.stored(), Some(&Stored::Nothing));
    assert!(error.to_string().contains("attempts"), "{error}");
}
