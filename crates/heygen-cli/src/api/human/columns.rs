use comfy_table::{Table, TableStyle};
use heygen_types::Json;

use super::value;
use crate::escape;

/// Shows objects as a table of the fields that tell them apart. URLs are left out: they are for
/// the page of a single thing.
///
/// Under the head of a table before, one of the same columns has them at least as wide.
pub(super) fn table(items: &[Json], known: &[&str], before: Option<&str>) -> String {
    if items.is_empty() {
        return String::new();
    }
    let columns = columns(items, known);
    if columns.is_empty() {
        let lines = items
            .iter()
            .map(|item| format!("{}\n", value::show("", item)));
        return format!("VALUE\n{}", lines.collect::<String>());
    }
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    table.set_header(head(&columns, before.unwrap_or_default()));
    for item in items {
        table.add_row(columns.iter().map(|name| match item.member(name) {
            Some(member) => shortened(value::show(name, member)),
            None => String::new(),
        }));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, GAP));
    }
    let lines = table.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

/// Names the columns, each followed by the spaces that make it as wide as it was before.
fn head(columns: &[&str], before: &str) -> Vec<String> {
    let mut names: Vec<String> = columns
        .iter()
        .map(|name| escape::message(&name.to_uppercase()))
        .collect();
    if !before
        .split_whitespace()
        .eq(names.iter().map(String::as_str))
    {
        return names;
    }
    let mut rest = before;
    for name in &mut names {
        rest = &rest[name.len()..];
        let next = rest.trim_start();
        let gap = rest.len() - next.len();
        name.push_str(&" ".repeat(gap.saturating_sub(usize::from(GAP))));
        rest = next;
    }
    names
}

/// Picks the columns: ids, names and states first, then what else has a value that fits a line.
fn columns<'a>(items: &'a [Json], known: &[&'a str]) -> Vec<&'a str> {
    let mut names: Vec<&str> = known.to_vec();
    for item in items {
        if let Json::Object(members) = item {
            let others = members.keys().map(String::as_str);
            names.extend(
                others
                    .filter(|name| !known.contains(name))
                    .collect::<Vec<_>>(),
            );
        }
    }
    let mut seen = std::collections::BTreeSet::new();
    names.retain(|name| seen.insert(*name));
    names.retain(|name| {
        let values = || items.iter().filter_map(|item| item.member(name));
        let fits = |value: &Json| match value {
            Json::Object(_) => false,
            Json::Array(items) => !items.iter().any(|item| matches!(item, Json::Object(_))),
            _ => true,
        };
        !name.ends_with("_url") && values().all(fits) && values().any(|value| *value != Json::Null)
    });
    names.sort_by_key(|name| rank(name));
    names.truncate(COLUMNS_MAX);
    names
}

fn rank(name: &str) -> u8 {
    match name {
        "item_index" => 0,
        "id" => 1,
        "status" => 3,
        "name" | "title" | "event_type" => 4,
        name if name.ends_with("_id") => 2,
        "created_at" => 6,
        _ => 5,
    }
}

fn shortened(text: String) -> String {
    if text.chars().count() <= WIDTH_MAX {
        return text;
    }
    let head: String = text.chars().take(WIDTH_MAX - 1).collect();
    format!("{head}…")
}

/// The spaces between two columns.
const GAP: u16 = 2;
const COLUMNS_MAX: usize = 6;
const WIDTH_MAX: usize = 48;
