//! Asking the person in front of it. Questions go to standard error, past the results.

use std::{io, pin::pin};

use console::Term;
use futures_util::future::{Either, select};

use crate::{exit::Exit, failure::Failure, output, resources::block_on, signals::Interrupts};

/// Asks a question that is answered with yes or no; anything but yes is no.
pub(crate) fn confirm(question: &str) -> Result<bool, Failure> {
    // What was said before is to be read before.
    output::drain_messages();
    Ok(is_yes(&block_on(ask(question))?))
}

/// Whoever ends the input or interrupts it, instead of ending the line, leaves the cursor behind
/// the question; what follows begins on a line of its own.
async fn ask(question: &str) -> Result<String, Failure> {
    let terminal = Term::stderr();
    let unanswered = |error| unanswered(&error);
    let mut interrupts = Interrupts::listen().map_err(unanswered)?;
    terminal
        .write_str(&format!("{question} [y/N] "))
        .map_err(unanswered)?;
    let read = tokio::task::spawn_blocking(|| {
        let mut answer = String::new();
        io::stdin().read_line(&mut answer).map(|_| answer)
    });
    let answer = match select(read, pin!(interrupts.next())).await {
        Either::Left((answer, _)) => answer
            .map_err(io::Error::other)
            .and_then(|answer| answer)
            .map_err(unanswered),
        Either::Right(((), _)) => Err(Failure::new(
            Exit::Interrupted,
            "cancelled",
            "interrupted; nothing was changed",
            "run the same command again",
        )),
    };
    if !answer.as_ref().is_ok_and(|answer| answer.ends_with('\n')) {
        // The question is over, whether or not the terminal is still there.
        let _ = terminal.write_line("");
    }
    answer
}

/// Asks for a secret, which is not shown while it is typed.
pub(crate) fn ask_secret(prompt: &str) -> Result<String, Failure> {
    let terminal = Term::stderr();
    terminal
        .write_str(prompt)
        .and_then(|()| terminal.read_secure_line())
        .map_err(|error| unanswered(&error))
}

fn is_yes(answer: &str) -> bool {
    matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

fn unanswered(error: &io::Error) -> Failure {
    Failure::new(
        Exit::Usage,
        "no_answer",
        "the terminal gave no answer; nothing was changed",
        "give the answer by a flag or on standard input",
    )
    .caused_by(Some(error))
}

#[cfg(test)]
mod tests {
    use super::is_yes;

    #[test]
    fn only_yes_is_yes() {
        for answer in ["y\n", "Yes\r\n", " YES "] {
            assert!(is_yes(answer), "{answer:?}");
        }
        for answer in ["", "\n", "n\n", "no\n", "yep\n", "yes please\n"] {
            assert!(!is_yes(answer), "{answer:?}");
        }
    }
}
