//! What the machine costs, in nanoseconds per input. The budget is one microsecond.
//!
//! Criterion's figures are per transition, not per upload; `mean.point_estimate` in
//! `target/criterion/ns_per_transition/<name>/new/estimates.json` is the same for a script.
#![expect(clippy::unwrap_used, reason = "a bench may stop where it stands")]

use core::{hint::black_box, time::Duration};

use criterion::{
    Criterion, criterion_group, criterion_main,
    measurement::{Measurement as _, WallTime},
};
use heygen_types::{
    ByteSize, MediaType, PresignedUrl, Sha256Digest,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
};
use heygen_upload_core::{
    Config, Failure, Output, Plan, Route, StepId, Timestamp, Upload, UploadId,
};

const SIZE: ByteSize = ByteSize::new(1_000_000);

/// Uploads made ready at a time, so that making them is not measured.
const BATCH: usize = 256;

const NOW: Timestamp = Timestamp::from_unix(Duration::from_secs(1_767_225_600));

criterion_main!(machine);
criterion_group!(machine, transitions);

fn transitions(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("ns_per_transition");
    group.bench_function("single", |bencher| {
        bencher
            .iter_custom(|inputs| measure(inputs, 2, || (plan(Route::Single), uploaded()), single));
    });
    group.bench_function("direct", |bencher| {
        let ready = || (plan(Route::Direct), slot(), completed());
        bencher.iter_custom(|inputs| measure(inputs, 4, ready, direct));
    });
    group.bench_function("retry", |bencher| {
        let ready = || {
            (
                plan(Route::Single),
                Failure::from_api(503, None),
                uploaded(),
            )
        };
        bencher.iter_custom(|inputs| measure(inputs, 4, ready, retried));
    });
    group.bench_function("waiting", |bencher| {
        let mut upload = waiting();
        bencher.iter(|| {
            upload.handle_timeout(black_box(NOW));
            (upload.poll_output(), upload.poll_timeout())
        });
    });
    group.finish();
}

/// Measures whole uploads and gives the time for this many inputs.
fn measure<T>(inputs: u64, per_upload: u64, ready: impl Fn() -> T, run: fn(T)) -> Duration {
    let clock = WallTime;
    let mut measured = Duration::ZERO;
    let mut done = 0;
    while done < inputs {
        let batch: Vec<T> = core::iter::repeat_with(&ready).take(BATCH).collect();
        done += BATCH as u64 * per_upload;
        let start = clock.start();
        batch.into_iter().for_each(run);
        measured += clock.end(start);
    }
    measured.mul_f64(inputs as f64 / done as f64)
}

/// Ready → single → completed.
fn single((plan, answer): (Plan, UploadedAsset)) {
    let mut upload = start(plan);
    let id = drain(&mut upload).unwrap();
    upload.handle_uploaded(NOW, id, answer);
    finish(upload);
}

/// Ready → create → put → complete → completed.
fn direct((plan, slot, answer): (Plan, UploadSlot, CompletedAsset)) {
    let mut upload = start(plan);
    let id = drain(&mut upload).unwrap();
    upload.handle_created(NOW, id, slot);
    let id = drain(&mut upload).unwrap();
    upload.handle_stored(NOW, id);
    let id = drain(&mut upload).unwrap();
    upload.handle_completed(NOW, id, answer);
    finish(upload);
}

/// Ready → single → a wait → single → completed.
fn retried((plan, failure, answer): (Plan, Failure, UploadedAsset)) {
    let mut upload = start(plan);
    let id = drain(&mut upload).unwrap();
    upload.handle_failure(NOW, id, failure);
    drain(&mut upload);
    let later = upload.poll_timeout().unwrap();
    upload.handle_timeout(later);
    let id = drain(&mut upload).unwrap();
    upload.handle_uploaded(later, id, answer);
    finish(upload);
}

fn waiting() -> Upload {
    let mut upload = start(plan(Route::Single));
    let id = drain(&mut upload).unwrap();
    upload.handle_failure(NOW, id, Failure::from_api(503, None));
    drain(&mut upload);
    upload
}

fn start(plan: Plan) -> Upload {
    Upload::new(plan, Config::default(), UploadId::from_random([7; 16]), NOW)
}

/// Takes every output, as a driver does, and gives the number of the step that was started.
fn drain(upload: &mut Upload) -> Option<StepId> {
    let mut started = None;
    while let Some(output) = upload.poll_output() {
        if let Output::Start { id, .. } = black_box(output) {
            started = Some(id);
        }
    }
    black_box(upload.poll_timeout());
    started
}

fn finish(mut upload: Upload) {
    drain(&mut upload);
    assert!(upload.state().is_terminal());
}

fn plan(route: Route) -> Plan {
    let mut plan = Plan::new("clip.mp4", MediaType::Mp4, SIZE).unwrap();
    plan.route = route;
    plan.digest = Some(Sha256Digest::from_bytes([7; 32]));
    plan
}

fn uploaded() -> UploadedAsset {
    let url = "https://files.example/asset_1".parse().unwrap();
    UploadedAsset::new("asset_1".parse().unwrap(), MediaType::Mp4, SIZE, url)
}

fn completed() -> CompletedAsset {
    let url = "https://files.example/asset_1".parse().unwrap();
    CompletedAsset::new("asset_1".parse().unwrap(), MediaType::Mp4, SIZE, url)
}

fn slot() -> UploadSlot {
    let url = format!(
        "https://bucket.example/asset_1?X-Amz-Signature={}",
        "0".repeat(400)
    );
    let id = "asset_1".parse().unwrap();
    let mut slot = UploadSlot::new(id, PresignedUrl::new(url), 3600, SIZE);
    slot.upload_headers = slot.upload_headers.with("content-type", "video/mp4").with(
        "x-amz-checksum-sha256",
        "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=",
    );
    slot
}
