//! Answers for people: a table for a list, a line per field for a single thing.

mod columns;
mod value;

use std::{collections::BTreeMap, fmt::Write as _};

use heygen_types::{Json, NextPage, table::OperationEntry};

use crate::escape;

/// An answer in a readable form, and what else there is to say of it.
pub(super) struct Readable {
    /// The head of the table, when the answer is a list.
    pub(super) head: Option<String>,
    pub(super) text: String,
    pub(super) note: Option<String>,
}

/// Returns an answer in a readable form. Under the head of the page before, a table of the same
/// columns is as wide as that one or wider.
pub(super) fn answer(
    operation: Option<&'static OperationEntry>,
    body: &[u8],
    before: Option<&str>,
) -> Readable {
    let Ok(Json::Object(members)) = serde_json::from_slice(body) else {
        let mut text = escape::message(&String::from_utf8_lossy(body));
        if !text.is_empty() {
            text.push('\n');
        }
        return Readable {
            head: None,
            text,
            note: None,
        };
    };
    let fields = operation.map_or_else(Vec::new, fields);
    let data = members.get("data");
    let (head, text) = match data {
        Some(Json::Array(items)) => list(items, &fields, before),
        Some(Json::Object(members)) => (None, thing(members, &fields)),
        Some(other) => (None, format!("{}\n", value::show("", other))),
        None => (None, thing(&members, &fields)),
    };
    let cursor = match data {
        Some(Json::Object(data)) if data.contains_key("has_more") => data,
        _ => &members,
    };
    let has_more = cursor
        .get("has_more")
        .and_then(|it| it.decode_answer().ok());
    let token = cursor.get("next_token").and_then(Json::as_str);
    let note = match NextPage::told(has_more.flatten(), token.map(str::to_owned)) {
        NextPage::At(token) => {
            let token = escape::message(&token);
            Some(format!(
                "there are more: --all shows them, --token {token} the next page"
            ))
        }
        _ => None,
    };
    Readable { head, text, note }
}

/// Returns the names of the fields that the table knows, in its order.
fn fields(operation: &'static OperationEntry) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = Vec::new();
    for object in operation.response.objects() {
        for field in object.fields {
            if !names.contains(&field.name) {
                names.push(field.name);
            }
        }
    }
    names
}

fn list(items: &[Json], known: &[&str], before: Option<&str>) -> (Option<String>, String) {
    let table = columns::table(items, known, before);
    match table.split_once('\n') {
        Some((head, rows)) => (Some(format!("{head}\n")), rows.to_owned()),
        None => (None, "none\n".to_owned()),
    }
}

/// Shows a thing: a line per field, the known ones first, and a table for every list in it.
fn thing(members: &BTreeMap<String, Json>, known: &[&str]) -> String {
    let mut lines = Vec::new();
    let mut tables = String::new();
    for (name, member) in in_order(members, known) {
        let shown = value::shortened(escape::message(name), NAME_WIDTH_MAX);
        match member {
            Json::Null => {}
            Json::Array(items) if items.iter().any(|item| matches!(item, Json::Object(_))) => {
                let table = columns::table(items, &[], None);
                tables.extend(["\n", &shown, "\n", &table]);
            }
            Json::Object(_) => flatten(&shown, member, &mut lines),
            member => lines.push((shown, value::show(name, member))),
        }
    }
    let width = lines.iter().map(|(name, _)| name.chars().count()).max();
    let width = width.unwrap_or_default();
    let mut text = String::new();
    for (name, value) in lines {
        // Writing to a string never fails.
        let _ = writeln!(text, "{name:width$}  {value}");
    }
    if text.is_empty() && tables.is_empty() {
        "done\n".clone_into(&mut text);
    }
    text + &tables
}

/// Adds the members of an object with the names that lead to them. These are kept short: long names
/// of a server, inside each other, would make more text of an answer than anybody can read.
fn flatten(name: &str, value: &Json, lines: &mut Vec<(String, String)>) {
    match value {
        Json::Null => {}
        Json::Object(members) => {
            for (member, value) in members {
                let member = value::shortened(escape::message(member), NAME_WIDTH_MAX);
                let name = value::shortened(format!("{name}.{member}"), NAME_WIDTH_MAX);
                flatten(&name, value, lines);
            }
        }
        value => lines.push((name.to_owned(), value::show(name, value))),
    }
}

fn in_order<'a>(
    members: &'a BTreeMap<String, Json>,
    known: &[&str],
) -> impl Iterator<Item = (&'a str, &'a Json)> {
    let first = known
        .iter()
        .filter_map(|name| members.get_key_value(*name))
        .collect::<Vec<_>>();
    let rest = members
        .iter()
        .filter(|(name, _)| !known.contains(&name.as_str()))
        .collect::<Vec<_>>();
    first
        .into_iter()
        .chain(rest)
        .map(|(name, value)| (name.as_str(), value))
}

/// As many letters of a name as leave room for its value.
const NAME_WIDTH_MAX: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(id: &str, body: &str) -> String {
        let operation = heygen_types::table::find(id);
        assert!(operation.is_some());
        let readable = answer(operation, body.as_bytes(), None);
        let (head, note) = (readable.head.unwrap_or_default(), readable.note);
        format!("{head}{}{}", readable.text, note.unwrap_or_default())
    }

    #[test]
    fn a_list_is_a_table_of_what_tells_things_apart() {
        let text = shown(
            "videos.list",
            r#"{"data":[
                {"id":"v1","status":"completed","title":"Spring","created_at":1700000000,"video_url":"https://x/?s"},
                {"id":"v2","status":"failed","title":null,"created_at":1700000001,"new":{"a":1}}
            ],"has_more":true,"next_token":"t2"}"#,
        );
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "ID  STATUS     TITLE   CREATED_AT");
        assert_eq!(lines[1], "v1  completed  Spring  2023-11-14T22:13:20Z");
        assert_eq!(lines[2], "v2  failed             2023-11-14T22:13:21Z");
        assert_eq!(
            lines[3],
            "there are more: --all shows them, --token t2 the next page"
        );
    }

    #[test]
    fn pages_of_a_list_are_one_table() {
        let operation = heygen_types::table::find("videos.list");
        let mut head: Option<String> = None;
        let mut lines = Vec::new();
        for (id, title) in [("v1", "Spring"), ("video_22", "A"), ("v", "Sun")] {
            let body = format!(r#"{{"data":[{{"id":"{id}","title":"{title}"}}]}}"#);
            let readable = answer(operation, body.as_bytes(), head.as_deref());
            lines.push(readable.text);
            head = readable.head;
        }
        // A page is as wide as it must be, and the next one no narrower.
        assert_eq!(lines, ["v1  Spring\n", "video_22  A\n", "v         Sun\n"]);
        // Other columns begin anew.
        let other = br#"{"data":[{"id":"v","status":"x"}]}"#;
        assert_eq!(answer(operation, other, head.as_deref()).text, "v   x\n");
    }

    #[test]
    fn a_thing_is_a_line_per_field_with_its_urls_whole() {
        let text = shown(
            "videos.get",
            r#"{"data":{"video_url":"https://x/v?sig=1","id":"v1","status":"completed","new":{"a":[1,2]},"title":null}}"#,
        );
        let expected =
            "id         v1\nstatus     completed\nvideo_url  https://x/v?sig=1\nnew.a      1, 2\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn a_batch_has_lines_and_a_table() {
        let text = shown(
            "videos.batches.get",
            r#"{"data":{"batch_id":"b","status":"processing","items":[{"item_index":0,"status":"queued","video_id":"v"}],"has_more":false}}"#,
        );
        assert!(text.contains("batch_id  b\n"), "{text}");
        assert!(
            text.contains("\nitems\nITEM_INDEX  VIDEO_ID  STATUS\n0           v         queued\n"),
            "{text}"
        );
    }

    /// With work that grows with the square of what came, this would take hours.
    #[test]
    fn foreign_names_cost_what_they_weigh() {
        const COUNT: usize = 30_000;
        let members = |from: usize| (from..from + 3).map(|n| format!("\"n{n}\":{n}"));
        let items = (0..COUNT).map(|item| members(item * 3).collect::<Vec<_>>().join(","));
        let items = items.collect::<Vec<_>>().join("},{");
        let members = (0..COUNT).map(|n| format!("\"n{n}\":{n}"));
        let members = members.collect::<Vec<_>>().join(",");
        let lists = (0..COUNT / 10).map(|n| format!("\"n{n}\":[{{\"n\":1}}]"));
        let lists = lists.collect::<Vec<_>>().join(",");
        let long = "x".repeat(200_000);
        for body in [
            format!("{{\"data\":[{{{items}}}]}}"),
            format!("{{\"data\":{{\"items\":[{{{items}}}]}}}}"),
            format!("{{\"data\":{{{members}}}}}"),
            format!("{{\"data\":{{{lists}}}}}"),
            // A long name before many values.
            format!("{{\"data\":{{\"{long}\":{{\"{long}\":{{{members}}}}}}}}}"),
            format!("{{\"data\":{{\"{long}\":1,{members}}}}}"),
            format!("{{\"data\":[{{\"{long}\":1}},{{{items}}}]}}"),
        ] {
            let len_bytes = shown("videos.get", &body).len();
            assert!(len_bytes < 16 * body.len(), "{len_bytes}");
        }
    }

    #[test]
    fn whatever_a_server_says_stays_on_its_line() {
        assert_eq!(shown("videos.list", r#"{"data":[]}"#), "none\n");
        assert_eq!(
            shown("webhooks.endpoints.delete", r#"{"data":{}}"#),
            "done\n"
        );
        assert_eq!(
            shown("videos.get", "<html>\u{1b}[31m"),
            "<html>\\u{1b}[31m\n"
        );
        let text = shown("videos.get", "{\"data\":{\"title\":\"a\\nb\\u001b[2J\"}}");
        assert_eq!(text, "title  a b\\u{1b}[2J\n");
    }
}
