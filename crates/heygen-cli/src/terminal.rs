//! Asking the person in front of it. Questions go to standard error, past the results.

use std::io;

use console::Term;

use crate::{exit::Exit, failure::Failure};

/// Asks a question that is answered with yes or no; anything but yes is no.
pub(crate) fn confirm(question: &str) -> Result<bool, Failure> {
    let ask = || {
        Term::stderr().write_str(&format!("{question} [y/N] "))?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|error| unanswered(&error))?;
    Ok(is_yes(&answer))
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
