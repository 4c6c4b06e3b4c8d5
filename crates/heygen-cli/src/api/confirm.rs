//! Asking before something is deleted.

use crate::{environment::Environment, escape, failure::Failure, terminal};

/// Tells whether to delete something: asks, unless the answer was given already.
pub(super) fn confirm(
    what: &str,
    is_confirmed: bool,
    environment: &Environment,
) -> Result<bool, Failure> {
    if is_confirmed {
        return Ok(true);
    }
    if !environment.can_ask() {
        return Err(Failure::usage(
            "deleting needs --yes where nobody can be asked; nothing was sent",
            "add --yes",
        ));
    }
    terminal::confirm(&format!("Delete {}?", escape::message(what)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;

    fn ask(stdin: bool, stderr: bool, is_confirmed: bool) -> Result<bool, Exit> {
        let mut environment = Environment::default();
        environment.stdin_is_terminal = stdin;
        environment.stderr_is_terminal = stderr;
        confirm("x", is_confirmed, &environment).map_err(|failure| failure.exit)
    }

    #[test]
    fn nobody_is_asked_who_cannot_answer() {
        for (stdin, stderr) in [(false, false), (true, false), (false, true)] {
            assert_eq!(ask(stdin, stderr, false), Err(Exit::Usage));
            assert_eq!(ask(stdin, stderr, true), Ok(true));
        }
    }
}
