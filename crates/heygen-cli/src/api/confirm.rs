//! Asking before something is deleted.

use std::io::{self, BufRead, Write as _};

use crate::{environment::Environment, escape, exit::Exit, failure::Failure};

/// Asks whether to delete something, unless the answer was given already.
pub(super) fn confirm(
    what: &str,
    is_confirmed: bool,
    environment: &Environment,
) -> Result<(), Failure> {
    if is_confirmed {
        return Ok(());
    }
    if !(environment.stdin_is_terminal && environment.stderr_is_terminal) {
        return Err(Failure::usage(
            "deleting needs --yes where nobody can be asked; nothing was sent",
            "add --yes",
        ));
    }
    let mut stderr = io::stderr().lock();
    // A terminal that cannot be written to cannot be read from either.
    let _ = write!(stderr, "Delete {}? [y/N] ", escape::message(what));
    let _ = stderr.flush();
    if answers_yes(io::stdin().lock()) {
        return Ok(());
    }
    Err(Failure::new(
        Exit::Interrupted,
        "cancelled",
        "not deleted; nothing was sent",
        "answer y to delete",
    ))
}

fn answers_yes(mut input: impl BufRead) -> bool {
    let mut line = String::new();
    let is_read = input.read_line(&mut line).is_ok();
    is_read && matches!(line.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(stdin: bool, stderr: bool, is_confirmed: bool) -> Result<(), Exit> {
        let mut environment = Environment::default();
        environment.stdin_is_terminal = stdin;
        environment.stderr_is_terminal = stderr;
        confirm("x", is_confirmed, &environment).map_err(|failure| failure.exit)
    }

    #[test]
    fn nobody_is_asked_who_cannot_answer() {
        for (stdin, stderr) in [(false, false), (true, false), (false, true)] {
            assert_eq!(ask(stdin, stderr, false), Err(Exit::Usage));
            assert_eq!(ask(stdin, stderr, true), Ok(()));
        }
    }

    #[test]
    fn only_a_yes_is_a_yes() {
        for yes in ["y\n", "Y\n", "yes\r\n", " Yes \n"] {
            assert!(answers_yes(yes.as_bytes()), "{yes:?}");
        }
        for no in ["", "\n", "n\n", "yep\n", "no\n"] {
            assert!(!answers_yes(no.as_bytes()), "{no:?}");
        }
    }
}
