//! The conformance suite for implementations of [`Transport`].
//!
//! Every property of the contract is one function that panics when it does not hold. [`all`] runs
//! them together. A transport is given as a [`Subject`], which makes it with the limits that a
//! property needs and runs futures in its own way, so a transport that blocks can be tested too.
//!
//! The properties speak HTTP/1.1 without TLS to a [`Server`](crate::server::Server) on loopback.
//! Their limits are short, and no property depends on a limit being kept to the millisecond.

use std::{
    future::Future,
    panic::{AssertUnwindSafe, catch_unwind},
    pin::Pin,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

use heygen_client::Transport;

mod answers;
mod bodies;
mod connections;
mod expectations;
mod failures;
mod heads;
mod limits;
mod support;

pub use answers::{
    answer_without_a_length_ends_with_the_connection, answers_without_a_body_are_empty,
    chunked_answer_is_put_together, informational_answers_are_skipped,
    large_answer_comes_in_pieces, redirect_is_not_followed, refusal_is_a_response,
    unusual_headers_are_read,
};
pub use bodies::{
    empty_bodies_announce_themselves_where_they_must, error_of_the_body_is_the_cause,
    large_body_arrives_whole, length_is_exact_and_never_chunked, misjudged_length_is_no_success,
    streamed_body_arrives_whole, unknown_length_is_refused,
};
pub use connections::{
    connection_is_used_again, credential_stays_with_its_request,
    dropped_body_closes_the_connection, dropped_request_closes_the_connection,
    requests_run_side_by_side, stale_connection_is_no_failure,
};
pub use expectations::{
    early_answer_ends_the_sending, early_refusal_is_seen_every_time,
    silent_server_gets_the_body_in_the_end, small_body_does_not_wait,
};
pub use failures::{
    close_without_an_answer_is_an_interruption, endless_head_is_an_error,
    endless_informational_answers_are_an_error, endless_trailers_are_an_error, garbage_is_an_error,
    half_an_answer_is_an_error, lost_connection_in_the_body_is_an_interruption,
    nobody_listening_is_a_failure_to_connect, server_that_is_none_is_refused,
};
pub use heads::{
    headers_arrive_once_and_unchanged, nothing_is_added_to_the_headers, uri_is_sent_byte_for_byte,
};
pub use limits::{
    missing_answer_ends_in_time, slow_answer_ends_in_time_and_a_slow_file_does_not,
    slow_body_is_no_stall, slow_reader_is_no_stall, stalled_answer_ends_in_time,
    stalled_reader_ends_in_time,
};

/// A transport under test.
pub trait Subject: Sync {
    /// Makes a fresh transport, without connections of its own, that keeps these limits and uses
    /// no proxy.
    fn transport(&self, limits: Limits) -> Arc<dyn Transport>;

    /// Runs a future to its end on the calling thread. It may be called by many threads at once.
    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>);
}

/// The limits that a transport under test has to keep.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Limits {
    /// How long a response may take after the last byte of the request: its head, and all of it
    /// unless it is a file.
    pub answer: Duration,
    /// How long a transfer may stand still.
    pub stall: Duration,
    /// How long a body is held back for a server that does not say whether it wants it.
    pub expect_wait: Duration,
}

impl Limits {
    /// Returns limits that no property runs into by accident.
    #[must_use]
    pub const fn generous() -> Self {
        Self {
            answer: Duration::from_secs(20),
            stall: Duration::from_secs(20),
            // Whoever waits for this although the server said yes, hangs.
            expect_wait: Duration::from_secs(3_600),
        }
    }

    /// Sets the limit for the answer.
    #[must_use]
    pub const fn with_answer(mut self, answer: Duration) -> Self {
        self.answer = answer;
        self
    }

    /// Sets the limit for a stall.
    #[must_use]
    pub const fn with_stall(mut self, stall: Duration) -> Self {
        self.stall = stall;
        self
    }

    /// Sets how long a body is held back.
    #[must_use]
    pub const fn with_expect_wait(mut self, wait: Duration) -> Self {
        self.expect_wait = wait;
        self
    }
}

/// Tests every property, several at a time.
///
/// # Panics
///
/// If a property does not hold, with the names of all that do not.
pub fn all(subject: &dyn Subject) {
    let next = AtomicUsize::new(0);
    let broken = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some((name, property)) =
                    PROPERTIES.get(next.fetch_add(1, Ordering::SeqCst))
                {
                    if catch_unwind(AssertUnwindSafe(|| property(subject))).is_err() {
                        broken
                            .lock()
                            .expect("nothing panics under this lock")
                            .push(*name);
                    }
                }
            });
        }
    });
    let broken = broken.into_inner().expect("nothing panics under this lock");
    assert!(
        broken.is_empty(),
        "these do not hold: {}",
        broken.join(", ")
    );
}

/// Most properties wait for sockets most of the time.
const AT_A_TIME: usize = 4;

type Property = fn(&dyn Subject);

macro_rules! properties {
    ($($name:ident),* $(,)?) => { &[$((stringify!($name), $name)),*] };
}

/// Every property with its name.
const PROPERTIES: &[(&str, Property)] = properties![
    uri_is_sent_byte_for_byte,
    headers_arrive_once_and_unchanged,
    nothing_is_added_to_the_headers,
    length_is_exact_and_never_chunked,
    empty_bodies_announce_themselves_where_they_must,
    large_body_arrives_whole,
    streamed_body_arrives_whole,
    unknown_length_is_refused,
    misjudged_length_is_no_success,
    error_of_the_body_is_the_cause,
    refusal_is_a_response,
    redirect_is_not_followed,
    informational_answers_are_skipped,
    answers_without_a_body_are_empty,
    chunked_answer_is_put_together,
    unusual_headers_are_read,
    answer_without_a_length_ends_with_the_connection,
    large_answer_comes_in_pieces,
    early_refusal_is_seen_every_time,
    early_answer_ends_the_sending,
    silent_server_gets_the_body_in_the_end,
    small_body_does_not_wait,
    nobody_listening_is_a_failure_to_connect,
    close_without_an_answer_is_an_interruption,
    lost_connection_in_the_body_is_an_interruption,
    garbage_is_an_error,
    server_that_is_none_is_refused,
    half_an_answer_is_an_error,
    endless_head_is_an_error,
    endless_informational_answers_are_an_error,
    endless_trailers_are_an_error,
    missing_answer_ends_in_time,
    stalled_reader_ends_in_time,
    stalled_answer_ends_in_time,
    slow_answer_ends_in_time_and_a_slow_file_does_not,
    slow_reader_is_no_stall,
    slow_body_is_no_stall,
    connection_is_used_again,
    stale_connection_is_no_failure,
    requests_run_side_by_side,
    credential_stays_with_its_request,
    dropped_request_closes_the_connection,
    dropped_body_closes_the_connection,
];
