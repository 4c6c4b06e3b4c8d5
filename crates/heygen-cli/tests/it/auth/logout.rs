use std::fs;

use serde_json::{Value, json};

use super::{FAR_FUTURE, Scene, names, with_session};
use crate::support::{Run, RunExt as _, text};

fn logout(scene: &Scene) -> Run {
    scene.heygen().args(["auth", "logout", "--yes"]).run()
}

#[test]
fn the_key_goes_and_the_file_with_it() {
    let scene = Scene::new();
    for content in [
        "secret\n".to_owned(),
        json!({"api_key": "secret"}).to_string(),
        json!({"api_key": "secret", "user": {"username": "sam"}}).to_string(),
    ] {
        scene.store(content);
        let done = logout(&scene).ends_with(0);
        let object = done.object();
        assert_eq!(object["removed"], true);
        assert_eq!(object["still_in_force"], Value::Null);
        assert_eq!(text(&object, "file"), scene.file().to_str().unwrap());
        assert!(!format!("{done:?}").contains("secret"));
        assert!(names(&scene).is_empty());
    }
    // Nothing was asked of any server.
    assert!(scene.service.emulator.requests().is_empty());
}

#[test]
fn what_belongs_to_others_is_kept() {
    let scene = Scene::new();
    let session = with_session(FAR_FUTURE);
    let mut before = session.clone();
    before["api_key"] = json!("secret");
    scene.store(before.to_string());
    assert_eq!(
        logout(&scene).ends_with(0).object()["still_in_force"],
        "oauth"
    );
    assert_eq!(scene.stored(), session);

    scene.store(r#"{"api_key": "secret", "user": {"username": "sam"}, "another_tool": [1]}"#);
    logout(&scene).ends_with(0);
    assert_eq!(scene.stored(), json!({"another_tool": [1]}));
}

#[cfg(unix)]
#[test]
fn what_is_kept_is_for_the_owner_alone() {
    let scene = Scene::new();
    scene.store(r#"{"api_key": "secret", "another_tool": [1]}"#);
    super::set_mode(&scene.file(), 0o666);
    logout(&scene).ends_with(0);
    assert_eq!(super::mode(&scene.file()), 0o600);
}

#[test]
fn without_a_key_there_is_nothing_to_do() {
    let scene = Scene::new();
    assert_eq!(logout(&scene).ends_with(0).object()["removed"], false);
    assert!(!scene.config().exists());
    let session = with_session(FAR_FUTURE).to_string();
    scene.store(&session);
    let object = logout(&scene).ends_with(0).object();
    assert_eq!(object["removed"], false);
    assert_eq!(object["still_in_force"], "oauth");
    assert_eq!(fs::read_to_string(scene.file()).unwrap(), session);
}

#[test]
fn a_key_in_the_variable_stays_in_force() {
    let scene = Scene::new();
    scene.store("secret\n");
    let mut command = scene.heygen();
    command
        .env("HEYGEN_API_KEY", "from-the-variable")
        .args(["auth", "logout", "--yes"]);
    assert_eq!(command.run().ends_with(0).object()["still_in_force"], "env");
    let human = command.args(["--output", "human"]).run().ends_with(0);
    assert!(human.stderr.contains("stays in force"), "{human:?}");
    assert!(!format!("{human:?}").contains("from-the-variable"));
}

#[test]
fn nothing_is_removed_unasked() {
    let scene = Scene::new();
    scene.store("secret\n");
    let error = scene
        .heygen()
        .args(["auth", "logout"])
        .run()
        .ends_with(2)
        .error();
    assert_eq!(text(&error, "hint"), "add --yes");
    assert_eq!(fs::read(scene.file()).unwrap(), b"secret\n");
}

#[test]
fn a_file_that_cannot_be_understood_is_left_alone() {
    let scene = Scene::new();
    scene.store(b"{\"api_key\"");
    let error = logout(&scene).ends_with(6).error();
    assert_eq!(text(&error, "code"), "malformed_credentials");
    assert_eq!(fs::read(scene.file()).unwrap(), b"{\"api_key\"");
}
