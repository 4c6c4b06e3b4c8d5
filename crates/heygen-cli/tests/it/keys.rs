//! Where the key comes from, and that it is never shown.

use std::process::Command;

use crate::support::{Folder, RunExt as _, Service, heygen, text};

fn without_key(service: &Service) -> Command {
    let mut command = service.heygen();
    command.env_remove("HEYGEN_API_KEY");
    command
}

#[test]
fn without_a_key_nothing_is_sent() {
    let (service, folder) = (Service::start(), Folder::new());
    let file = folder.png("a.png");
    let done = without_key(&service)
        .arg("upload")
        .arg(file)
        .run()
        .ends_with(3);
    let error = done.error();
    assert_eq!(text(&error, "code"), "no_api_key");
    assert!(text(&error, "hint").contains("HEYGEN_API_KEY"));
    assert!(service.emulator.requests().is_empty());
}

#[test]
fn a_malformed_key_is_refused_and_not_shown() {
    let folder = Folder::new();
    for key in ["se\ncret", "secret\n", "se cret", "sécret", " secret"] {
        let done = heygen()
            .env("HEYGEN_API_KEY", key)
            .arg("upload")
            .arg(folder.png("a.png"))
            .run()
            .ends_with(3);
        assert_eq!(text(&done.error(), "code"), "invalid_api_key", "{key:?}");
        assert!(!done.stderr.contains("cret"), "{}", done.stderr);
    }
}

#[test]
fn what_is_json_or_quoted_is_not_sent_as_a_key() {
    let (service, folder) = (Service::start(), Folder::new());
    let photo = folder.png("a.png");
    for content in [
        "[]",
        r#"{"api_key":"secret"}"#,
        r#""secret""#,
        "'secret'",
        "HEYGEN_API_KEY=secret",
    ] {
        let file = folder.file("key.txt", content.as_bytes());
        let of_file: &dyn Fn(&mut Command) = &|command| {
            command.arg("--api-key-file").arg(&file);
        };
        let of_variable: &dyn Fn(&mut Command) = &|command| {
            command.env("HEYGEN_API_KEY", content);
        };
        for give in [of_file, of_variable] {
            let mut command = without_key(&service);
            give(command.arg("upload").arg(&photo));
            let done = command.run().ends_with(3);
            let error = done.error();
            assert_eq!(text(&error, "code"), "invalid_api_key", "{content}");
            assert!(
                text(&error, "message").contains("not the key alone"),
                "{error}"
            );
            assert!(!done.stderr.contains("secret"), "{}", done.stderr);
        }
    }
    assert!(service.emulator.requests().is_empty());
}

#[test]
fn a_key_from_a_file_may_end_its_line() {
    let (service, folder) = (Service::start(), Folder::new());
    let key = format!("{}\r\n", service.emulator.api_key());
    let key = folder.file("key.txt", key.as_bytes());
    without_key(&service)
        .env("HEYGEN_API_KEY", "another")
        .args(["upload", "--api-key-file"])
        .args([key, folder.png("a.png")])
        .run()
        .ends_with(0);
    let missing = folder.path().join("missing.txt");
    let done = without_key(&service)
        .args(["upload", "--api-key-file"])
        .args([missing, folder.png("a.png")])
        .run()
        .ends_with(3);
    assert_eq!(text(&done.error(), "code"), "unreadable_api_key");
}

#[test]
fn a_key_may_begin_with_a_byte_order_mark() {
    let (service, folder) = (Service::start(), Folder::new());
    let photo = folder.png("a.png");
    let key = service.emulator.api_key();
    let marked = format!("\u{FEFF}{key}\r\n");
    let utf16 = marked.encode_utf16();
    let little: Vec<u8> = utf16.clone().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = utf16.flat_map(u16::to_be_bytes).collect();
    for text in [marked.as_bytes(), &little, &big] {
        let file = folder.file("key.txt", text);
        let mut command = without_key(&service);
        command
            .args(["upload", "--api-key-file"])
            .args([&file, &photo]);
        command.run().ends_with(0);
        let mut command = without_key(&service);
        command.args(["upload", "--api-key-file", "-"]).arg(&photo);
        command.run_with_stdin(text).ends_with(0);
    }
    let stored = format!("\u{FEFF}{{\"api_key\": \"{key}\"}}");
    for text in [marked.trim_end(), &stored] {
        folder.file("config/credentials", text.as_bytes());
        let mut command = without_key(&service);
        command.env("HEYGEN_CONFIG_DIR", folder.path().join("config"));
        command.arg("upload").arg(&photo).run().ends_with(0);
    }
    let mut command = without_key(&service);
    command.env("HEYGEN_API_KEY", format!("\u{FEFF}{key}"));
    command.arg("upload").arg(&photo).run().ends_with(0);

    // Without a mark nothing says for sure what it is, but what it may be is said.
    let file = folder.file("key.txt", &little[2..]);
    let mut command = without_key(&service);
    command
        .args(["upload", "--api-key-file"])
        .args([&file, &photo]);
    let error = command.run().ends_with(3).error();
    assert!(text(&error, "message").contains("UTF-16"), "{error}");
}

#[test]
fn a_key_can_come_from_standard_input() {
    let (service, folder) = (Service::start(), Folder::new());
    let key = format!("{}\n", service.emulator.api_key());
    without_key(&service)
        .args(["upload", "--api-key-file", "-"])
        .arg(folder.png("a.png"))
        .run_with_stdin(key.as_bytes())
        .ends_with(0);
}

#[test]
fn a_stored_key_is_the_last_resort() {
    let (service, folder) = (Service::start(), Folder::new());
    let file = folder.png("a.png");
    let key = service.emulator.api_key();
    for content in [format!("{key}\n"), format!("{{\"api_key\": \"{key}\"}}")] {
        folder.file("config/credentials", content.as_bytes());
        without_key(&service)
            .env("HEYGEN_CONFIG_DIR", folder.path().join("config"))
            .arg("upload")
            .arg(&file)
            .run()
            .ends_with(0);
    }
}

#[test]
fn the_embedded_emulator_never_meets_the_key() {
    let folder = Folder::new();
    let done = heygen()
        .env("HEYGEN_API_KEY", "se\ncret")
        .env("HEYGEN_API_BASE", "not a URL")
        .args(["--emulator", "upload"])
        .arg(folder.png("a.png"))
        .run()
        .ends_with(0);
    assert!(!format!("{done:?}").contains("cret"));
}
