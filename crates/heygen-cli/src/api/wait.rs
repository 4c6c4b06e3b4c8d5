//! Waiting for jobs: which create leads to which record, and how the end is told.

mod jobs;
mod show;

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use heygen_client::{Client, Error, Outcome, PollPolicy, RawRequest};
use heygen_types::{Json, Method, table::OperationEntry};

use super::{answer, examples, run::Scene, table};
use crate::{
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

use jobs::Look;
use show::Progress;

/// Tells whether there is something to wait for after an operation.
pub(super) fn waits(operation: &OperationEntry) -> bool {
    jobs::record_of(&operation.id).is_some()
}

/// A job to wait for.
struct Target {
    record: &'static OperationEntry,
    id: String,
}

/// Waits for what an answer began, prints the last record of each job, and returns how the command
/// ends.
pub(super) async fn all(
    client: &Client,
    operation: &'static OperationEntry,
    targets: Targets<'_>,
    limit: Option<Duration>,
    scene: &Scene,
) -> Result<Exit, Failure> {
    let console = &scene.console;
    let ids = match targets {
        Targets::Parameters(parameters) => parameters.to_vec(),
        Targets::Answer(body) => jobs::ids(&operation.id, body).ok_or_else(no_id)?,
    };
    let record = jobs::record_of(&operation.id).and_then(|id| table().operation(id));
    let record = record.expect("only a command with a record to wait for has the flag");
    let progress = Progress::new(scene.progress);
    let one = async |id: String| one(client, Target { record, id }, limit, &progress).await;
    let mut waits = stream::iter(ids).map(one).buffer_unordered(AT_ONCE);
    let mut ends = Vec::new();
    let mut failures = Vec::new();
    while let Some(end) = waits.next().await {
        match end {
            Ok(body) => {
                progress.past(|| drop(answer::print(console, Some(record), &body)));
                ends.push(Exit::Success);
            }
            Err(failure) => {
                ends.push(failure.exit);
                failures.push(failure);
            }
        }
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

/// Waits for a video and returns its record.
pub(super) async fn video(
    client: &Client,
    id: &str,
    limit: Option<Duration>,
    scene: &Scene,
) -> Result<Vec<u8>, Failure> {
    let target = Target {
        record: table().operation("videos.get").expect("a known operation"),
        id: id.to_owned(),
    };
    let progress = Progress::new(scene.progress);
    let end = one(client, target, limit, &progress).await;
    progress.clear();
    end
}

async fn one(
    client: &Client,
    target: Target,
    limit: Option<Duration>,
    progress: &Progress,
) -> Result<Vec<u8>, Failure> {
    let mut policy = PollPolicy::default();
    if let Some(limit) = limit {
        policy = policy.with_deadline(limit);
    }
    let end = target.wait(client, &policy, progress).await;
    let outcome = end.map_err(|error| Failure::of_request(&error).at(steps::WAIT))?;
    target.judge(outcome, policy.deadline())
}

/// Where the ids of the jobs stand.
pub(super) enum Targets<'a> {
    /// In the path of the operation, which reads the record itself.
    Parameters(&'a [String]),
    /// In the answer of the operation, which began the jobs.
    Answer(&'a [u8]),
}

impl Target {
    async fn wait(
        &self,
        client: &Client,
        policy: &PollPolicy,
        progress: &Progress,
    ) -> Result<Outcome<Look>, Error> {
        let path = self.record.fill_path(&[&self.id]);
        let request = RawRequest::new(Method::Get, path);
        let fetch = async || {
            let answer = client.send_raw(&request).await?;
            Ok(Look::new(&self.record.id, answer.body))
        };
        let line = progress.line(&self.id);
        client
            .wait_until(policy, fetch, Look::state, |look| line.show(look))
            .await
    }

    /// Returns the record of a job that is done, or why there is none.
    fn judge(&self, outcome: Outcome<Look>, limit: Duration) -> Result<Vec<u8>, Failure> {
        let id = escape::message(&self.id);
        let (exit, code, message, hint) = match outcome {
            Outcome::Completed(look) => return Ok(look.body),
            Outcome::Failed { code, message, .. } => (
                Exit::Api,
                code.unwrap_or_else(|| "processing_failed".to_owned()),
                match message {
                    Some(message) => format!("{id} failed: {message}"),
                    None => format!("{id} failed, and the API does not say why"),
                },
                format!("see the record: {}", self.command("")),
            ),
            Outcome::NeedsInput(look) => (
                Exit::Api,
                "needs_input".to_owned(),
                format!("{id} waits for you: it is {}", look.word()),
                self.answer(),
            ),
            Outcome::TimedOut { last } => (
                Exit::TimedOut,
                "timed_out".to_owned(),
                format!(
                    "{id} is not done after {limit:?}: it is {}; the job itself goes on",
                    last.as_ref().map_or("not known where", Look::word)
                ),
                format!("wait for it again: {}", self.command(" --wait")),
            ),
            _ => (
                Exit::Api,
                "protocol".to_owned(),
                format!("{id} ended in a way that this version does not know"),
                self.command(""),
            ),
        };
        let mut failure = Failure::new(exit, &code, message, hint).at(steps::WAIT);
        failure.retryable = exit == Exit::TimedOut;
        Err(failure)
    }

    fn command(&self, more: &str) -> String {
        let words = examples::words(self.record);
        format!("heygen-rs {words} {}{more}", escape::message(&self.id))
    }

    /// Says how to give a job what it waits for.
    fn answer(&self) -> String {
        let id = escape::message(&self.id);
        match self.record.id.as_str() {
            "video_agents.get" => format!(
                "answer it: heygen-rs video-agents send-message {id} --message TEXT; then {}",
                self.command(" --wait")
            ),
            "avatars.get" => format!("ask for consent: heygen-rs avatars consent {id}"),
            _ => format!(
                "see what it needs: {}; an avatar needs consent: heygen-rs avatars consent GROUP_ID",
                self.command("")
            ),
        }
    }
}

fn no_id() -> Failure {
    Failure::new(
        Exit::Api,
        "protocol",
        "the answer names no job to wait for; it was carried out nevertheless",
        "leave out --wait to see the answer as it came",
    )
}

/// Jobs of one call are languages, of which there are many.
const AT_ONCE: usize = 16;

/// Returns a value in an answer by the names that lead to it.
fn find<'a>(answer: &'a Json, path: &str) -> Option<&'a Json> {
    path.split('.')
        .try_fold(answer, |value, name| value.member(name))
}
