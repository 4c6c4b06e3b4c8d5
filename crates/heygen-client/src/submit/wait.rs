//! From the request to the end of what it started.

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
    sync::Arc,
};

use heygen_types::{Job, Operation};

use super::Submit;
use crate::{
    Error, ErrorKind, Outcome, PollPolicy,
    race::{self, Work},
    wait::OnPoll,
};

/// An operation that starts a job, with the operation that looks at it.
pub trait StartsJob: Operation {
    /// The operation that reads the record of the job.
    type Look: Operation<Response: Job>;
    /// Whether the job has been there before and was told to go on; see
    /// [`Wait::resumed`](crate::Wait::resumed).
    const RESUMES: bool = false;

    /// Returns how to look at the job that was started, `None` when the answer does not say which
    /// one it is.
    fn look(created: &Self::Response) -> Option<Self::Look>;
}

/// An operation that starts several jobs at once, such as a translation into several languages.
pub trait StartsJobs: Operation {
    /// The operation that reads the record of one of the jobs.
    type Look: Operation<Response: Job>;

    /// Returns how to look at each of the jobs that were started.
    fn looks(created: &Self::Response) -> Vec<Self::Look>;
}

/// The record of a job that an operation starts.
type Record<O> = <<O as StartsJob>::Look as Operation>::Response;

/// The record of one of the jobs that an operation starts.
type EachRecord<O> = <<O as StartsJobs>::Look as Operation>::Response;

/// Who is told of every look at any of several jobs.
type OnEachPoll<T> = Arc<dyn Fn(&T) + Send + Sync>;

impl<O: StartsJob, R> Submit<O, R> {
    /// Goes on to wait for the end of the job.
    pub fn wait(self) -> SubmitAndWait<O, R> {
        SubmitAndWait {
            submit: self,
            policy: PollPolicy::default(),
            on_poll: None,
        }
    }
}

impl<O: StartsJobs, R> Submit<O, R> {
    /// Goes on to wait for the end of every job.
    pub fn wait_all(self) -> SubmitAndWaitAll<O, R> {
        SubmitAndWaitAll {
            submit: self,
            policy: PollPolicy::default(),
            on_poll: None,
        }
    }
}

/// A request with files, and the wait for the job that it starts.
#[must_use = "a request does nothing until it is awaited"]
pub struct SubmitAndWait<O: StartsJob, R = O> {
    submit: Submit<O, R>,
    policy: PollPolicy,
    on_poll: Option<OnPoll<Record<O>>>,
}

impl<O: StartsJob, R> SubmitAndWait<O, R> {
    /// Says when to look, and for how long.
    pub fn policy(mut self, policy: PollPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Has every record handed over as it is read, the last one included.
    pub fn on_poll(mut self, on_poll: impl FnMut(&Record<O>) + Send + 'static) -> Self {
        self.on_poll = Some(Box::new(on_poll));
        self
    }
}

impl<O, R> IntoFuture for SubmitAndWait<O, R>
where
    R: 'static,
    O: StartsJob<Response: Send> + Clone + Send + Sync + 'static,
    O::Look: Operation<Response: Job + Send> + Send + Sync + 'static,
{
    type Output = Result<Outcome<Record<O>>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// # Errors
    ///
    /// Those of [`Submit`], then those of [`Wait`](crate::Wait).
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.submit.client.clone();
            let cancellation = self.submit.settings.cancellation.clone();
            let created = self.submit.run().await?;
            let look = O::look(&created).ok_or_else(names_no_job)?;
            let mut wait = client.wait(look).policy(self.policy);
            if O::RESUMES {
                wait = wait.resumed();
            }
            if let Some(cancellation) = &cancellation {
                wait = wait.cancellation(cancellation);
            }
            if let Some(on_poll) = self.on_poll {
                wait = wait.on_poll(on_poll);
            }
            wait.await
        })
    }
}

/// A request with files, and the wait for the jobs that it starts.
#[must_use = "a request does nothing until it is awaited"]
pub struct SubmitAndWaitAll<O: StartsJobs, R = O> {
    submit: Submit<O, R>,
    policy: PollPolicy,
    on_poll: Option<OnEachPoll<EachRecord<O>>>,
}

impl<O: StartsJobs, R> SubmitAndWaitAll<O, R> {
    /// Says when to look at each job, and for how long.
    pub fn policy(mut self, policy: PollPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Has every record of every job handed over as it is read, the last ones included.
    pub fn on_poll(mut self, on_poll: impl Fn(&EachRecord<O>) + Send + Sync + 'static) -> Self {
        self.on_poll = Some(Arc::new(on_poll));
        self
    }
}

impl<O, R> IntoFuture for SubmitAndWaitAll<O, R>
where
    R: 'static,
    O: StartsJobs<Response: Send> + Clone + Send + Sync + 'static,
    O::Look: Operation<Response: Job + Send> + Send + Sync + 'static,
{
    type Output = Result<Vec<Outcome<EachRecord<O>>>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// The ends of the jobs, in the order of the answer to the request.
    ///
    /// # Errors
    ///
    /// Those of [`Submit`], then the first one of a [`Wait`](crate::Wait).
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.submit.client.clone();
            let cancellation = self.submit.settings.cancellation.clone();
            let looks = O::looks(&self.submit.run().await?);
            let waits = looks.into_iter().map(|look| {
                let mut wait = client.wait(look).policy(self.policy.clone());
                if let Some(cancellation) = &cancellation {
                    wait = wait.cancellation(cancellation);
                }
                if let Some(on_poll) = self.on_poll.clone() {
                    wait = wait.on_poll(move |job| on_poll(job));
                }
                wait.into_future() as Work<_>
            });
            let waits: Vec<_> = waits.collect();
            // A look is a small request, and jobs end in any order.
            let ends = race::all(waits.len(), waits).await;
            ends.map_err(|(error, _)| error)
        })
    }
}

impl<O: StartsJob + fmt::Debug, R> fmt::Debug for SubmitAndWait<O, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubmitAndWait")
            .field("submit", &self.submit)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

impl<O: StartsJobs + fmt::Debug, R> fmt::Debug for SubmitAndWaitAll<O, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SubmitAndWaitAll")
            .field("submit", &self.submit)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}

fn names_no_job() -> Error {
    Error::local(
        ErrorKind::Protocol,
        "the request was accepted, but the answer does not say which job it started",
        "look for the newest one in the list of its kind",
    )
}
