//! Following the cursor: one page at a time, so that a long list needs no more memory than a short
//! one.

use std::io;

use heygen_client::Client;
use heygen_types::{NextPage, secret::without_values};
use serde::Deserialize;

use super::{answer, request::Request, unknown};
use crate::{
    console::Console,
    exit::Exit,
    failure::{Failure, steps},
    output,
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
    console: Console,
) -> Result<(), Failure> {
    let mut head = None;
    loop {
        let answer = client.send_raw(&request.head()).await;
        let answer = answer
            .map_err(|error| unknown::failure(&error, request.operation, &request.parameters))?;
        answer::page(console, request.operation, &answer.body, &mut head);
        let token = match next(&answer.body)? {
            NextPage::At(token) => token,
            NextPage::End => return Ok(()),
            _ => {
                let message = "the server says that more follows, and not where; the list is not \
                               complete";
                return Err(protocol(message, "try again, and report it to HeyGen"));
            }
        };
        // A reader that is slow is waited for, and one that is gone needs no further pages.
        output::results_written().await;
        if output::is_closed() {
            return Ok(());
        }
        let last = request.query.iter().position(|(name, _)| *name == "token");
        let last = last.map(|index| request.query.remove(index));
        if last.is_some_and(|(_, last)| last == token) {
            let message = "the server gave the same page twice; the list is not complete";
            let hint = "try again, or fetch the pages one by one with --token";
            return Err(protocol(message, hint));
        }
        request.query.push(("token", token));
    }
}

/// Returns what follows a page.
fn next(body: &[u8]) -> Result<NextPage, Failure> {
    let beside: Cursor = serde_json::from_slice(body).map_err(|error| unreadable(&error))?;
    let inside = || serde_json::from_slice::<Detail>(body).map(|detail| detail.data);
    let cursor = if beside.has_more == Some(true) {
        beside
    } else {
        // A list has an array there, and no cursor in it.
        inside().unwrap_or_default()
    };
    let has_more = cursor.has_more == Some(true);
    Ok(NextPage::told(has_more, cursor.next_token))
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
        let token = |body: &str| next(body.as_bytes()).unwrap();
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
        let lost = r#"{"data":[],"has_more":true,"next_token":null}"#;
        assert_eq!(token(lost), NextPage::Lost);
        assert!(next(b"<html>").is_err());
    }
}
