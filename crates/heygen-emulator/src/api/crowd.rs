//! How many jobs may run at once.

use super::Call;
use crate::{Endpoint, problem::Problem, rate::whole_seconds, state::Collection};

/// Refuses another job that makes a video while as many run as may.
pub(super) fn check(call: &Call<'_>) -> Result<(), Problem> {
    let Some(max) = call
        .settings
        .max_running_jobs
        .filter(|_| starts_video(call.endpoint))
    else {
        return Ok(());
    };
    let ends = VIDEO_JOBS.iter().flat_map(|kind| {
        let jobs = call.state.records.newest_first(call.now, *kind);
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

const fn starts_video(endpoint: Endpoint) -> bool {
    matches!(
        endpoint,
        Endpoint::CreateLipsync
            | Endpoint::CreateLipsyncBatch
            | Endpoint::CreateModelVideo
            | Endpoint::CreateRender
            | Endpoint::CreateVideo
            | Endpoint::CreateVideoAgent
            | Endpoint::CreateVideoBatch
            | Endpoint::CreateVideoTranslation
            | Endpoint::CreateVideoTranslationBatch
            | Endpoint::GenerateFromTemplate
            | Endpoint::GenerateProofread
            | Endpoint::SendVideoAgentMessage
    )
}

const VIDEO_JOBS: [Collection; 5] = [
    Collection::Lipsyncs,
    Collection::Renders,
    Collection::Sessions,
    Collection::Translations,
    Collection::Videos,
];
