//! One job: looking at it until it ends.

use std::pin::pin;

use futures_util::future::{Either, select};
use heygen_client::{Client, Error, Outcome, PollPolicy, RawRequest, Turn};
use heygen_types::{Method, table::OperationEntry};

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
        progress: &Progress,
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
        progress: &Progress,
    ) -> Result<Outcome<Look>, Error> {
        let path = self.record.fill_path(&[&self.id]);
        let request = RawRequest::new(Method::Get, path).about(self.record.path);
        let fetch = async || {
            let answer = client.send_raw(&request).await?;
            Ok(Look::new(self.record, &self.id, answer.body))
        };
        let mut line = progress.line(&self.id);
        let mut turn = match self.origin {
            Origin::Answered => Turn::resumed(),
            Origin::Given | Origin::Begun => Turn::first(),
        };
        client
            .wait_until(
                policy,
                fetch,
                |look| look.state(&mut turn),
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
