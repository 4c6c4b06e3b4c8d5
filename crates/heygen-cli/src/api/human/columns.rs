use std::collections::BTreeMap;

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
            Some(member) => value::shortened(value::show(name, member), WIDTH_MAX),
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
        .map(|name| value::shortened(escape::message(&name.to_uppercase()), WIDTH_MAX))
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
///
/// It looks at every member once: a server may give every item other names.
fn columns<'a>(items: &'a [Json], known: &[&'a str]) -> Vec<&'a str> {
    let mut names: Vec<&str> = known.to_vec();
    let mut found: BTreeMap<&str, Column> = BTreeMap::new();
    for item in items {
        let Json::Object(members) = item else {
            continue;
        };
        for (name, value) in members {
            let column = found.entry(name).or_insert_with(|| {
                if !known.contains(&name.as_str()) {
                    names.push(name);
                }
                Column::default()
            });
            column.add(value);
        }
    }
    names.retain(|name| {
        let column = found.get(name);
        !name.ends_with("_url") && column.is_some_and(Column::is_worth_showing)
    });
    names.sort_by_key(|name| rank(name));
    names.truncate(COLUMNS_MAX);
    names
}

/// What the values of a column have in common.
#[derive(Default)]
struct Column {
    has_value: bool,
    is_too_large: bool,
}

impl Column {
    fn add(&mut self, value: &Json) {
        self.has_value |= *value != Json::Null;
        self.is_too_large |= match value {
            Json::Object(_) => true,
            Json::Array(items) => items.iter().any(|item| matches!(item, Json::Object(_))),
            _ => false,
        };
    }

    const fn is_worth_showing(&self) -> bool {
        self.has_value && !self.is_too_large
    }
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

/// The spaces between two columns.
const GAP: u16 = 2;
const COLUMNS_MAX: usize = 6;
const WIDTH_MAX: usize = 48;
