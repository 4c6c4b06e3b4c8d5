//! Turns what the strategies make into scenarios.

use core::time::Duration;

use heygen_testing::strategies::{Fault, Lie};
use heygen_types::{ByteSize, MediaType, batches::ItemStatus};
use heygen_upload_core::{Config, FailureKind, Plan, StepKind};

use crate::harness::{Answer, Fault as Played, SOURCE, Scenario, kind, single};

/// Makes a scenario of a plan, a configuration, a script and the life of a URL in seconds.
pub(crate) fn scenario(
    plan: Plan,
    config: Config,
    script: Vec<(StepKind, Fault)>,
    life: i64,
) -> Scenario {
    let has_deadline = config.deadline.is_some();
    let scenario = single()
        .plan(|own| *own = plan)
        .plan(|own| own.digest = own.digest.map(|_| SOURCE))
        .config(|own| *own = config)
        .server(|server| {
            server.life = life;
            server.max_bytes = ByteSize::new(u64::MAX);
        });
    script
        .into_iter()
        .fold(scenario, |scenario, (step, fault)| {
            scenario.fault(step, played(fault, has_deadline))
        })
}

fn played(fault: Fault, has_deadline: bool) -> Played {
    match fault {
        Fault::Fails(failure) => Played::Fails(failure),
        Fault::Loses(failure) => Played::Loses(failure),
        Fault::Lies(lie) => Played::Says(match lie {
            Lie::Size => say_another_size,
            Lie::MediaType => say_another_type,
            Lie::Expired => say_expired,
            Lie::TooSmall => say_too_small,
            Lie::Processing => say_processing,
            Lie::OtherAsset => say_another_asset,
            _ => say_failed,
        }),
        Fault::Slow(time) => Played::Takes(time),
        Fault::Hangs if has_deadline => Played::Hangs,
        // Without a deadline it is the driver that ends a step.
        Fault::Hangs => {
            Played::FailsAfter(Duration::from_secs(120), kind(FailureKind::AnswerTimeout))
        }
        Fault::Crashes => Played::Crashes,
        Fault::CrashesAfter => Played::CrashesAfter,
        Fault::Cancels => Played::Cancels,
        Fault::SourceChanges => Played::SourceChanges,
        _ => Played::Takes(Duration::from_millis(1)),
    }
}

fn say_another_size(answer: &mut Answer) {
    match answer {
        Answer::Uploaded(asset) => asset.size_bytes = ByteSize::new(asset.size_bytes.bytes() ^ 1),
        Answer::Completed(asset) => asset.size_bytes = ByteSize::new(asset.size_bytes.bytes() ^ 1),
        _ => {}
    }
}

fn say_another_type(answer: &mut Answer) {
    match answer {
        Answer::Uploaded(asset) => asset.mime_type = MediaType::from("font/woff2"),
        Answer::Completed(asset) => asset.mime_type = MediaType::from("font/woff2"),
        _ => {}
    }
}

fn say_another_asset(answer: &mut Answer) {
    let other = || "asset_999".parse().expect("an id");
    match answer {
        Answer::Completed(asset) => asset.asset_id = other(),
        Answer::Status(entries) => entries[0].video_id = Some(other()),
        _ => {}
    }
}

fn say_expired(answer: &mut Answer) {
    if let Answer::Created(slot) = answer {
        slot.expires_in_seconds = 0;
    }
}

fn say_too_small(answer: &mut Answer) {
    if let Answer::Created(slot) = answer {
        slot.max_bytes = ByteSize::default();
    }
}

fn say_processing(answer: &mut Answer) {
    say_status(answer, ItemStatus::Processing);
}

fn say_failed(answer: &mut Answer) {
    say_status(answer, ItemStatus::Failed);
}

fn say_status(answer: &mut Answer, status: ItemStatus) {
    if let Answer::Status(entries) = answer {
        entries[0].status = status;
    }
}
