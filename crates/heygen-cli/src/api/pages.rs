//! Following the cursor: one page at a time, so that a long list needs no more memory than a short
//! one.

use heygen_client::Client;
use serde::Deserialize;

use super::{answer, request::Request, unknown};
use crate::{
    console::Console,
    exit::Exit,
    failure::{Failure, steps},
};

/// The cursor of an answer, wherever the operation has it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Cursor {
    has_more: Option<bool>,
    next_token: Option<String>,
}

#[derive(Deserialize)]
struct Detail {
    data: Cursor,
}

/// Prints every page, one answer after the other, from the one that was asked for.
pub(super) async fn all(
    client: &Client,
    mut request: Request,
    console: &Console,
) -> Result<(), Failure> {
    let mut head = None;
    loop {
        let answer = client.send_raw(&request.head()).await;
        let answer = answer
            .map_err(|error| unknown::failure(&error, request.operation, &request.parameters))?;
        answer::page(console, request.operation, &answer.body, &mut head);
        let Some(token) = next(&answer.body)? else {
            return Ok(());
        };
        if console.is_closed() {
            return Ok(());
        }
        let last = request.query.iter().position(|(name, _)| *name == "token");
        let last = last.map(|index| request.query.remove(index));
        if last.is_some_and(|(_, last)| last == token) {
            return Err(Failure::new(
                Exit::Api,
                "protocol",
                "the server gave the same page twice; the list is not complete",
                "try again, or fetch the pages one by one with --token",
            )
            .at(steps::REQUEST));
        }
        request.query.push(("token", token));
    }
}

/// Returns the cursor of the page that follows. A cursor without `has_more` is not followed: a
/// list must have an end.
fn next(body: &[u8]) -> Result<Option<String>, Failure> {
    let beside: Cursor = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
    let inside = || serde_json::from_slice::<Detail>(body).map(|detail| detail.data);
    let cursor = if beside.has_more == Some(true) {
        beside
    } else {
        // A list has an array there, and no cursor in it.
        inside().unwrap_or_default()
    };
    Ok(cursor
        .next_token
        .filter(|token| cursor.has_more == Some(true) && !token.is_empty()))
}

fn unreadable(error: &serde_json::Error) -> Failure {
    Failure::new(
        Exit::Api,
        "protocol",
        "the answer is no page of a list",
        "leave out --all to see the answer as it came",
    )
    .at(steps::REQUEST)
    .caused_by(Some(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_found_in_both_shapes() {
        let token = |body: &str| next(body.as_bytes()).unwrap();
        let beside = r#"{"data":[{}],"has_more":true,"next_token":"t"}"#;
        assert_eq!(token(beside).as_deref(), Some("t"));
        let inside = r#"{"data":{"items":[],"has_more":true,"next_token":"t"}}"#;
        assert_eq!(token(inside).as_deref(), Some("t"));
        for end in [
            r#"{"data":[],"has_more":false,"next_token":"t"}"#,
            r#"{"data":[],"has_more":true,"next_token":null}"#,
            r#"{"data":[],"has_more":true,"next_token":""}"#,
            r#"{"data":[]}"#,
            r#"{"data":{"items":[]}}"#,
        ] {
            assert_eq!(token(end), None, "{end}");
        }
        assert!(next(b"<html>").is_err());
    }
}
