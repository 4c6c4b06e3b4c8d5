//! What a server says when it does not use the envelope of the API: for people only.

use std::borrow::Cow;

use serde_json::{Map, Value};

/// How much of an answer is looked at.
const LOOKED_AT_MAX: usize = 64 * 1024;

/// The longest text that is kept, in characters.
pub(super) const SAID_MAX: usize = 500;

/// How many faults of a list are told.
const FAULTS_MAX: usize = 5;

/// Returns the words in an answer that is no success, in any form.
pub(super) fn of_answer(body: &[u8]) -> Option<String> {
    let body = &body[..body.len().min(LOOKED_AT_MAX)];
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    if let Ok(json) = serde_json::from_str::<Value>(text) {
        return of_json(&json);
    }
    let words = if text.starts_with('<') {
        of_markup(text)
    } else {
        // Binary data has no words.
        let odd = text
            .chars()
            .filter(|c| c.is_control() && !c.is_whitespace());
        let is_text = !text.contains('\0') && odd.count() * 10 <= text.len();
        is_text.then_some(Cow::Borrowed(text))
    };
    words.and_then(|words| not_empty(&words))
}

/// Returns the words in JSON that is no envelope of the API.
pub(super) fn of_json(json: &Value) -> Option<String> {
    match json {
        Value::Object(members) if !members.is_empty() => {
            of_object(members).or_else(|| not_empty(&json.to_string()))
        }
        Value::Array(items) if !items.is_empty() => of_list(items),
        Value::String(text) => not_empty(text),
        _ => None,
    }
}

/// Returns the words of a success that says that it is none: an error instead of data.
/// `None` when it is a success after all. A request that `wants_data` has no use for mere words.
pub(super) fn of_refusal_in_success(
    members: &Map<String, Value>,
    wants_data: bool,
) -> Option<String> {
    let has = |name: &str| members.get(name).is_some_and(|value| !is_nothing(value));
    if has("data") {
        return None;
    }
    let says_no = |name: &str| members.get(name) == Some(&Value::Bool(false));
    // A record tells the error of its own job.
    let has_error = (has("error") || has("errors")) && !is_record(members);
    let is_error = has_error || says_no("success") || says_no("ok");
    let is_bad_code = members.get("code").is_some_and(is_code_of_error);
    let is_bad_status = members
        .get("status")
        .and_then(Value::as_str)
        .is_some_and(|status| {
            ["error", "fail", "failure"]
                .iter()
                .any(|word| status.eq_ignore_ascii_case(word))
        });
    let has_words = has("message") || has("msg") || has("detail");
    // A list of nothing is an answer, whatever is said beside it.
    let has_list = members.get("data").is_some_and(Value::is_array);
    let is_bare = wants_data && !has_list && !has_id(members);
    let is_refusal = is_error || has_words && (is_bad_code || is_bad_status || is_bare);
    is_refusal.then(|| of_object(members).unwrap_or_else(|| "it gives no reason".to_owned()))
}

/// Returns whether an object names something, as every record does.
pub(super) fn has_id(members: &Map<String, Value>) -> bool {
    members
        .keys()
        .any(|name| name == "id" || name.ends_with("_id") || name.ends_with("_ids"))
}

/// Returns whether an object is a record without its envelope. The id of a request stands beside
/// errors, too.
fn is_record(members: &Map<String, Value>) -> bool {
    const OF_REQUESTS: [&str; 4] = ["request_id", "trace_id", "correlation_id", "log_id"];
    members.iter().any(|(name, value)| {
        let is_own = name == "id" || name.ends_with("_id");
        is_own && !is_nothing(value) && !OF_REQUESTS.contains(&name.as_str())
    })
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Returns whether a code means an error. The older versions of the API say 100 for success.
fn is_code_of_error(code: &Value) -> bool {
    match code {
        Value::Number(number) => !matches!(number.as_u64(), Some(0 | 100 | 200..=299)),
        Value::String(code) => !["", "0", "100", "ok", "success"]
            .iter()
            .any(|word| code.eq_ignore_ascii_case(word)),
        _ => false,
    }
}

fn of_object(members: &Map<String, Value>) -> Option<String> {
    // What is said in the error is more than what is said around it.
    for name in ["error", "errors", "Error"] {
        let words = match members.get(name) {
            Some(Value::Object(inner)) => of_object(inner).or_else(|| of_fields(inner)),
            // In OAuth this is the code.
            Some(Value::String(text)) => not_empty(text).map(|text| {
                let more = text_of(members, &["error_description", "message", "detail"]);
                match more.filter(|more| *more != text) {
                    Some(more) => format!("{text}: {more}"),
                    None => text,
                }
            }),
            Some(Value::Array(items)) => of_list(items),
            _ => None,
        };
        if words.is_some() {
            return words;
        }
    }
    let detail = match members.get("detail") {
        Some(Value::Array(items)) => of_list(items),
        Some(Value::Object(inner)) => of_object(inner),
        Some(Value::String(text)) => not_empty(text),
        _ => None,
    };
    const MESSAGES: [&str; 8] = [
        "message",
        "msg",
        "error_description",
        "error_message",
        "errorMessage",
        "description",
        "reason",
        "Message",
    ];
    let message = text_of(members, &MESSAGES).or_else(|| match members.get("message") {
        Some(Value::Array(items)) => of_list(items),
        Some(Value::Object(inner)) => of_object(inner),
        _ => None,
    });
    let title = text_of(members, &["title", "code", "Code", "type"]).or_else(|| {
        members
            .get("code")
            .filter(|code| code.is_number())
            .map(Value::to_string)
    });
    match (title, message.or(detail)) {
        (Some(title), Some(words)) if !words.contains(&title) => Some(format!("{title}: {words}")),
        (title, words) => words.or(title),
    }
}

/// Returns the first of several members that is a text.
fn text_of(members: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let texts = names.iter().filter_map(|name| members.get(*name)?.as_str());
    texts.filter_map(not_empty).next()
}

/// Tells several faults, each with its place where it has one.
fn of_list(items: &[Value]) -> Option<String> {
    let told = items.iter().filter_map(|item| {
        let members = item.as_object();
        let Some(members) = members else {
            return of_json(item);
        };
        let words = of_object(members)?;
        match members.get("loc").and_then(Value::as_array) {
            Some(steps) => Some(format!("{}: {words}", place(steps))),
            None => Some(words),
        }
    });
    let told: Vec<String> = told.take(FAULTS_MAX).collect();
    not_empty(&told.join("; "))
}

/// Tells the faults of a form, by field.
fn of_fields(members: &Map<String, Value>) -> Option<String> {
    let told = members
        .iter()
        .filter_map(|(name, value)| of_json(value).map(|words| format!("{name}: {words}")));
    let told: Vec<String> = told.take(FAULTS_MAX).collect();
    not_empty(&told.join("; "))
}

fn place(steps: &[Value]) -> String {
    let steps = steps.iter().map(|step| match step {
        Value::String(name) => name.clone(),
        other => other.to_string(),
    });
    steps.collect::<Vec<_>>().join(".")
}

/// Returns what a page or another document is headed with, else the text in it.
fn of_markup(text: &str) -> Option<Cow<'_, str>> {
    const HEADS: [&str; 6] = ["title", "message", "h1", "h2", "detail", "p"];
    // Another text of the same length, so that places in one are places in the other.
    let lower = text.to_ascii_lowercase();
    let heads = HEADS.iter().filter_map(|name| element(text, &lower, name));
    let head = heads.map(plain).find(|words| !words.trim().is_empty());
    Some(Cow::Owned(head.unwrap_or_else(|| {
        plain(without_element(text, &lower, "style"))
    })))
}

fn element<'a>(text: &'a str, lower: &str, name: &str) -> Option<&'a str> {
    let mut from = 0;
    loop {
        let open = from + lower[from..].find(&format!("<{name}"))? + name.len() + 1;
        from = open;
        // `<header>` is no `<head>`.
        if !lower[open..].starts_with(|c: char| c == '>' || c.is_ascii_whitespace()) {
            continue;
        }
        let start = open + lower[open..].find('>')? + 1;
        let len = lower[start..].find(&format!("</{name}"))?;
        return Some(&text[start..start + len]);
    }
}

/// Returns what follows an element whose content is no text.
fn without_element<'a>(text: &'a str, lower: &str, name: &str) -> &'a str {
    let close = format!("</{name}>");
    lower
        .rfind(&close)
        .map_or(text, |at| &text[at + close.len()..])
}

/// Takes the tags out of a text.
fn plain(markup: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for letter in markup.chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => {
                is_tag = false;
                text.push(' ');
            }
            _ if !is_tag => text.push(letter),
            _ => {}
        }
    }
    for (entity, letter) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        text = text.replace(entity, letter);
    }
    text
}

/// Returns a text as one line, unless nothing is left of it.
fn not_empty(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_are_found_in_every_form() {
        for (body, words) in [
            (r#"{"error":"no such thing"}"#, "no such thing"),
            (r#"{"error":{"message":"m"}}"#, "m"),
            (r#"{"error":{"code":"c","message":"m"}}"#, "c: m"),
            (r#"{"error":{"code":7,"message":"m"}}"#, "7: m"),
            (
                r#"{"error":"invalid_grant","error_description":"it is over"}"#,
                "invalid_grant: it is over",
            ),
            (
                r#"{"error":{"prompt":["too long","too bold"]}}"#,
                "prompt: too long; too bold",
            ),
            (r#"{"message":"Forbidden"}"#, "Forbidden"),
            (
                r#"{"message":["a","b"],"error":"Bad Request","statusCode":400}"#,
                "Bad Request",
            ),
            (r#"{"detail":"Not Found"}"#, "Not Found"),
            (
                r#"{"detail":[{"loc":["body","scenes",0,"text"],"msg":"field required","type":"missing"},{"loc":["body"],"msg":"b"}]}"#,
                "body.scenes.0.text: missing: field required; body: b",
            ),
            (
                r#"{"type":"about:blank","title":"Out of credit","status":402,"detail":"You have 30."}"#,
                "Out of credit: You have 30.",
            ),
            (r#"{"errors":[{"code":"a","message":"b"},"c"]}"#, "a: b; c"),
            (
                r#"{"code":400543,"message":"Content type not supported","data":null}"#,
                "400543: Content type not supported",
            ),
            (r#"{"code":40012,"msg":"bad key"}"#, "40012: bad key"),
            (r#"{"odd":{"shape":1}}"#, r#"{"odd":{"shape":1}}"#),
            (r#""just a text""#, "just a text"),
            ("\u{feff}{\"message\":\"m\"}", "m"),
            (
                " upstream connect error\n or  reset ",
                "upstream connect error or reset",
            ),
            (
                "<!DOCTYPE html><html><head><TITLE>502 Bad\nGateway</TITLE></head><body>x</body></html>",
                "502 Bad Gateway",
            ),
            (
                "<html><header>no</header><body><h1 class='a'>Blocked &amp; <b>logged</b></h1></body>",
                "Blocked & logged",
            ),
            (
                "<html><style>b{}</style><body>Only <i>text</i></body></html>",
                "Only text",
            ),
            (
                "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>",
                "Access Denied",
            ),
        ] {
            assert_eq!(of_answer(body.as_bytes()).as_deref(), Some(words), "{body}");
        }
        for body in [
            &b""[..],
            b" ",
            b"{}",
            b"[]",
            b"null",
            b"7",
            b"\x00\x01\x02\xff",
            b"<html></html>",
        ] {
            assert_eq!(of_answer(body), None, "{body:?}");
        }
        // A long answer is not read to its end, and no place in it is inside a letter.
        let long = "é".repeat(LOOKED_AT_MAX);
        assert!(of_answer(long.as_bytes()).is_some());
    }

    #[test]
    fn an_error_in_the_place_of_the_data_is_a_refusal() {
        for (body, words) in [
            (
                json!({"error": {"code": "c", "message": "m"}}),
                Some("c: m"),
            ),
            (json!({"error": "no", "data": null}), Some("no")),
            (json!({"code": 40012, "message": "m"}), Some("40012: m")),
            (
                json!({"code": "bad", "msg": "m", "data": {}}),
                Some("bad: m"),
            ),
            (json!({"success": false}), Some("it gives no reason")),
            (json!({"status": "error", "message": "m"}), Some("m")),
            (json!({"errors": [{"message": "m"}]}), Some("m")),
            (json!({"data": {"id": 1}, "error": null}), None),
            (json!({"data": {"id": 1}, "error": "deprecated"}), None),
            (json!({"code": 100, "message": "Success"}), None),
            (json!({"code": "OK", "message": "done"}), None),
            (json!({"message": "deleted"}), None),
            (json!({"id": "v", "status": "failed"}), None),
            (
                json!({"id": "b", "status": "failed", "error": {"code": "c", "message": "m"}}),
                None,
            ),
            (
                json!({"look_id": "l", "status": "failed", "error": "no face"}),
                None,
            ),
            (
                json!({"request_id": "r", "error": {"code": "c", "message": "m"}}),
                Some("c: m"),
            ),
            (
                json!({"id": "", "error": {"code": "c", "message": "m"}}),
                Some("c: m"),
            ),
            (
                json!({"id": "v", "success": false, "message": "m"}),
                Some("m"),
            ),
            (json!({"error": null}), None),
            (json!({}), None),
        ] {
            let found = of_refusal_in_success(body.as_object().unwrap(), false);
            assert_eq!(found.as_deref(), words, "{body}");
        }
        let found = |body: Value| of_refusal_in_success(body.as_object().unwrap(), true);
        assert_eq!(
            found(json!({"message": "Not Found"})).as_deref(),
            Some("Not Found")
        );
        assert_eq!(found(json!({"message": "hello", "run_id": "r"})), None);
        let empty = json!({"data": [], "has_more": false, "message": "Success"});
        assert_eq!(found(empty), None);
        let empty = json!({"data": [], "has_more": false, "code": 100, "message": "Success"});
        assert_eq!(found(empty), None);
        let refused = json!({"data": [], "error": {"code": "c", "message": "m"}});
        assert_eq!(found(refused).as_deref(), Some("c: m"));
        let refused = json!({"data": [], "code": 40012, "message": "m"});
        assert_eq!(found(refused).as_deref(), Some("40012: m"));
        assert_eq!(found(json!({"title": "t"})), None);
    }
}
