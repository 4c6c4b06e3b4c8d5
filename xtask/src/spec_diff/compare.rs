use std::collections::{BTreeMap, BTreeSet};

/// What a document says of an operation, a parameter, a field or a response.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Node {
    /// Facts by name, such as `maximum`.
    pub(super) facts: BTreeMap<&'static str, String>,
    pub(super) children: BTreeMap<String, Self>,
}

/// The fact that holds the error codes of a response. A document that gives none says nothing about
/// them: many have neither a list nor an example.
pub(super) const CODES: &str = "codes";

/// Returns a line for every difference. What only one side has is named once, without what it
/// holds.
pub(super) fn compare(ours: &Node, theirs: &Node) -> Vec<String> {
    let mut lines = Vec::new();
    walk("", ours, theirs, &mut lines);
    lines
}

fn walk(place: &str, ours: &Node, theirs: &Node, lines: &mut Vec<String>) {
    let facts: BTreeSet<_> = ours.facts.keys().chain(theirs.facts.keys()).collect();
    for fact in facts {
        match (ours.facts.get(fact), theirs.facts.get(fact)) {
            (Some(one), Some(other)) if one == other => {}
            (Some(_), None) if *fact == CODES => {}
            (one, other) => {
                let [one, other] = [one, other].map(|it| it.map_or("absent", String::as_str));
                lines.push(format!(
                    "{place}: {fact} is {one} in the table, {other} in the document"
                ));
            }
        }
    }
    let names: BTreeSet<_> = ours.children.keys().chain(theirs.children.keys()).collect();
    for name in names {
        let inner = match (place, name.starts_with(['[', '<'])) {
            ("", _) => name.clone(),
            (place, true) => format!("{place}{name}"),
            (place, false) if place.contains(": ") => format!("{place}.{name}"),
            (place, false) => format!("{place}: {name}"),
        };
        match (ours.children.get(name), theirs.children.get(name)) {
            (Some(one), Some(other)) => walk(&inner, one, other, lines),
            (Some(_), None) => lines.push(format!("{inner}: only in the table")),
            (None, _) => lines.push(format!("{inner}: only in the document")),
        }
    }
}
