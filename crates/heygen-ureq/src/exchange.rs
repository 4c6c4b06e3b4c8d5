//! One request out and the head of its response in, on one connection.

use std::{
    io::ErrorKind,
    task::{Context, Poll},
};

use heygen_client::{TransportError, TransportErrorKind};
use heygen_transport::{Head, Interim, Limits, unanswered};
use http::{
    HeaderValue, Response, StatusCode,
    header::{EXPECT, HOST},
};

use crate::{
    failure::interrupted,
    outgoing::Outgoing,
    patience::Patience,
    reply::take_head,
    waiter::{Stop, Waiter},
    wire::{Filled, Wire},
};

pub(crate) struct Exchange<'a> {
    pub(crate) waiter: &'a mut Waiter,
    pub(crate) wire: &'a mut Wire,
    pub(crate) limits: &'a Limits,
    /// Whether the connection has carried a request before.
    pub(crate) is_reused: bool,
    /// Whether the server said that it wants the body.
    pub(crate) has_consent: bool,
    /// The informational answers so far.
    pub(crate) interim: Interim,
}

/// What came of a request on one connection.
pub(crate) enum Outcome {
    Answered {
        response: Response<()>,
        /// The wait for the answer that began when the whole request had gone out, if it had.
        sent: Option<Patience>,
    },
    /// The connection had been closed meanwhile, and the server has seen nothing of the request, or
    /// nothing of a body that was held back.
    Stale,
    /// The server refuses to be asked whether it wants the body.
    ExpectationFailed,
}

impl Exchange<'_> {
    /// Sends the request and waits for the head of its response, which may come before all of the
    /// request went out: it is returned then, and the rest of the body is let go.
    pub(crate) fn run(
        mut self,
        head: &Head,
        body: &mut Outgoing,
        expect: bool,
    ) -> Result<Outcome, Stop> {
        let before = self.wire.sent_bytes();
        match self.exchange(head, body, expect) {
            Err(Stop::Failed(error)) => {
                let is_unseen = expect || self.wire.sent_bytes() == before;
                let is_lost = error.kind() == TransportErrorKind::Interrupted;
                if is_lost && self.is_reused && is_unseen && body.is_untouched() {
                    return Ok(Outcome::Stale);
                }
                Err(error.into())
            }
            ended => ended,
        }
    }

    fn exchange(
        &mut self,
        head: &Head,
        body: &mut Outgoing,
        expect: bool,
    ) -> Result<Outcome, Stop> {
        let mut answer = self.send(&mut Outgoing::bytes(written(head, expect)))?;
        if expect && answer.is_none() {
            answer = self.wait_for_consent()?;
        }
        // A quick server has answered before the wait for its consent begins.
        let is_refused =
            |response: &Response<()>| response.status() == StatusCode::EXPECTATION_FAILED;
        if expect && answer.as_ref().is_some_and(is_refused) {
            return Ok(Outcome::ExpectationFailed);
        }
        if answer.is_none() {
            answer = self.send(body)?;
        }
        let mut patience = Patience::new(self.limits.answer);
        let response = match answer {
            Some(response) => response,
            None => self.wait_for_answer(&mut patience)?,
        };
        Ok(Outcome::Answered {
            response,
            sent: body.is_done().then_some(patience),
        })
    }

    /// Sends bytes until they are all with the kernel, or until there is an answer.
    fn send(&mut self, outgoing: &mut Outgoing) -> Result<Option<Response<()>>, Stop> {
        let waker = self.waiter.waker();
        let mut cx = Context::from_waker(&waker);
        let mut cannot_write = false;
        let mut blocked = None;
        loop {
            if let Some(answer) = self.answer()? {
                return Ok(Some(answer));
            }
            let before = self.wire.sent_bytes();
            let written = if cannot_write {
                Err(ErrorKind::WouldBlock.into())
            } else if outgoing.is_done() {
                match self.wire.flush() {
                    Ok(true) => return Ok(None),
                    Ok(false) => Err(ErrorKind::WouldBlock.into()),
                    Err(error) => Err(error),
                }
            } else {
                match outgoing.poll_block(&mut cx)? {
                    Poll::Ready(block) => self.wire.write(block),
                    Poll::Pending => match self.wire.flush() {
                        Ok(true) => {
                            // A body that takes its time is no fault of the connection.
                            drop(self.waiter.wait(None)?);
                            blocked = None;
                            continue;
                        }
                        Ok(false) => Err(ErrorKind::WouldBlock.into()),
                        Err(error) => Err(error),
                    },
                }
            };
            match written {
                Ok(taken) => {
                    outgoing.wrote(taken);
                    blocked = None;
                    continue;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                // A server that refuses a request while its body is under way answers and closes.
                // The answer is in the receive buffer then, and giving up would lose it: the
                // reading side finds it, or the end of the connection.
                Err(error) => cannot_write |= error.kind() != ErrorKind::WouldBlock,
            }
            if self.wire.sent_bytes() > before {
                blocked = None;
            }
            let patience = blocked.get_or_insert_with(|| Patience::new(self.limits.stall));
            self.wait(patience, TransportErrorKind::Stall)?;
        }
    }

    /// Waits until the server wants the body or answers without it. One that says nothing gets the
    /// body after a while.
    fn wait_for_consent(&mut self) -> Result<Option<Response<()>>, Stop> {
        let mut patience = Patience::new(self.limits.expect_wait);
        loop {
            let answer = self.answer()?;
            if answer.is_some() || self.has_consent {
                return Ok(answer);
            }
            if self.waiter.wait(Some(&mut patience))?.is_err() {
                return Ok(None);
            }
        }
    }

    fn wait_for_answer(&mut self, patience: &mut Patience) -> Result<Response<()>, Stop> {
        loop {
            if let Some(answer) = self.answer()? {
                return Ok(answer);
            }
            self.wait(patience, TransportErrorKind::AnswerTimeout)?;
        }
    }

    /// Returns the answer if its head is there.
    fn answer(&mut self) -> Result<Option<Response<()>>, Stop> {
        while let Some(head) = self.next_head()? {
            if is_final(&head) {
                return Ok(Some(head));
            }
            self.interim.add(head.headers())?;
            self.has_consent |= head.status() == StatusCode::CONTINUE;
        }
        Ok(None)
    }

    /// Returns the next head, informational or not, or `None` if the rest of it is to be waited for.
    fn next_head(&mut self) -> Result<Option<Response<()>>, Stop> {
        loop {
            // A server that never stops sending lets nobody wait, so this is asked here, too.
            self.waiter.check()?;
            if let Some(head) = take_head(self.wire)? {
                return Ok(Some(head));
            }
            let lost = match self.wire.fill() {
                Ok(Filled::Some) => continue,
                Ok(Filled::None) => return Ok(None),
                Ok(Filled::End) => interrupted("the server closed the connection"),
                Err(error) => interrupted(error),
            };
            let is_silent = self.wire.is_plain_and_silent();
            return Err(if is_silent { unanswered(lost) } else { lost }.into());
        }
    }

    fn wait(&mut self, patience: &mut Patience, kind: TransportErrorKind) -> Result<(), Stop> {
        self.waiter
            .wait(Some(patience))?
            .map_err(|_late| TransportError::new(kind).into())
    }
}

fn is_final(head: &Response<()>) -> bool {
    !head.status().is_informational() || head.status() == StatusCode::SWITCHING_PROTOCOLS
}

/// Writes a head as bytes (RFC 9112, sections 3 and 5).
fn written(head: &Head, expect: bool) -> Vec<u8> {
    let target = head.uri().path_and_query();
    let target = target.map_or_else(|| "/".to_owned(), ToString::to_string);
    let mut bytes = format!("{} {target} HTTP/1.1\r\n", head.method()).into_bytes();
    let mut line = |name: &str, value: &HeaderValue| {
        for part in [name.as_bytes(), b": ", value.as_bytes(), b"\r\n"] {
            bytes.extend_from_slice(part);
        }
    };
    if !head.headers().contains_key(HOST) {
        line(HOST.as_str(), &head.host());
    }
    for (name, value) in head.headers() {
        line(name.as_str(), value);
    }
    if expect {
        line(EXPECT.as_str(), &HeaderValue::from_static("100-continue"));
    }
    bytes.extend_from_slice(b"\r\n");
    bytes
}
