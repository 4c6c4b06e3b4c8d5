//! The help texts of the command line: what the table of operations says, in one file that the
//! command line carries. Its lines are `operation<space>field<tab>text`; without a field the text
//! is about the operation itself.

use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::Result;
use serde_json::Value;

use super::{
    api::{Api, items},
    source::Source,
};

pub(super) fn descriptions(api: &Api, source: &Source) -> Result<String> {
    let mut text = String::new();
    for (id, (_, described)) in &source.operations {
        let operation = api.operation(id)?;
        writeln!(text, "{id} \t{}", plain(without_line(&described.summary)))?;
        let mut fields = BTreeMap::new();
        let rust_type = &described.type_name;
        collect(source, rust_type, items(&operation["query"]), &mut fields);
        let rust_type = &described.body;
        let body = &operation["body"];
        let body = match body["ref"].as_str() {
            Some(name) => api.object(name)?,
            None => body,
        };
        collect(source, rust_type, items(&body["fields"]), &mut fields);
        for variant in items(&body["union"]).filter_map(Value::as_str) {
            let variant = api.object(variant)?;
            let tag = variant["tag_value"].as_str().unwrap_or_default();
            if let Some(member) = source.texts.member(rust_type, tag) {
                let described = items(&variant["fields"]);
                collect(source, &member.type_name, described, &mut fields);
            }
        }
        for (field, doc) in fields {
            writeln!(text, "{id} {field}\t{doc}")?;
        }
    }
    Ok(text)
}

/// Takes up what is said of fields, unless another variant has said it before.
fn collect<'a>(
    source: &Source,
    rust_type: &str,
    described: impl Iterator<Item = &'a Value>,
    fields: &mut BTreeMap<String, String>,
) {
    for name in described.filter_map(|field| field["name"].as_str()) {
        if let Some(member) = source.texts.member(rust_type, name) {
            let doc = plain(&member.doc);
            fields.entry(name.to_owned()).or_insert(doc);
        }
    }
}

/// Takes off the HTTP line, and begins with a capital as a sentence does.
fn without_line(summary: &str) -> &str {
    let rest = summary
        .strip_prefix('`')
        .and_then(|rest| rest.split_once('`'));
    let rest = rest.map_or(summary, |(_, rest)| rest);
    rest.trim_start_matches([':', '.']).trim()
}

/// Turns the marks of Markdown into plain text for a terminal.
fn plain(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let Some((shown, after)) = after.split_once(']') else {
            plain.push('[');
            rest = after;
            continue;
        };
        plain.push_str(shown);
        rest = match after.strip_prefix('(') {
            Some(link) => link.split_once(')').map_or(after, |(_, rest)| rest),
            None => after,
        };
    }
    plain.push_str(rest);
    let plain = plain.replace('`', "");
    let mut letters = plain.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::{plain, without_line};

    #[test]
    fn marks_and_links_are_taken_off() {
        assert_eq!(
            plain("the `id` of [`A`](super::A), as [B] has it."),
            "The id of A, as B has it."
        );
        assert_eq!(plain("an open [ stays"), "An open [ stays");
    }

    #[test]
    fn the_http_line_is_taken_off() {
        assert_eq!(without_line("`GET /v3/a`: one thing."), "one thing.");
        assert_eq!(
            without_line("`GET /v3/a` (preview): one."),
            "(preview): one."
        );
        assert_eq!(without_line("`GET /v3/a`."), "");
    }
}
