//! Targets inside the command line, which is no library: its own tests change the corpus at
//! random for as long as they are told to, and know nothing of coverage.

use anyhow::Result;

use super::search::Report;
use crate::command::{cargo, output};

/// The targets: tests of `heygen-rs` below `fuzz`.
pub(super) const TARGETS: &[&str] = &["config", "credentials"];

pub(super) fn run(target: String, seconds: u64) -> Result<Report> {
    println!("{target}: {seconds} s, in the tests of heygen-rs");
    let name = format!("fuzz::{target}");
    let mut command = cargo([
        "test",
        "--quiet",
        "--package",
        "heygen-rs",
        "--bin",
        "heygen-rs",
    ]);
    command
        .args(["--", "--exact", &name, "--nocapture"])
        .env("HEYGEN_FUZZ_SECONDS", seconds.to_string());
    let result = output(&mut command);
    let text = result.as_deref().unwrap_or_default();
    Ok(Report {
        executions: executions(text),
        coverage: "not measured".to_owned(),
        new_inputs: 0,
        found: match result {
            Ok(_) => Vec::new(),
            // The test has shown the input that did it.
            Err(error) => vec![format!("  {target}: {error}; its input stands above")],
        },
        target,
        seconds,
    })
}

/// Reads `fuzzed NAME: N files, M changed`.
fn executions(text: &str) -> u64 {
    let line = text.lines().find_map(|line| line.split_once("fuzzed "));
    let numbers = line.map_or("", |(_, rest)| rest).split(' ');
    numbers.filter_map(|word| word.parse::<u64>().ok()).sum()
}

#[cfg(test)]
mod tests {
    use super::executions;

    #[test]
    fn executions_are_files_and_changed_copies() {
        let text = "running 1 test\nfuzzed config: 4 files, 2000 changed\n.\n";
        assert_eq!(executions(text), 2004);
        assert_eq!(executions("nothing"), 0);
    }
}
