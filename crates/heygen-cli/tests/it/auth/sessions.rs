//! Sessions of the official tool.

use heygen_testing::server::Server;
use serde_json::json;

use super::{FAR_FUTURE, Scene, with_session};
use crate::support::{Run, RunExt as _, text};

/// A server that knows one token, and says so.
fn server() -> Server {
    Server::start(|connection| {
        let head = connection.read_head()?;
        let authorized = head.header("authorization") == [b"Bearer access-secret"];
        if authorized && head.header("x-api-key").is_empty() {
            let answer = json!({"data": {"email": "sam@example.com", "username": "sam"}});
            connection.respond(200, answer.to_string().as_bytes())
        } else {
            let answer = json!({"error": {"code": "unauthorized", "message": "no"}});
            connection.respond(401, answer.to_string().as_bytes())
        }
    })
}

fn status(scene: &Scene, server: &Server) -> Run {
    scene
        .heygen()
        .env("HEYGEN_API_BASE", server.url(""))
        .args(["auth", "status"])
        .run()
}

#[test]
fn a_session_is_used_as_long_as_it_lasts() {
    let (scene, server) = (Scene::new(), server());
    let stored = with_session(FAR_FUTURE).to_string();
    scene.store(&stored);
    let done = status(&scene, &server).ends_with(0);
    let credential = &done.object()["credential"];
    assert_eq!(credential["type"], "oauth");
    assert_eq!(credential["source"], "file");
    assert_eq!(credential["expires_at"], FAR_FUTURE);
    assert_eq!(credential["scope"], "openid profile email");
    assert!(!format!("{done:?}").contains("secret"), "{done:?}");
    // Reading changes nothing.
    assert_eq!(std::fs::read_to_string(scene.file()).unwrap(), stored);
}

#[test]
fn an_expired_session_is_not_sent() {
    let (scene, server) = (Scene::new(), server());
    scene.store(with_session("2026-01-01T00:00:00Z").to_string());
    let done = status(&scene, &server).ends_with(3);
    let error = done.error();
    assert_eq!(text(&error, "code"), "session_expired");
    assert!(text(&error, "hint").contains("official tool"), "{error}");
    assert!(!format!("{done:?}").contains("secret"), "{done:?}");
    assert_eq!(server.connections(), 0);
}

#[test]
fn a_session_that_the_server_ended_says_what_to_do() {
    let (scene, server) = (Scene::new(), server());
    let mut stored = with_session(FAR_FUTURE);
    stored["oauth"]["access_token"] = json!("ended-secret");
    scene.store(stored.to_string());
    let done = status(&scene, &server).ends_with(3);
    assert!(
        done.stderr.contains("sign in again with the official tool"),
        "{done:?}"
    );
    assert!(!format!("{done:?}").contains("secret"), "{done:?}");
}

#[test]
fn a_key_goes_before_a_session() {
    let (scene, server) = (Scene::new(), server());
    let mut stored = with_session(FAR_FUTURE);
    stored["api_key"] = json!("wrong-secret");
    scene.store(stored.to_string());
    status(&scene, &server).ends_with(3);
    stored["api_key"] = json!("");
    scene.store(stored.to_string());
    status(&scene, &server).ends_with(0);
}

#[test]
fn a_token_that_no_header_can_carry_is_not_sent() {
    let (scene, server) = (Scene::new(), server());
    let mut stored = with_session(FAR_FUTURE);
    stored["oauth"]["access_token"] = json!("access-secret\r\nx-evil: 1");
    scene.store(stored.to_string());
    let done = status(&scene, &server).ends_with(3);
    assert!(!format!("{done:?}").contains("secret"), "{done:?}");
    assert_eq!(server.connections(), 0);
}
