use snapbox::{Data, assert_data_eq, file};

use crate::support::run;

#[test]
fn help_has_examples_first_and_goes_to_standard_output() {
    let help = run(["--help"]).ends_with(0);
    assert_eq!(help.stderr, "");
    let at = |text: &str| help.stdout.find(text).unwrap();
    assert!(at("Examples:") < at("Usage:"));
    assert_data_eq!(help.stdout.as_str(), file!["help/heygen-rs.txt"]);
}

#[test]
fn every_command_has_its_page() {
    let upload = run(["upload", "--help"]).ends_with(0);
    assert_data_eq!(upload.stdout, file!["help/upload.txt"]);
    let emulator = run(["emulator", "--help"]).ends_with(0);
    assert_data_eq!(emulator.stdout, file!["help/emulator.txt"]);
    for page in [
        "auth",
        "auth status",
        "auth login",
        "auth logout",
        "journal",
        "journal list",
        "journal show",
        "journal resume",
        "journal forget",
        "journal prune",
    ] {
        let help = run(page.split(' ').chain(["--help"])).ends_with(0);
        let file = format!("tests/it/help/{}.txt", page.replace(' ', "-"));
        assert_data_eq!(help.stdout, Data::read_from(file.as_ref(), None));
    }
    let completions = run(["completions", "--help"]).ends_with(0);
    assert_data_eq!(completions.stdout, file!["help/completions.txt"]);
}

#[test]
fn version_is_one_line() {
    let version = run(["--version"]).ends_with(0);
    let expected = concat!("heygen-rs ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(version.stdout, expected);
}

#[test]
fn every_shell_gets_its_completions() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(["completions", shell]).ends_with(0);
        assert!(script.stdout.contains("heygen-rs"), "{shell}");
        assert!(script.stdout.contains("dry-run"), "{shell}");
        assert_eq!(script.stderr, "", "{shell}");
    }
    run(["completions", "tcsh"]).ends_with(2);
}
