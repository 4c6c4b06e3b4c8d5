use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::{args::Cli, console::Console, exit::Exit};

/// Prints the completions of a shell.
pub(super) fn run(shell: Shell, console: Console) -> Exit {
    console.own(script(shell));
    Exit::Success
}

/// Writes the completions of a shell.
fn script(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "heygen-rs", &mut script);
    if shell != Shell::Bash {
        return script;
    }
    // For a program with a hyphen in its name the generator sets one name of the state and asks
    // for another, so that nothing below the first level would be completed.
    String::from_utf8(script)
        .expect("the generator writes text")
        .replace("heygen__subcmd__rs", "heygen__rs")
        .into_bytes()
}

#[cfg(test)]
mod tests {
    use std::{
        io::Write as _,
        process::{Command, Stdio},
    };

    use super::*;

    /// Returns what bash offers for the last of some words, or nothing where there is no bash.
    fn offered(words: &[&str]) -> Option<String> {
        let mut script = script(Shell::Bash);
        let ask = "\nCOMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _heygen__rs heygen-rs \
                   \"${COMP_WORDS[COMP_CWORD]}\" \"${COMP_WORDS[COMP_CWORD-1]}\"; \
                   echo \"${COMPREPLY[*]}\"\n";
        script.extend_from_slice(ask.as_bytes());
        let mut bash = Command::new("bash");
        bash.args(["-s", "--"]).args(words);
        let mut bash = bash
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .ok()?;
        // What is taken is dropped here, which ends the input.
        bash.stdin.take().unwrap().write_all(&script).unwrap();
        let output = bash.wait_with_output().unwrap();
        Some(String::from_utf8(output.stdout).unwrap())
    }

    #[test]
    fn bash_completes_every_level() {
        for (words, expected) in [
            (&["heygen-rs", "video-a"][..], "video-agents"),
            (&["heygen-rs", "videos", "cre"][..], "create"),
            (
                &["heygen-rs", "videos", "create", "--asp"][..],
                "--aspect-ratio",
            ),
            (
                &["heygen-rs", "video-translations", "proofreads", "srt", "re"][..],
                "replace",
            ),
            (&["heygen-rs", "upload", "--rou"][..], "--route"),
        ] {
            let Some(offered) = offered(words) else {
                return;
            };
            assert_eq!(offered.trim(), expected, "{words:?}");
        }
    }
}
