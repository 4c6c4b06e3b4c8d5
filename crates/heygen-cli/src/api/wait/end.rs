//! How the wait for a job ended, and what to do then.

use std::time::Duration;

use heygen_client::{Error, Outcome, code_hint};
use heygen_types::OperationId;

use super::{
    jobs::Look,
    target::{Origin, Target},
};
use crate::{
    api::unknown,
    escape,
    exit::Exit,
    failure::{Failure, steps},
};

/// How the wait for a job ended.
pub(super) struct End {
    /// The record, when it is worth printing.
    pub(super) record: Option<Vec<u8>>,
    pub(super) failure: Option<Failure>,
}

impl From<Failure> for End {
    fn from(failure: Failure) -> Self {
        Self {
            record: None,
            failure: Some(failure.at(steps::WAIT)),
        }
    }
}

impl Target {
    pub(super) fn judge(&self, outcome: Outcome<Look>, limit: Duration) -> End {
        let id = escape::message(&self.id);
        match outcome {
            Outcome::Completed(look) => End {
                record: Some(look.body),
                failure: None,
            },
            Outcome::Failed { code, message, .. } => {
                let code = code.unwrap_or_else(|| "processing_failed".to_owned());
                let message = match message {
                    Some(message) => format!("{id} failed: {message}"),
                    None => format!("{id} failed, and the API does not say why"),
                };
                let record = format!("see the record: {}", self.command(""));
                let hint = match code_hint(&code) {
                    Some(hint) => format!("{hint}; {record}"),
                    None => record,
                };
                Failure::new(Exit::Api, &code, message, hint).into()
            }
            Outcome::NeedsInput(look) => {
                let mut end = End::from(self.needs_input(&look));
                end.record = Some(look.body);
                end
            }
            Outcome::TimedOut { last } => {
                let word = last.as_ref().map_or("not known where", Look::word);
                let message = format!(
                    "{id} is not done after {limit:?}: it is {word}; the job itself goes on"
                );
                let mut failure = Failure::new(Exit::TimedOut, "timed_out", message, self.again());
                failure.retryable = true;
                failure.into()
            }
            _ => {
                let message = format!("{id} ended in a way that this version does not know");
                Failure::new(Exit::Api, "protocol", message, self.command("")).into()
            }
        }
    }

    /// Reports that the user does not want to wait any longer.
    pub(super) fn interrupted(&self) -> End {
        let id = escape::message(&self.id);
        let message = format!("the wait for {id} was interrupted; the job itself goes on");
        Failure::new(Exit::Interrupted, "cancelled", message, self.again()).into()
    }

    /// Reports that the job could not be looked at.
    pub(super) fn not_seen(&self, error: &Error) -> End {
        let id = &self.id;
        let mut failure = match self.origin {
            Origin::Given => unknown::failure(error, self.record, std::slice::from_ref(id)),
            Origin::Begun | Origin::Answered => Failure::of_request(error),
        };
        failure.message = format!("{}: {}", escape::message(id), failure.message);
        if error.is_retryable() {
            failure.hint = self.again();
        } else if error.status() != Some(404) || self.origin != Origin::Given {
            failure.hint = format!("{}; then {}", failure.hint, self.again());
        }
        failure.into()
    }

    fn again(&self) -> String {
        format!("wait for it again: {}", self.command(" --wait"))
    }

    fn needs_input(&self, look: &Look) -> Failure {
        let id = escape::message(&self.id);
        let mut message = format!("{id} waits for you: it is {}", look.word());
        if let Some(question) = look.question() {
            message = format!(
                "{message}, and says: {}",
                shorten(&escape::message(&question))
            );
        }
        Failure::new(Exit::Api, "needs_input", message, self.answer(look))
    }

    /// Says how to give a job what it waits for.
    fn answer(&self, look: &Look) -> String {
        let id = escape::message(&self.id);
        let group = look.text("data.group_id");
        match (self.record.id, group) {
            (OperationId::GetVideoAgent, _) => {
                format!("answer it: heygen-rs video-agents send-message {id} --message TEXT --wait")
            }
            (OperationId::GetAvatar, _) => {
                format!("ask for consent: heygen-rs avatars consent {id}")
            }
            (OperationId::GetAvatarLook, Some(group)) => {
                let group = escape::message(&group);
                format!("ask for consent: heygen-rs avatars consent {group}")
            }
            _ => format!("see what it needs: {}", self.command("")),
        }
    }
}

/// Shortens what somebody has to say to what fits into a message.
fn shorten(text: &str) -> String {
    match text.char_indices().nth(QUESTION_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// Letters of a question; the whole of it is in the record.
const QUESTION_MAX: usize = 500;
