//! What the comments in `heygen-types` say of types, fields and variants.

use std::collections::BTreeMap;

/// The comments of all types, by the name of the type: no two types share one.
#[derive(Debug, Default)]
pub(super) struct Rustdoc {
    types: BTreeMap<String, Described>,
    responses: BTreeMap<String, String>,
}

/// A type with what its comments say.
#[derive(Debug, Default)]
struct Described {
    summary: String,
    /// The fields of a struct, or the variants of an enum in the API's words.
    members: BTreeMap<String, Member>,
}

/// A field or a variant.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// What the comment says, in one line.
    pub(super) doc: String,
    /// The type without `Option`, `Vec` and the like around it; empty for a variant without one.
    pub(super) type_name: String,
}

impl Rustdoc {
    /// Adds what a source file says.
    pub(super) fn add(&mut self, text: &str) {
        let mut lines = text.lines();
        let mut comment = String::new();
        while let Some(line) = lines.next() {
            if let Some(rest) = line.strip_prefix("///") {
                push_line(&mut comment, rest);
            } else if let Some(name) = declared(line) {
                let described = Described {
                    summary: std::mem::take(&mut comment),
                    members: if line.ends_with('{') {
                        members(&mut lines)
                    } else {
                        BTreeMap::new()
                    },
                };
                self.types.insert(name, described);
            } else if !line.starts_with("#[") && !line.starts_with(' ') {
                comment.clear();
            }
        }
        for implementation in text.split("\nimpl Operation for ").skip(1) {
            let name = implementation.split(' ').next().unwrap_or_default();
            if let Some((_, after)) = implementation.split_once("type Response = ") {
                let response = after.split(';').next().unwrap_or_default();
                self.responses
                    .insert(name.to_owned(), innermost(response).to_owned());
            }
        }
    }

    /// Returns what the comment of a type says: its first paragraph.
    pub(super) fn summary(&self, type_name: &str) -> &str {
        let described = self.types.get(type_name);
        let summary = described.map_or("", |described| &described.summary);
        summary.split("\n\n").next().unwrap_or_default()
    }

    /// Returns a field of a struct, or a variant of an enum by its tag.
    pub(super) fn member(&self, type_name: &str, name: &str) -> Option<&Member> {
        self.types.get(type_name)?.members.get(name)
    }

    pub(super) fn has_type(&self, type_name: &str) -> bool {
        self.types.contains_key(type_name)
    }

    /// Returns the type of what an operation answers: one item, where it is a list.
    pub(super) fn response(&self, operation: &str) -> Option<&str> {
        self.responses.get(operation).map(String::as_str)
    }
}

/// Returns the name of the struct or enum that a line begins.
fn declared(line: &str) -> Option<String> {
    let rest = line
        .strip_prefix("pub struct ")
        .or_else(|| line.strip_prefix("pub enum "))?;
    let end = rest.find(|c: char| !c.is_alphanumeric())?;
    Some(rest[..end].to_owned())
}

/// Reads the fields or variants up to the end of the type.
fn members<'a>(lines: &mut impl Iterator<Item = &'a str>) -> BTreeMap<String, Member> {
    let mut members = BTreeMap::new();
    let mut comment = String::new();
    // Members of a variant stand deeper; they belong to the type that the table names by the tag.
    for line in lines.take_while(|line| !line.starts_with('}')) {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("///") {
            push_line(&mut comment, rest);
        } else if let Some((name, member)) = member(line, &comment) {
            members.insert(name, member);
            comment.clear();
        }
    }
    members
}

fn member(line: &str, comment: &str) -> Option<(String, Member)> {
    let doc = comment.replace("\n\n", " ");
    let line = line.trim_end_matches(',');
    let field = line.strip_prefix("pub ").unwrap_or(line);
    if let Some((name, type_name)) = field.split_once(": ")
        && !line.starts_with("#[")
    {
        let name = name.trim_start_matches("r#").to_owned();
        let type_name = innermost(type_name).to_owned();
        return Some((name, Member { doc, type_name }));
    }
    let starts_variant = line.starts_with(|c: char| c.is_ascii_uppercase());
    let end = line.find(['(', ' ']).unwrap_or(line.len());
    if !starts_variant || comment.is_empty() {
        return None;
    }
    let inner = line.split(['(', ')']).nth(1).unwrap_or_default();
    let type_name = innermost(inner).to_owned();
    Some((snake_case(&line[..end]), Member { doc, type_name }))
}

/// Strips what only holds values: `Option<Vec<Clip>>` is about `Clip`.
fn innermost(type_name: &str) -> &str {
    let mut inner = type_name.trim();
    for holder in ["Option<", "Vec<", "Page<", "BTreeMap<String, "] {
        if let Some(rest) = inner.strip_prefix(holder) {
            return innermost(rest.strip_suffix('>').unwrap_or(rest));
        }
    }
    if let Some((name, _)) = inner.split_once('<') {
        inner = name;
    }
    inner
}

fn snake_case(variant: &str) -> String {
    let mut name = String::new();
    for character in variant.chars() {
        if character.is_ascii_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.push(character.to_ascii_lowercase());
    }
    name
}

fn push_line(comment: &mut String, rest: &str) {
    let rest = rest.trim();
    if rest.is_empty() {
        comment.push_str("\n\n");
        return;
    }
    if !comment.is_empty() && !comment.ends_with('\n') {
        comment.push(' ');
    }
    comment.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::{Rustdoc, innermost};

    const FILE: &str = "
/// `POST /v3/things`: makes
/// a thing.
///
/// More of it.
#[derive(Clone)]
#[non_exhaustive]
pub struct CreateThing {
    /// The files,
    /// at most 3.
    #[serde(default)]
    pub files: Option<Vec<ThingFile>>,
    /// The kind.
    pub r#type: ThingKind,
}

impl Operation for CreateThing {
    type Response = Page<Thing>;
}

/// What it is.
pub enum ThingKind {
    /// A round one.
    VeryRound(RoundThing),
    /// One with corners.
    Square {
        /// How many.
        corners: u32,
    },
}
";

    fn read() -> Rustdoc {
        let mut rustdoc = Rustdoc::default();
        rustdoc.add(FILE);
        rustdoc
    }

    #[test]
    fn comments_are_found_by_type_and_field() {
        let rustdoc = read();
        assert_eq!(
            rustdoc.summary("CreateThing"),
            "`POST /v3/things`: makes a thing."
        );
        let files = rustdoc.member("CreateThing", "files").unwrap();
        assert_eq!(
            (files.doc.as_str(), files.type_name.as_str()),
            ("The files, at most 3.", "ThingFile")
        );
        assert_eq!(
            rustdoc.member("CreateThing", "type").unwrap().type_name,
            "ThingKind"
        );
        assert_eq!(rustdoc.response("CreateThing"), Some("Thing"));
        assert!(rustdoc.member("CreateThing", "nothing").is_none());
    }

    #[test]
    fn variants_are_found_by_their_tag() {
        let rustdoc = read();
        let round = rustdoc.member("ThingKind", "very_round").unwrap();
        assert_eq!(
            (round.doc.as_str(), round.type_name.as_str()),
            ("A round one.", "RoundThing")
        );
        assert_eq!(rustdoc.member("ThingKind", "square").unwrap().type_name, "");
        assert_eq!(
            rustdoc.member("ThingKind", "corners").unwrap().doc,
            "How many."
        );
    }

    #[test]
    fn holders_are_stripped() {
        assert_eq!(innermost("Option<Vec<Clip>>"), "Clip");
        assert_eq!(
            innermost("BTreeMap<String, TemplateVariable>"),
            "TemplateVariable"
        );
        assert_eq!(innermost("Page<StatusEntry<AssetId>>"), "StatusEntry");
    }
}
