//! One request between a client and the server.

use std::{task::Waker, time::Duration};

use bytes::Bytes;
use heygen_client::TransportErrorKind;
use heygen_emulator::{Exchange, Reply};
use http::{Response, request::Parts};

use super::{assets::Blindness, random::Random, subject::Subject};

/// What the client hears in the end.
pub(super) type Answer = Result<Response<Bytes>, TransportErrorKind>;

/// A request on its way.
pub(super) struct Conn {
    /// Who sent it.
    pub(super) process: usize,
    pub(super) head: Parts,
    /// What it is about.
    pub(super) subject: Option<Subject>,
    /// Whether the bytes of its PUT may have been stored before.
    pub(super) may_be_second: bool,
    /// What its run does not know.
    pub(super) blindness: Blindness,
    pub(super) body: Vec<u8>,
    /// How many bytes the whole body has.
    pub(super) size: u64,
    pub(super) is_whole: bool,
    pub(super) fate: Fate,
    /// The server has seen the head and waits for the body.
    pub(super) exchange: Option<Exchange>,
    /// The server has made up its mind and reads the body for politeness.
    pub(super) decided: Option<Reply>,
    /// What is on its way to the client.
    pub(super) coming: Option<Answer>,
    /// After how many bytes the body of the answer ends, when it ends too early.
    pub(super) cut_at: Option<usize>,
    /// It is about something else.
    pub(super) is_lie: bool,
    /// What has arrived there.
    pub(super) answer: Option<Answer>,
    /// The head of the answer may come before the body is sent, and is waited for.
    pub(super) may_send: bool,
    pub(super) waker: Option<Waker>,
    /// The client has its answer, or does not want it any more.
    pub(super) is_over: bool,
}

impl Conn {
    pub(super) fn wake(&mut self) {
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// What becomes of a request on the network.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fate {
    /// How long a byte takes to the server, and back.
    pub(super) up: Duration,
    pub(super) down: Duration,
    /// The time between two parts of a body.
    pub(super) pause: Duration,
    /// Whether the client waits for a sign of the server before it sends a body.
    pub(super) expects: bool,
    pub(super) mishap: Option<Mishap>,
}

/// What can go wrong with a request, whatever the server does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mishap {
    /// There is no connection.
    NoConnection,
    /// The connection is reset after so many bytes of the body.
    Reset(usize),
    /// Nothing moves any more after so many bytes of the body.
    Stall(usize),
    /// The request arrives whole, and its answer does not.
    AnswerLost(TransportErrorKind),
    /// The request arrives whole so long after the client gave up.
    Late(Duration),
    /// The request never arrives.
    Lost,
    /// The request arrives a second time so much later.
    Doubled(Duration),
    /// The body of the answer ends in the middle.
    Cut,
}

impl Fate {
    /// A network that is as it should be.
    pub(super) fn fair(r: &mut Random) -> Self {
        Self {
            up: r.time_below(Duration::from_millis(300)),
            down: r.time_below(Duration::from_millis(300)),
            pause: Duration::ZERO,
            expects: r.chance(300),
            mishap: None,
        }
    }

    pub(super) fn draw(r: &mut Random, per_mille: u64, body_bytes: u64) -> Self {
        let mut fate = Self::fair(r);
        if r.chance(per_mille) {
            fate.pause = r.time_below(Duration::from_secs(40));
        }
        if !r.chance(per_mille) {
            return fate;
        }
        let at = usize::try_from(r.below(body_bytes + 1)).unwrap_or(usize::MAX);
        fate.mishap = Some(match r.below(8) {
            0 => Mishap::NoConnection,
            1 => Mishap::Reset(at),
            2 => Mishap::Stall(at),
            3 => Mishap::AnswerLost(r.pick(&[
                TransportErrorKind::Interrupted,
                TransportErrorKind::AnswerTimeout,
                TransportErrorKind::Stall,
            ])),
            4 => Mishap::Late(r.time_below(Duration::from_secs(600))),
            5 => Mishap::Lost,
            6 => Mishap::Doubled(r.time_below(Duration::from_secs(100))),
            _ => Mishap::Cut,
        });
        fate
    }
}
