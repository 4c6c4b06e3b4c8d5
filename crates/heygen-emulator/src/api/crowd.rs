//! How many jobs may run at once.

use heygen_types::table::OperationEntry;

use super::Call;
use crate::{problem::Problem, rate::whole_seconds, state::Collection};

/// Refuses another job that makes a video while as many run as may.
pub(super) fn check(call: &Call<'_>) -> Result<(), Problem> {
    let Some(max) = call
        .settings
        .max_running_jobs
        .filter(|_| starts_video(call.entry()))
    else {
        return Ok(());
    };
    let ends = VIDEO_JOBS.iter().flat_map(|kind| {
        let jobs = call.all(*kind);
        // The video of a session counts as the session.
        let jobs = jobs
            .into_iter()
            .filter(|(_, job)| job.secret("session_id").is_none());
        jobs.filter_map(|(_, job)| job.schedule.end())
            .filter(|end| *end > call.now)
    });
    let ends: Vec<_> = ends.collect();
    let Some(first) = ends.iter().min().filter(|_| ends.len() >= max) else {
        return Ok(());
    };
    let message = format!("{} jobs are running, at most {max} may", ends.len());
    let seconds = whole_seconds(first.saturating_sub(call.now));
    Err(Problem::rate_limited(seconds, &message))
}

/// Returns `true` if an operation starts a job that makes a video, or several in a batch.
fn starts_video(operation: &OperationEntry) -> bool {
    let Some(starts) = &operation.starts else {
        return false;
    };
    let kind = starts.job.as_str().trim_end_matches(".get");
    let kind = kind.trim_end_matches(".batches");
    VIDEO_KINDS.contains(&kind)
}

const VIDEO_KINDS: [&str; 6] = [
    "hyperframes.renders",
    "lipsyncs",
    "models.videos",
    "video_agents",
    "video_translations",
    "videos",
];

const VIDEO_JOBS: [Collection; 5] = [
    Collection::Lipsyncs,
    Collection::Renders,
    Collection::Sessions,
    Collection::Translations,
    Collection::Videos,
];
