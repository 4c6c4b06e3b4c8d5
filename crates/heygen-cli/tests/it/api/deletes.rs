//! Nothing is deleted by accident.

use heygen_types::table::OPERATIONS;

use crate::{
    recorder::Recorder,
    support::{RunExt as _, heygen, text},
};

#[test]
fn nothing_is_deleted_where_nobody_can_be_asked() {
    let recorder = Recorder::always("{}");
    let deletes = OPERATIONS
        .iter()
        .filter(|operation| operation.method.as_str() == "DELETE");
    let mut count = 0;
    for operation in deletes {
        let mut words: Vec<String> = operation
            .id
            .as_str()
            .split('.')
            .map(|word| word.replace('_', "-"))
            .collect();
        words.push("x".to_owned());
        let done = recorder.heygen().args(&words).run().ends_with(2);
        assert!(
            text(&done.error(), "message").contains("--yes"),
            "{words:?}"
        );
        count += 1;
    }
    assert_ne!(count, 0);
    assert!(recorder.seen().is_empty());
}

#[test]
fn a_yes_deletes() {
    for yes in ["--yes", "-y"] {
        let recorder = Recorder::always(r#"{"data":{"id":"v"}}"#);
        let words = ["videos", "delete", "v", yes];
        recorder.heygen().args(words).run().ends_with(0);
        let seen = recorder.only();
        assert_eq!((&*seen.method, &*seen.target), ("DELETE", "/v3/videos/v"));
        assert!(seen.body.is_empty());
    }
}

/// Runs a command on a terminal where something is typed. `None` when there is no program that
/// makes terminals.
#[cfg(target_os = "linux")]
fn typed(recorder: &Recorder, command: &str, keys: &[u8]) -> Option<crate::support::Run> {
    use std::{
        io::{Read as _, Write as _},
        process::Stdio,
    };
    let program = heygen().get_program().to_str().unwrap().to_owned();
    let mut terminal = std::process::Command::new("script");
    terminal
        .args(["-qec", &format!("'{program}' {command}"), "/dev/null"])
        .env("NO_COLOR", "1")
        .envs(
            recorder
                .heygen()
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        );
    let mut child = terminal
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let (mut input, mut output) = (child.stdin.take()?, child.stdout.take()?);
    // What is typed before the question would be shown before it.
    let mut shown = Vec::new();
    while !shown.ends_with(b"[y/N] ") {
        let mut byte = [0];
        output.read_exact(&mut byte).unwrap();
        shown.extend(byte);
    }
    input.write_all(keys).unwrap();
    output.read_to_end(&mut shown).unwrap();
    drop(input);
    Some(crate::support::Run {
        code: child.wait().unwrap().code(),
        stdout: String::from_utf8(shown).unwrap(),
        stderr: String::new(),
    })
}

#[cfg(target_os = "linux")]
#[test]
fn who_declines_has_made_no_error() {
    let recorder = Recorder::always("{}");
    // A line, the end of the input (Ctrl-D), an interrupt (Ctrl-C).
    for (keys, code) in [(&b"n\n"[..], 0), (b"\n", 0), (b"\x04", 0), (b"\x03", 130)] {
        let Some(done) = typed(&recorder, "videos delete v", keys) else {
            return;
        };
        let done = done.ends_with(code);
        let shown = done.stdout.replace('\r', "");
        let (_, after) = shown.split_once("Delete video v? [y/N] ").unwrap();
        match code {
            0 => assert!(after.ends_with("\nnothing was deleted\n"), "{done:?}"),
            _ => assert!(after.contains("\nerror: interrupted"), "{done:?}"),
        }
        assert!(code != 0 || !after.contains("error"), "{done:?}");
    }
    assert!(recorder.seen().is_empty());
}

#[test]
fn help_says_that_a_secret_stops_at_once() {
    let words = ["webhooks", "endpoints", "rotate-secret", "--help"];
    let help = heygen().args(words).run().ends_with(0).stdout;
    assert!(help.contains("The old one stops at once"), "{help}");
}
