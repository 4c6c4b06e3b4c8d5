//! Following the cursor: one page at a time, so that a long list needs no more memory than a short
//! one.

use std::io;

use heygen_client::{Client, Cursors, Following};
use heygen_types::{Json, NextPage, secret::without_values};
use serde::Deserialize as _;
use serde_json::Value;

use super::{answer, request::Request, unknown};
use crate::{
    console::Console,
    exit::Exit,
    failure::{Failure, steps},
    output,
};

/// Prints every page, one answer after the other, from the one that was asked for.
pub(super) async fn all(
    client: &Client,
    mut request: Request,
    console: Console,
) -> Result<(), Failure> {
    let mut head = None;
    let mut cursors = Cursors::new(request.operation.id.as_str());
    loop {
        let answer = client.send_raw(&request.head()).await;
        let answer = answer
            .map_err(|error| unknown::failure(&error, request.operation, &request.parameters))?;
        answer::page(console, request.operation, &answer.body, &mut head);
        let (items, next) = next(&answer.body)?;
        let following = cursors.follow(&items, next);
        let following = following.map_err(|error| Failure::of_request(&error))?;
        let Following::Page { token, pause } = following else {
            return Ok(());
        };
        // A reader that is slow is waited for, and one that is gone needs no further pages.
        output::results_written().await;
        if !output::is_open() {
            return Ok(());
        }
        tokio::time::sleep(pause).await;
        request.query.retain(|(name, _)| *name != "token");
        request.query.push(("token", token));
    }
}

/// Returns the items of a page, and what follows it. A list has its cursor next to
/// `data`, a batch has it inside.
fn next(body: &[u8]) -> Result<(Vec<Value>, NextPage), Failure> {
    let answer: Value = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
    let inner = &answer["data"];
    let (place, items) = match inner {
        Value::Object(_) => (inner, &inner["items"]),
        _ => (&answer, inner),
    };
    let items = items.as_array().cloned().unwrap_or_default();
    let token = match &place["next_token"] {
        Value::String(token) => Some(token.clone()),
        Value::Number(token) => Some(token.to_string()),
        _ => None,
    };
    let has_more = Json::deserialize(&place["has_more"]).unwrap_or_default();
    let has_more = has_more.decode_answer().unwrap_or_default();
    Ok((items, NextPage::told(has_more, token)))
}

fn unreadable(error: &serde_json::Error) -> Failure {
    let hint = "leave out --all to see the answer as it came";
    // What it quotes may be a presigned URL.
    let cause = io::Error::other(without_values(&error.to_string()).into_owned());
    protocol("the answer is no page of a list", hint).caused_by(Some(&cause))
}

fn protocol(message: &str, hint: &str) -> Failure {
    Failure::new(Exit::Api, "protocol", message, hint).at(steps::REQUEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_is_found_in_both_shapes() {
        let token = |body: &str| next(body.as_bytes()).unwrap().1;
        let beside = r#"{"data":[{}],"has_more":true,"next_token":"t"}"#;
        let second = NextPage::At("t".to_owned());
        assert_eq!(token(beside), second);
        let inside = r#"{"data":{"items":[],"has_more":true,"next_token":"t"}}"#;
        assert_eq!(token(inside), second);
        for end in [
            r#"{"data":[],"has_more":false,"next_token":"t"}"#,
            r#"{"data":[]}"#,
            r#"{"data":{"items":[]}}"#,
        ] {
            assert_eq!(token(end), NextPage::End, "{end}");
        }
        for odd in [
            r#"{"data":[],"next_token":"t"}"#,
            r#"{"data":[],"has_more":"true","next_token":"t"}"#,
            r#"{"data":{"items":[],"has_more":"yes","next_token":"t"}}"#,
        ] {
            assert_eq!(token(odd), second, "{odd}");
        }
        let lost = r#"{"data":[],"has_more":true,"next_token":null}"#;
        assert_eq!(token(lost), NextPage::Lost);
        let items = |body: &str| next(body.as_bytes()).unwrap().0.len();
        assert_eq!((items(beside), items(inside)), (1, 0));
        assert!(next(b"<html>").is_err());
    }
}
