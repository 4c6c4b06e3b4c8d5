//! One job: looking at it until it ends.

use std::{cell::Cell, pin::pin};

use futures_util::future::{Either, select};
use heygen_client::{Client, Error, Outcome, PollPolicy, RawRequest};
use heygen_types::{JobState, Method, table::OperationEntry};

use super::{end::End, jobs::Look, show::Progress};
use crate::api::{examples, run::Scene};

/// A job to wait for.
pub(super) struct Target {
    pub(super) record: &'static OperationEntry,
    pub(super) id: String,
    pub(super) origin: Origin,
}

/// Where the id of a job comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// From the command line.
    Given,
    /// From the answer to the request that began the job.
    Begun,
    /// From the answer to a message to a session, which may have ended a turn before.
    Answered,
}

impl Target {
    /// Waits until the job ends, the time is up or somebody interrupts.
    pub(super) async fn run(
        &self,
        client: &Client,
        policy: &PollPolicy,
        scene: &Scene,
        progress: &Progress<'_>,
    ) -> End {
        let cancelled = pin!(scene.cancellation.cancelled());
        let wait = pin!(self.wait(client, policy, progress));
        match select(cancelled, wait).await {
            Either::Left(((), _)) => self.interrupted(),
            Either::Right((Ok(outcome), _)) => self.judge(outcome, policy.deadline()),
            Either::Right((Err(error), _)) => self.not_seen(&error),
        }
    }

    async fn wait(
        &self,
        client: &Client,
        policy: &PollPolicy,
        progress: &Progress<'_>,
    ) -> Result<Outcome<Look>, Error> {
        let path = self.record.fill_path(&[&self.id]);
        let request = RawRequest::new(Method::Get, path);
        let fetch = async || {
            let answer = client.send_raw(&request).await?;
            Ok(Look::new(&self.record.id, answer.body))
        };
        let mut line = progress.line(&self.id);
        let turn = Turn::new(self.origin);
        client
            .wait_until(
                policy,
                fetch,
                |look| turn.state(look),
                |look| line.show(look),
            )
            .await
    }

    /// Returns the command that reads the record.
    pub(super) fn command(&self, more: &str) -> String {
        let words = examples::words(self.record);
        let id = crate::escape::message(&self.id);
        format!("heygen-rs {words} {id}{more}")
    }
}

/// The turn of a session that a message begins. For a moment after the message the session may
/// still say how its turn before ended.
struct Turn {
    has_begun: Cell<bool>,
    looks: Cell<u32>,
}

impl Turn {
    const fn new(origin: Origin) -> Self {
        Self {
            has_begun: Cell::new(!matches!(origin, Origin::Answered)),
            looks: Cell::new(0),
        }
    }

    /// Returns the state of a look. An end is believed once the turn was seen to run, or when the
    /// agent had the last word a while after the message, or at last in any case.
    fn state<'a>(&self, look: &'a Look) -> JobState<'a> {
        let state = look.state();
        let number = self.looks.replace(self.looks.get() + 1);
        let is_believed = match number {
            0 => false,
            1..LOOKS_MAX => look.agent_had_last_word(),
            _ => true,
        };
        if matches!(state, JobState::Running) || is_believed {
            self.has_begun.set(true);
        }
        if self.has_begun.get() {
            state
        } else {
            JobState::Running
        }
    }
}

/// So many looks take some seconds, after which no server is still behind.
const LOOKS_MAX: u32 = 3;

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Tells which of the looks ends the wait.
    fn ending(origin: Origin, looks: &[(&str, &str)]) -> Option<usize> {
        let turn = Turn::new(origin);
        looks.iter().position(|(status, role)| {
            let message = json!({"role": role, "type": "text", "content": "x"});
            let record =
                json!({"session_id": "s", "created_at": 1, "status": status, "messages": [message]});
            let body = json!({"data": record}).to_string().into_bytes();
            let look = Look::new("video_agents.get", body);
            !matches!(turn.state(&look), JobState::Running)
        })
    }

    #[test]
    fn the_end_of_the_turn_before_is_not_believed() {
        use Origin::{Answered, Given};
        let asks = ("waiting_for_input", "model");
        let told = ("waiting_for_input", "user");
        let thinks = ("thinking", "user");
        for (origin, looks, expected) in [
            (Given, &[told][..], Some(0)),
            (Answered, &[asks, asks], Some(1)),
            (Answered, &[told, told, asks], Some(2)),
            (Answered, &[told, thinks, asks], Some(2)),
            (Answered, &[thinks, told], Some(1)),
            (
                Answered,
                &[("completed", "user"), ("completed", "user")],
                None,
            ),
            (Answered, &[told, told, told, told], Some(3)),
        ] {
            assert_eq!(ending(origin, looks), expected, "{origin:?} {looks:?}");
        }
    }
}
