mod outcome;
mod policy;
mod turn;
mod watch;

use std::{
    fmt,
    future::{Future, IntoFuture},
    pin::Pin,
};

use heygen_types::{Job, JobState, Operation};

pub use outcome::Outcome;
pub use policy::PollPolicy;
pub use turn::Turn;

use crate::{Cancellation, Client, Error};

impl Client {
    /// Waits for the end of a job. The operation is the one that reads the record of the job; it
    /// is sent again and again. Await what this returns.
    ///
    /// A state that this version does not know means that the job runs. Waiting does not touch the
    /// job: when it is given up, cancelled or fails, the job itself goes on.
    ///
    /// ```no_run
    /// # use heygen_client::{Client, Error, Outcome, types::{SessionId, video_agents::GetVideoAgent}};
    /// # async fn show(client: &Client, session_id: SessionId) -> Result<(), Error> {
    /// match client.wait(GetVideoAgent::new(session_id)).await? {
    ///     Outcome::Completed(session) => println!("video {:?}", session.video_id),
    ///     Outcome::NeedsInput(session) => println!("it asks: {:?}", session.messages.first()),
    ///     Outcome::TimedOut { last } => println!("not done yet: {last:?}"),
    ///     Outcome::Failed { message, .. } => println!("failed: {message:?}"),
    ///     _ => println!("something new"),
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn wait<O: Operation<Response: Job>>(&self, operation: O) -> Wait<O> {
        Wait {
            client: self.clone(),
            operation,
            policy: PollPolicy::default(),
            on_poll: None,
            cancellation: None,
            turn: Turn::first(),
        }
    }

    /// Waits for the end of anything that can be looked at: the general form of
    /// [`wait`](Self::wait).
    ///
    /// `fetch` looks once, `state` says what was seen, and `on_poll` is told of every look. To
    /// cancel it drop the future.
    ///
    /// # Errors
    ///
    /// The first error of `fetch` ends the wait: a client repeats what is worth repeating. Only an
    /// answer that cannot be read is asked for again, up to five times in a row.
    pub async fn wait_until<T, F: Future<Output = Result<T, Error>>>(
        &self,
        policy: &PollPolicy,
        fetch: impl FnMut() -> F,
        state: impl FnMut(&T) -> JobState<'_>,
        on_poll: impl FnMut(&T),
    ) -> Result<Outcome<T>, Error> {
        let policy = policy.clone().or_seed(self.shared.seed()?);
        let runtime = &*self.shared.runtime;
        let end = watch::watch(runtime, &policy, None, fetch, state, on_poll).await;
        end.map_err(|error| error.while_waiting(None))
    }
}

/// Waiting for the end of a job, to be set up and awaited.
///
/// Dropping the future stops the waiting, not the job.
#[must_use = "a wait does nothing until it is awaited"]
pub struct Wait<O: Operation> {
    client: Client,
    operation: O,
    policy: PollPolicy,
    on_poll: Option<OnPoll<O::Response>>,
    cancellation: Option<Cancellation>,
    turn: Turn,
}

/// Who is told of every look.
pub(crate) type OnPoll<T> = Box<dyn FnMut(&T) + Send>;

impl<O: Operation> Wait<O> {
    /// Says when to look, and for how long.
    pub fn policy(mut self, policy: PollPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Has every record handed over as it is read, the last one included.
    pub fn on_poll(mut self, on_poll: impl FnMut(&O::Response) + Send + 'static) -> Self {
        self.on_poll = Some(Box::new(on_poll));
        self
    }

    /// Says that the job was just told to go on, such as a session that was answered: for a moment
    /// it may still say how its turn before ended, which is then not taken for the end.
    pub const fn resumed(mut self) -> Self {
        self.turn = Turn::resumed();
        self
    }

    /// Lets a switch cancel the waiting. The job itself goes on.
    pub fn cancellation(mut self, cancellation: &Cancellation) -> Self {
        self.cancellation = Some(cancellation.clone());
        self
    }
}

impl<O> Wait<O>
where
    O: Operation<Response: Job>,
{
    async fn run(self) -> Result<Outcome<O::Response>, Error> {
        let Self {
            client,
            operation,
            policy,
            mut on_poll,
            cancellation,
            mut turn,
        } = self;
        let policy = policy.or_seed(client.shared.seed()?);
        let end = watch::watch(
            &*client.shared.runtime,
            &policy,
            cancellation.as_ref(),
            || client.send(&operation),
            |job| turn.state(job),
            |job| {
                if let Some(on_poll) = &mut on_poll {
                    on_poll(job);
                }
            },
        )
        .await;
        end.map_err(|error| error.while_waiting(Some((O::ID, operation.path()))))
    }
}

impl<O> IntoFuture for Wait<O>
where
    O: Operation<Response: Job + Send> + Send + Sync + 'static,
{
    type Output = Result<Outcome<O::Response>, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    /// # Errors
    ///
    /// [`Cancelled`](crate::ErrorKind::Cancelled) by the switch, else that of a look which failed
    /// for good. That time is up is no error but [`Outcome::TimedOut`].
    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<O: Operation + fmt::Debug> fmt::Debug for Wait<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("operation", &self.operation)
            .field("policy", &self.policy)
            .finish_non_exhaustive()
    }
}
