//! Waiting for several things at once, without a library of combinators.

use std::{
    future::{Future, poll_fn},
    pin::{Pin, pin},
    task::{Context, Poll},
};

/// What came first.
pub(crate) enum First<A, B> {
    This(A),
    That(B),
}

/// Waits for one of two futures. When both are ready it is the first one.
pub(crate) async fn first<A: Future, B: Future>(this: A, that: B) -> First<A::Output, B::Output> {
    let (mut this, mut that) = (pin!(this), pin!(that));
    poll_fn(|cx| {
        if let Poll::Ready(output) = this.as_mut().poll(cx) {
            return Poll::Ready(First::This(output));
        }
        that.as_mut().poll(cx).map(First::That)
    })
    .await
}

/// Work that runs beside other work.
pub(crate) type Work<T> = Pin<Box<dyn Future<Output = T> + Send>>;

enum Slot<T, E> {
    Undone(Work<Result<T, E>>),
    Done(T),
}

/// Does all the work, at most `limit` pieces at a time, and gives what came of it in its order.
/// The first error drops what is under way; beside it comes what was done by then.
pub(crate) async fn all<T, E>(
    limit: usize,
    work: Vec<Work<Result<T, E>>>,
) -> Result<Vec<T>, (E, Vec<T>)> {
    let mut slots: Vec<Slot<T, E>> = work.into_iter().map(Slot::Undone).collect();
    let end = poll_fn(|cx| poll_all(limit.max(1), &mut slots, cx)).await;
    let done = slots.into_iter().filter_map(|slot| match slot {
        Slot::Done(output) => Some(output),
        Slot::Undone(_) => None,
    });
    match end {
        Ok(()) => Ok(done.collect()),
        Err(error) => Err((error, done.collect())),
    }
}

fn poll_all<T, E>(
    limit: usize,
    slots: &mut [Slot<T, E>],
    cx: &mut Context<'_>,
) -> Poll<Result<(), E>> {
    let mut under_way = 0;
    // What was begun stands before what was not, so the first undone ones are those to poll.
    for slot in slots {
        let Slot::Undone(work) = slot else {
            continue;
        };
        match work.as_mut().poll(cx) {
            Poll::Ready(Ok(output)) => *slot = Slot::Done(output),
            Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
            Poll::Pending => under_way += 1,
        }
        if under_way == limit {
            break;
        }
    }
    match under_way {
        0 => Poll::Ready(Ok(())),
        _ => Poll::Pending,
    }
}
