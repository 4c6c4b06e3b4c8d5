use std::fs;

use heygen_emulator::{Fault, OperationId};
use heygen_testing::server::Server;
use serde_json::json;

use super::{FAR_FUTURE, Scene, names, with_input, with_session};
use crate::support::{RunExt as _, heygen, text};

#[test]
fn a_key_is_checked_and_stored_in_the_official_format() {
    let scene = Scene::new();
    let done = scene.login(&format!("{}\n", scene.key())).ends_with(0);
    let username = scene.stored()["user"]["username"].clone();
    assert_eq!(
        scene.stored(),
        json!({"api_key": scene.key(), "user": {"username": username}})
    );
    let whole = fs::read_to_string(scene.file()).unwrap();
    assert!(
        whole.starts_with("{\n  \"api_key\": ") && whole.ends_with("\n}\n"),
        "{whole}"
    );
    assert_eq!(names(&scene), ["credentials"]);

    let answer = done.object();
    assert_eq!(
        text(&answer["stored"], "file"),
        scene.file().to_str().unwrap()
    );
    assert_eq!(answer["stored"]["replaced"], false);
    assert_eq!(answer["stored"]["in_force"], true);
    assert_eq!(answer["data"]["username"], username);
    assert!(!format!("{done:?}").contains(&scene.key()));
    assert_eq!(answer["key"]["scope_mode"], "full");
    assert_eq!(answer["stored"]["oauth_removed"], false);
    let paths: Vec<_> = scene.service.emulator.requests();
    let paths: Vec<&str> = paths.iter().map(|request| &*request.path).collect();
    assert_eq!(paths, ["/v3/api_keys/self", "/v3/users/me"]);

    // And it is what every command uses now.
    let file = scene.folder.png("a.png");
    scene.heygen().arg("upload").arg(file).run().ends_with(0);
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_what_is_stored() {
    let scene = Scene::new();
    scene.login(&scene.key()).ends_with(0);
    assert_eq!(super::mode(&scene.file()), 0o600);
    assert_eq!(super::mode(&scene.config()), 0o700);
}

#[cfg(unix)]
#[test]
fn a_file_that_others_can_read_is_told_and_mended() {
    let scene = Scene::new();
    scene.store("old-secret\n");
    super::set_mode(&scene.file(), 0o644);
    let done = scene.login(&scene.key()).ends_with(0);
    assert!(done.stderr.contains("exposed_credentials"), "{done:?}");
    assert!(!format!("{done:?}").contains("old-secret"));
    assert_eq!(super::mode(&scene.file()), 0o600);
    assert_eq!(done.object()["stored"]["replaced"], true);
}

#[test]
fn a_refused_key_is_not_stored() {
    let scene = Scene::new();
    scene.store("old-secret\n");
    let done = scene.login("wrong-secret\n").ends_with(3);
    let error = done.error();
    assert_eq!(text(&error, "code"), "unauthorized");
    assert!(
        text(&error, "message").contains("was not stored"),
        "{error}"
    );
    assert!(!format!("{done:?}").contains("secret"), "{done:?}");
    assert_eq!(fs::read(scene.file()).unwrap(), b"old-secret\n");
}

#[test]
fn a_key_that_cannot_be_checked_is_not_stored() {
    let scene = Scene::new();
    let mut login = scene.heygen();
    login.args(["auth", "login", "--max-retries", "0"]);
    let unavailable = |endpoint| {
        let fault = Fault::status(endpoint, 503, "unavailable");
        scene.service.emulator.fault(fault);
    };
    unavailable(OperationId::GetCurrentApiKey);
    with_input(&mut login, &scene.key()).ends_with(1);
    assert!(!scene.config().exists());
    // A refusal that is about neither the key nor a scope: an anomaly, and no proof of the key.
    scene.service.emulator.fault(Fault::status(
        OperationId::GetCurrentApiKey,
        403,
        "forbidden",
    ));
    let done = with_input(&mut login, &scene.key()).ends_with(3);
    assert!(text(&done.error(), "message").contains("was not stored"));
    assert!(!scene.config().exists());

    // What is known to be good by then is stored, whatever becomes of the account.
    unavailable(OperationId::GetCurrentUser);
    let done = with_input(&mut login, &scene.key()).ends_with(0);
    assert_eq!(done.object()["data"], json!(null));
    fs::remove_dir_all(scene.config()).unwrap();

    let html = Server::start(|connection| {
        connection.read_request()?;
        connection.respond(200, b"<html>Welcome to the gateway</html>")
    });
    login.env("HEYGEN_API_BASE", html.url(""));
    let done = with_input(&mut login, &scene.key()).ends_with(1);
    assert_eq!(text(&done.error(), "code"), "protocol");
    assert!(!scene.config().exists());
}

#[test]
fn what_is_no_key_is_not_even_sent() {
    let scene = Scene::new();
    for key in ["", "\n", "sec ret\n", "sec\nret\n", "sécret"] {
        let done = scene.login(key).ends_with(3);
        assert_eq!(text(&done.error(), "code"), "invalid_api_key", "{key:?}");
        assert!(!done.stderr.contains("sec"), "{}", done.stderr);
    }
    assert!(scene.service.emulator.requests().is_empty());
    assert!(!scene.config().exists());
}

#[test]
fn a_key_can_come_from_a_file_and_never_from_the_variable() {
    let scene = Scene::new();
    let key = scene
        .folder
        .file("key.txt", format!("{}\n", scene.key()).as_bytes());
    let done = scene
        .heygen()
        .env("HEYGEN_API_KEY", "from-the-variable")
        .args(["auth", "login", "--api-key-file"])
        .arg(key)
        .run()
        .ends_with(0);
    assert_eq!(scene.stored()["api_key"], scene.key());
    assert_eq!(done.object()["stored"]["in_force"], false);
    let human = scene
        .heygen()
        .env("HEYGEN_API_KEY", "from-the-variable")
        .args(["auth", "login", "--output", "human", "--api-key-file"])
        .arg(scene.folder.path().join("key.txt"))
        .run()
        .ends_with(0);
    assert!(human.stdout.contains("stored in"), "{human:?}");
    assert!(
        human
            .stderr
            .contains("HEYGEN_API_KEY is set and goes first"),
        "{human:?}"
    );
    assert!(!format!("{human:?}").contains("from-the-variable"));
}

#[test]
fn what_belongs_to_others_is_kept() {
    let scene = Scene::new();
    let other = json!({"a": [1, null, "x"]});
    let mut before = with_session(FAR_FUTURE);
    before["another_tool"] = other.clone();
    scene.store(before.to_string());
    scene.login(&scene.key()).ends_with(0);
    let after = scene.stored();
    assert_eq!(after["another_tool"], other);
    // The name of the session's user would be wrong beside this key.
    assert_eq!(after["user"].get("email"), None);
}

#[test]
fn a_key_clears_the_session_and_says_so() {
    let scene = Scene::new();
    let before = with_session(FAR_FUTURE).to_string();
    scene.store(&before);
    let done = scene.login(&scene.key()).ends_with(0);
    assert_eq!(done.object()["stored"]["oauth_removed"], true);
    assert_eq!(scene.stored().get("oauth"), None);
    assert_eq!(scene.stored()["api_key"], scene.key());
    assert!(!format!("{done:?}").contains("-secret"), "{done:?}");

    scene.store(&before);
    let mut human = scene.heygen();
    human.args(["auth", "login", "--output", "human"]);
    let human = with_input(&mut human, &scene.key()).ends_with(0);
    assert!(
        human
            .stderr
            .contains("session of the official tool was removed"),
        "{human:?}"
    );

    // Not before the key is known to be good.
    scene.store(&before);
    scene.login("wrong").ends_with(3);
    assert_eq!(fs::read_to_string(scene.file()).unwrap(), before);
}

#[test]
fn a_valid_key_is_stored_whatever_its_scopes() {
    for scopes in ["read_only", "assets:write", "video_agent:read,account:read"] {
        let scene = Scene::new();
        let key = scene
            .service
            .emulator
            .create_api_key(scopes.parse().unwrap(), None);
        let done = scene.login(&key).ends_with(0);
        assert_eq!(scene.stored()["api_key"], key);
        let may_read_account = scopes != "assets:write";
        assert_eq!(
            done.object()["data"].is_object(),
            may_read_account,
            "{scopes}"
        );
        assert_eq!(
            scene.stored().get("user").is_some(),
            may_read_account,
            "{scopes}"
        );
        assert!(done.object()["key"]["scopes"].is_array());
    }
}

#[test]
fn people_read_what_the_key_may_do_and_until_when() {
    let scene = Scene::new();
    let end = std::time::Duration::from_secs(4_102_444_800);
    let key = scene
        .service
        .emulator
        .create_api_key("assets:write".parse().unwrap(), Some(end));
    let mut login = scene.heygen();
    login.args(["auth", "login", "--output", "human"]);
    let done = with_input(&mut login, &key).ends_with(0);
    let lines: Vec<&str> = done.stdout.lines().collect();
    assert_eq!(lines[0], "signed in with the key emulator 1");
    assert_eq!(lines[1], "  scopes      assets:write");
    assert!(
        lines[2].starts_with("  expires     2100-01-01T00:00:00"),
        "{done:?}"
    );
    assert!(done.stderr.contains("account:read"), "{done:?}");
    assert!(!format!("{done:?}").contains(&key));
}

#[test]
fn a_server_without_descriptions_of_keys_is_asked_for_the_account() {
    // The account is refused to one key, and its refusal is no reason to call it bad.
    let server = Server::start(|connection| {
        let head = connection.read_head()?;
        let is_self = head.target() == b"/v3/api_keys/self";
        let (status, code) = match (is_self, head.header("x-api-key")) {
            (true, _) => (404, "not_found"),
            (false, key) if key == [b"narrow"] => (403, "forbidden"),
            (false, key) if key == [b"scoped"] => (403, "insufficient_api_key_scope"),
            (false, key) if key == [b"wide"] => {
                return connection.respond(200, br#"{"data": {"username": "sam"}}"#);
            }
            _ => (401, "unauthorized"),
        };
        let body = json!({"error": {"code": code, "message": "no"}});
        connection.respond(status, body.to_string().as_bytes())
    });
    for (key, user, exit) in [
        ("wide", Some("sam"), 0),
        ("narrow", None, 0),
        ("scoped", None, 0),
        ("bad", None, 3),
    ] {
        let scene = Scene::new();
        let mut login = scene.heygen();
        login
            .env("HEYGEN_API_BASE", server.url(""))
            .args(["auth", "login"]);
        let done = with_input(&mut login, key).ends_with(exit);
        assert_eq!(scene.file().exists(), exit == 0, "{key}: {done:?}");
        if exit == 0 {
            assert_eq!(scene.stored()["api_key"], key);
            assert_eq!(scene.stored()["user"]["username"].as_str(), user);
            assert!(done.object().get("key").is_none(), "{done:?}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_understood_is_left_alone() {
    let scene = Scene::new();
    for (content, says) in [
        (&b"{\"api_key\": \"old-secret\",}"[..], "line 1 column"),
        (b"old-secret\nsecond line\n", "neither"),
        (b"old-secret\xff", "is not UTF-8"),
        (b"\xff\xfe\x00", "UTF-16"),
    ] {
        scene.store(content);
        let done = scene.login(&scene.key()).ends_with(6);
        let error = done.error();
        assert_eq!(text(&error, "code"), "malformed_credentials");
        assert!(text(&error, "message").contains(says), "{error}");
        assert!(!format!("{done:?}").contains("old-secret"));
        assert_eq!(fs::read(scene.file()).unwrap(), content);
    }
    assert!(scene.service.emulator.requests().is_empty());
    scene.store(" \n");
    scene.login(&scene.key()).ends_with(0);
    assert_eq!(scene.stored()["api_key"], scene.key());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link_or_over_what_is_no_file() {
    let scene = Scene::new();
    let elsewhere = scene.folder.file("repository/credentials", b"{}");
    fs::create_dir(scene.config()).unwrap();
    std::os::unix::fs::symlink(&elsewhere, scene.file()).unwrap();
    let error = scene.login(&scene.key()).ends_with(6).error();
    assert_eq!(text(&error, "code"), "unwritable_credentials");
    assert!(text(&error, "message").contains("symbolic link"), "{error}");
    assert_eq!(fs::read(&elsewhere).unwrap(), b"{}");
    // Not even one that leads nowhere.
    fs::remove_file(&elsewhere).unwrap();
    scene.login(&scene.key()).ends_with(6);
    assert!(!elsewhere.exists());
    assert!(scene.service.emulator.requests().is_empty());

    fs::remove_file(scene.file()).unwrap();
    fs::create_dir(scene.file()).unwrap();
    scene.login(&scene.key()).ends_with(6);
}

#[test]
fn a_place_that_cannot_be_written_to_is_told() {
    let scene = Scene::new();
    scene
        .folder
        .file("config", b"a file where the folder should be");
    let error = scene.login(&scene.key()).ends_with(6).error();
    assert_ne!(text(&error, "hint"), "");
}

#[test]
fn an_emulator_key_is_never_stored() {
    let folder = crate::support::Folder::new();
    for words in [["auth", "login"], ["auth", "logout"]] {
        let mut command = heygen();
        command
            .env("HEYGEN_CONFIG_DIR", folder.path())
            .args(words)
            .arg("--emulator");
        let done = with_input(&mut command, "key").ends_with(2);
        assert!(text(&done.error(), "message").contains("--emulator"));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
