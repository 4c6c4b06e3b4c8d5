//! Waiting for jobs: which create leads to which record, and how the end is told.

mod end;
mod jobs;
mod show;
mod target;

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use heygen_client::{Client, PollPolicy};
use heygen_types::{
    Json, OperationId,
    table::{self, OperationEntry},
};

use super::{answer, run::Scene, unknown};
use crate::{
    args::OutputFormat,
    exit::Exit,
    failure::{Failure, steps},
};

use show::Progress;
use target::{Origin, Target};

/// Tells whether there is something to wait for after an operation.
pub(super) fn waits(operation: &OperationEntry) -> bool {
    jobs::record_of(operation).is_some()
}

/// Where the ids of the jobs stand.
pub(super) enum Targets<'a> {
    /// In the path of the operation, which reads the record itself.
    Parameters(&'a [String]),
    /// In the answer of the operation, which began the jobs.
    Answer(&'a [u8]),
}

/// Waits for what an answer began, prints the last record of each job, and returns how the command
/// ends. An interrupt ends it as well, with what there is to say of every job.
pub(super) async fn all(
    client: &Client,
    operation: &'static OperationEntry,
    targets: Targets<'_>,
    limit: Option<Duration>,
    scene: &Scene,
) -> Result<Exit, Failure> {
    let console = scene.console;
    let (ids, origin) = match targets {
        Targets::Parameters(parameters) => (parameters.to_vec(), Origin::Given),
        Targets::Answer(body) => {
            let Some(ids) = jobs::ids(operation, body) else {
                drop(answer::print(console, Some(operation), body));
                return Err(no_id(operation));
            };
            let starts = operation.starts.as_ref();
            let origin = if starts.is_some_and(|starts| starts.resumes) {
                Origin::Answered
            } else {
                Origin::Begun
            };
            (ids, origin)
        }
    };
    let record = jobs::record_of(operation).map(table::operation);
    let record = record.expect("only a command with a record to wait for has the flag");
    let policy = policy(limit);
    let progress = Progress::new(scene);
    let one = async |id: String| {
        let target = Target { record, id, origin };
        target.run(client, &policy, scene, &progress).await
    };
    let mut waits = stream::iter(ids).map(one).buffer_unordered(AT_ONCE);
    let mut ends = Vec::new();
    let mut failures = Vec::new();
    while let Some(end) = waits.next().await {
        // People are told what matters of a record that is not the last one.
        let is_printed = end.failure.is_none() || console.format == OutputFormat::Json;
        if let Some(body) = end.record.filter(|_| is_printed) {
            drop(answer::print(console, Some(record), &body));
        }
        ends.push(
            end.failure
                .as_ref()
                .map_or(Exit::Success, |failure| failure.exit),
        );
        failures.extend(end.failure);
    }
    drop(waits);
    progress.clear();
    if ends.len() == 1
        && let Some(only) = failures.pop()
    {
        return Err(only);
    }
    failures.iter().for_each(|failure| console.failure(failure));
    Ok(Exit::of_files(&ends))
}

/// Waits for a video.
pub(super) async fn video(
    client: &Client,
    id: &str,
    limit: Option<Duration>,
    scene: &Scene,
) -> Result<(), Failure> {
    let target = Target {
        record: table::operation(OperationId::GetVideo),
        id: id.to_owned(),
        origin: Origin::Given,
    };
    let progress = Progress::new(scene);
    let end = target.run(client, &policy(limit), scene, &progress).await;
    progress.clear();
    end.failure.map_or(Ok(()), Err)
}

fn policy(limit: Option<Duration>) -> PollPolicy {
    let policy = PollPolicy::default();
    match limit {
        Some(limit) => policy.with_deadline(limit),
        None => policy,
    }
}

/// Returns whether an answer lacks the id of what the operation began.
pub(super) fn lacks_id(operation: &OperationEntry, body: &[u8]) -> bool {
    jobs::starts(operation) && jobs::ids(operation, body).is_none()
}

/// Reports an answer that does not say what the operation began.
pub(super) fn no_id(operation: &OperationEntry) -> Failure {
    let message = "the request was carried out, but the answer names no job: its id is not known";
    Failure::new(Exit::Api, "protocol", message, unknown::look(operation)).at(steps::REQUEST)
}

/// Jobs of one call are languages, of which there are many.
const AT_ONCE: usize = 16;

/// Returns a value in an answer by the names that lead to it.
fn find<'a>(answer: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.')
        .try_fold(answer, |value, name| value.member(name))
}
