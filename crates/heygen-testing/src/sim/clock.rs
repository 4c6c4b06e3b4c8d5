//! Virtual time: what is to happen, and when.

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    task::{Context, Poll, Waker},
    time::Duration,
};

use heygen_client::Sleep;

use super::world::World;

/// The place of something in the order of time.
pub(super) type At = (Duration, u64);

/// Something that is to happen.
#[derive(Debug)]
pub(super) enum Event {
    /// A timer runs out.
    Wake(Waker),
    /// The head of a request arrives at the server.
    Head(usize),
    /// Its body has arrived, too.
    Body(usize),
    /// The client is gone before the body was complete, and the server notices.
    Gone(usize),
    /// The answer, or the loss of the connection, arrives at the client.
    Answer(usize),
    /// The next part of a body may be sent.
    Send(usize),
    /// A process is started.
    Start(usize),
}

/// All that is to happen.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    pub(super) now: Duration,
    events: BTreeMap<At, Event>,
    made: u64,
}

impl Agenda {
    pub(super) fn place(&mut self, after: Duration) -> At {
        self.made += 1;
        (self.now.saturating_add(after), self.made)
    }

    pub(super) fn add(&mut self, after: Duration, event: Event) {
        let at = self.place(after);
        self.events.insert(at, event);
    }

    /// Goes on to what is next.
    pub(super) fn next(&mut self) -> Option<Event> {
        let ((at, _), event) = self.events.pop_first()?;
        self.now = self.now.max(at);
        Some(event)
    }
}

/// Ends after a time. One that nobody waits for any more does not move the clock.
pub(super) fn sleep(world: &World, duration: Duration) -> Sleep {
    let at = world.state().agenda.place(duration);
    Box::pin(Timer {
        world: world.clone(),
        at,
    })
}

struct Timer {
    world: World,
    at: At,
}

impl Future for Timer {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let agenda = &mut self.world.state().agenda;
        if agenda.now >= self.at.0 {
            agenda.events.remove(&self.at);
            return Poll::Ready(());
        }
        agenda
            .events
            .insert(self.at, Event::Wake(cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.world.state().agenda.events.remove(&self.at);
    }
}
