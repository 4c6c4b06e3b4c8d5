//! What the table has to agree on with itself, beyond what its schema says.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::{
    table::{ByHand, FILE, Group, Operation, Schema, Table},
    types::Catalog,
};

/// Fails with every disagreement, each with its place.
pub(super) fn check(table: &Table) -> Result<()> {
    let catalog = Catalog::new(table)?;
    let mut checker = Checker {
        catalog: &catalog,
        problems: Vec::new(),
    };
    for module in &table.modules {
        checker.sentence(&module.name, &module.doc);
    }
    for group in &table.groups {
        checker.group(group);
    }
    for group in &table.command_groups {
        checker.sentence(&group.name, &group.doc);
        let prefix = format!("{}.", group.name);
        if !table.operations.iter().any(|it| it.id.starts_with(&prefix)) {
            checker.problem(&group.name, "no operation is in this group");
        }
    }
    checker.calls();
    for id in &table.ids {
        checker.sentence(&id.rust, &id.doc);
    }
    for listed in &table.enums {
        checker.sentence(&listed.rust, &listed.doc);
        for value in &listed.values {
            checker.sentence(&format!("{}: {}", listed.rust, value.value), &value.doc);
        }
    }
    for union in &table.unions {
        for variant in &union.variants {
            checker.sentence(&format!("{}: {}", union.rust, variant.value), &variant.doc);
        }
    }
    for operation in &table.operations {
        checker.operation(operation);
    }
    for (name, object) in &table.types {
        checker.schema(name, object);
    }
    for object in &catalog.objects {
        checker.definition(object.rust, object.doc, object.schema);
    }
    if checker.problems.is_empty() {
        return Ok(());
    }
    bail!("{FILE}:\n  {}", checker.problems.join("\n  "))
}

/// The patterns that `table/check.rs` in `heygen-types` checks, which has no regular expressions.
const PATTERNS: [&str; 2] = ["^#[0-9a-fA-F]{6}$", r"^\S+$"];

struct Checker<'a> {
    catalog: &'a Catalog<'a>,
    problems: Vec<String>,
}

impl Checker<'_> {
    fn problem(&mut self, place: &str, problem: &str) {
        self.problems.push(format!("{place}: {problem}"));
    }

    /// Checks a text for people.
    fn sentence(&mut self, place: &str, text: &str) {
        if !text.ends_with('.') {
            self.problem(place, "`doc` does not end with a full stop");
        }
    }

    /// Checks a group of `heygen-client`.
    fn group(&mut self, group: &Group) {
        self.sentence(&group.name, &group.doc);
        if let Some(note) = &group.wait_note {
            self.sentence(&group.name, note);
        }
        let table = self.catalog.table;
        if let Some((parent, _)) = group.parent()
            && !table.groups.iter().any(|other| other.name == parent)
        {
            self.problem(&group.name, &format!("`groups` has no {parent}"));
        }
        let is_empty = !table.groups.iter().any(|other| {
            let parent = other.parent();
            parent.is_some_and(|(parent, _)| parent == group.name)
        });
        let has_call = |operation: &Operation| operation.call().0 == group.name;
        if is_empty && !table.operations.iter().any(has_call) {
            self.problem(&group.name, "no operation is in this group");
        }
    }

    /// Checks that every operation has a method of its own in a group that exists.
    fn calls(&mut self) {
        let table = self.catalog.table;
        let mut taken: BTreeSet<String> = table
            .groups
            .iter()
            .map(|group| group.name.clone())
            .collect();
        for operation in &table.operations {
            let (group, method) = operation.call();
            if !table.groups.iter().any(|known| known.name == group) {
                self.problem(&operation.id, &format!("`groups` has no {group}"));
            }
            let call = format!("{group}.{method}");
            if !taken.insert(call.clone()) {
                self.problem(&operation.id, &format!("{call} is taken: set `client`"));
            }
        }
    }

    fn operation(&mut self, operation: &Operation) {
        let id = &operation.id;
        if let Some(starts) = &operation.starts
            && !self
                .catalog
                .table
                .operations
                .iter()
                .any(|it| it.id == starts.job)
        {
            let problem = format!("`starts` names {}, which is no operation", starts.job);
            self.problem(id, &problem);
        }
        self.sentence(id, &operation.doc);
        let in_path: Vec<&str> = operation
            .path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split('}').next())
            .collect();
        let params: Vec<&str> = operation
            .path_params
            .iter()
            .map(|param| param.name.as_str())
            .collect();
        if in_path != params {
            self.problem(
                id,
                &format!("the path has {in_path:?}, `path_params` {params:?}"),
            );
        }
        if operation.paginated && !operation.query.iter().any(|param| param.name == "token") {
            self.problem(id, "is paginated, but `query` has no token");
        }
        let envelope = operation.response.envelope.as_deref().unwrap_or_default();
        if !["data", "list", "stream"].contains(&envelope) {
            self.problem(id, &format!("there is no envelope {envelope:?}"));
        }
        if operation.is_stream() && operation.response.union.is_empty() {
            self.problem(id, "has the envelope `stream`, but no union of events");
        }
        if let Some(key) = &operation.body_key {
            let mut fields = self.catalog.body(operation).fields.iter().flatten();
            if !fields.any(|field| field.name == *key) {
                self.problem(
                    id,
                    &format!("`body_key` names {key}, which the body does not have"),
                );
            }
        }
        for param in operation.path_params.iter().chain(&operation.query) {
            let place = format!("{id}.{}", param.name);
            self.sentence(&place, param.doc.as_deref().unwrap_or_default());
            self.schema(&place, param);
        }
        if operation.is_body() {
            self.texts(id, self.catalog.body(operation));
        }
        self.schema(id, &operation.body);
        self.schema(&format!("{id} (answer)"), &operation.response);
    }

    /// Checks what a definition of a type has to have.
    fn definition(&mut self, rust: &str, doc: &str, schema: &Schema) {
        self.sentence(rust, doc);
        self.texts(rust, schema);
    }

    fn texts(&mut self, place: &str, schema: &Schema) {
        let has_tag = schema.tag_value.is_some() || !schema.tag_values.is_empty();
        for field in schema.fields.iter().flatten() {
            let text = field.doc.as_deref();
            if text.is_some() || !has_tag {
                let place = format!("{place}.{}", field.name);
                self.sentence(&place, text.unwrap_or_default());
            }
        }
    }

    /// Checks what a field says of the files that it takes.
    fn files(&mut self, place: &str, schema: &Schema) {
        let value = schema.items.as_deref().unwrap_or(schema);
        let is_file = matches!(value.rust.as_deref(), Some("AssetInput" | "AssetLink"));
        // The id of an asset may say of which kind the asset has to be.
        let is_id = value.rust.as_deref() == Some("AssetId");
        if is_file == schema.takes.is_empty() && !is_id {
            let problem = if is_file {
                "takes files, but `takes` is empty"
            } else {
                "has `takes`, but takes no files"
            };
            self.problem(place, problem);
        }
        if is_file && schema.items.is_some() && schema.singular.is_none() {
            self.problem(place, "is a list of files without `singular`");
        }
    }

    /// Checks a schema and all that it holds.
    fn schema(&mut self, place: &str, schema: &Schema) {
        let table = self.catalog.table;
        if !schema.name.is_empty() {
            self.files(place, schema);
        }
        if let Some(name) = &schema.reference
            && !table.types.contains_key(name)
        {
            self.problem(place, &format!("`types` has no {name}"));
        }
        if let Some(rust) = &schema.rust {
            self.id(place, rust);
            if let Some(listed) = table.enums.iter().find(|listed| listed.rust == *rust) {
                let known: BTreeSet<&str> = listed
                    .values
                    .iter()
                    .map(|value| value.value.as_str())
                    .collect();
                for value in &schema.r#enum {
                    if !known.contains(value.as_str()) {
                        self.problem(place, &format!("{rust} has no value {value}"));
                    }
                }
            }
            if !schema.union.is_empty() {
                self.union(place, rust, schema);
            }
            if let Some(object) = self.catalog.object(rust)
                && schema.fields.is_some()
                && !object.schema.by_hand.contains(&ByHand::Type)
            {
                self.same_fields(place, rust, schema, object.schema);
            }
        } else if !schema.r#enum.is_empty() {
            self.problem(place, "has `enum`, but no open enum in `rust`");
        }
        let text = schema.doc.as_deref().unwrap_or_default();
        if schema.deprecated && !text.contains("Deprecated.") {
            self.problem(place, "is deprecated, but `doc` does not say so");
        }
        if let Some(pattern) = &schema.pattern
            && !PATTERNS.contains(&pattern.as_str())
        {
            self.problem(place, &format!("nothing checks the pattern {pattern}"));
        }
        for inner in schema.inner() {
            let place = if inner.name.is_empty() {
                format!("{place}[]")
            } else {
                format!("{place}.{}", inner.name)
            };
            self.schema(&place, inner);
        }
    }

    /// Checks that a type of ids is listed.
    fn id(&mut self, place: &str, rust: &str) {
        let inner = rust.rsplit('<').next().unwrap_or(rust);
        let inner = inner.trim_end_matches('>');
        let table = self.catalog.table;
        if inner.ends_with("Id") && !table.ids.iter().any(|id| id.rust == inner) {
            self.problem(place, &format!("`ids` has no {inner}"));
        }
    }

    fn union(&mut self, place: &str, rust: &str, schema: &Schema) {
        let Some(union) = self.catalog.union(rust) else {
            return;
        };
        let here: BTreeSet<&str> = schema.union.iter().map(String::as_str).collect();
        let there: BTreeSet<&str> = union.variants.iter().map(|it| it.r#type.as_str()).collect();
        let unknown: Vec<&&str> = here
            .difference(&there)
            .filter(|name| {
                let object = self.catalog.table.types.get(**name);
                // What stands for every other value of the tag is kept unread.
                object.is_none_or(|object| object.rust.is_some())
            })
            .collect();
        let missing: Vec<&&str> = there.difference(&here).collect();
        if !unknown.is_empty() || !missing.is_empty() {
            self.problem(
                place,
                &format!("{rust} in `unions` lacks {unknown:?} and has {missing:?} besides"),
            );
        }
    }

    fn same_fields(&mut self, place: &str, rust: &str, one: &Schema, other: &Schema) {
        let names = |schema: &Schema| -> Vec<String> {
            let fields = schema.fields.iter().flatten();
            fields.map(|field| field.name.clone()).collect()
        };
        if names(one) != names(other) {
            self.problem(
                place,
                &format!("{rust} has other fields here than where it is defined"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{super::table::Table, check};

    const TABLE: &str = include_str!("../../../crates/heygen-types/api/operations.json");

    /// Checks the real table with one value changed; an operation or a type is found by its name.
    fn check_with(section: &str, name: &str, pointer: &str, value: Value) -> String {
        let mut table: Value = serde_json::from_str(TABLE).unwrap();
        let entry = match &mut table[section] {
            Value::Array(entries) => entries
                .iter_mut()
                .find(|entry| entry["id"] == name || entry["name"] == name),
            object => object.get_mut(name),
        };
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let parent = entry.unwrap().pointer_mut(parent).unwrap();
        match parent {
            Value::Array(items) => items[key.parse::<usize>().unwrap()] = value,
            parent => parent[key] = value,
        }
        let table = Table::parse(&table.to_string()).unwrap();
        check(&table).map_or_else(|error| format!("{error:#}"), |()| String::new())
    }

    #[test]
    fn table_agrees_with_itself() {
        let table = Table::parse(TABLE).unwrap();
        check(&table).unwrap();
    }

    #[test]
    fn disagreements_are_found_with_their_places() {
        for (section, name, pointer, value, wanted) in [
            (
                "operations",
                "videos.get",
                "/path",
                json!("/v3/videos/{id}"),
                r#"videos.get: the path has ["id"], `path_params` ["video_id"]"#,
            ),
            (
                "operations",
                "videos.get",
                "/doc",
                json!("one video"),
                "videos.get: `doc` does not end with a full stop",
            ),
            (
                "operations",
                "videos.list",
                "/query",
                json!([]),
                "videos.list: is paginated, but `query` has no token",
            ),
            (
                "operations",
                "videos.get",
                "/client",
                json!("films.get"),
                "videos.get: `groups` has no films",
            ),
            (
                "operations",
                "videos.get",
                "/client",
                json!("videos.delete"),
                "videos.get: videos.delete is taken: set `client`",
            ),
            (
                "operations",
                "videos.get",
                "/client",
                json!("videos.batches"),
                "videos.get: videos.batches is taken: set `client`",
            ),
            (
                "operations",
                "videos.create",
                "/starts/job",
                json!("films.get"),
                "videos.create: `starts` names films.get, which is no operation",
            ),
            (
                "groups",
                "videos.batches",
                "/name",
                json!("films.batches"),
                "films.batches: `groups` has no films",
            ),
            (
                "groups",
                "folders",
                "/name",
                json!("trays"),
                "trays: no operation is in this group",
            ),
            (
                "command_groups",
                "models.audio.tts",
                "/name",
                json!("models.audio.stt"),
                "models.audio.stt: no operation is in this group",
            ),
            (
                "operations",
                "video_agents.create",
                "/body/fields/5/singular",
                Value::Null,
                "video_agents.create.files: is a list of files without `singular`",
            ),
            (
                "operations",
                "voices.clone",
                "/body/fields/0/takes",
                json!([]),
                "voices.clone.audio: takes files, but `takes` is empty",
            ),
            (
                "operations",
                "voices.clone",
                "/body/fields/1/takes",
                json!(["audio"]),
                "voices.clone.voice_name: has `takes`, but takes no files",
            ),
            (
                "types",
                "clip_settings",
                "/fields/0/enum",
                json!(["round"]),
                "clip_settings.aspect_ratio: ClipAspectRatio has no value round",
            ),
            (
                "types",
                "clip_settings",
                "/fields/0/rust",
                Value::Null,
                "clip_settings.aspect_ratio: has `enum`, but no open enum in `rust`",
            ),
            (
                "operations",
                "videos.get",
                "/path_params/0/rust",
                json!("FilmId"),
                "videos.get.video_id: `ids` has no FilmId",
            ),
            (
                "types",
                "clip_settings",
                "/fields/2/doc",
                Value::Null,
                "ClipSettings.captions: `doc` does not end with a full stop",
            ),
            (
                "types",
                "clip_settings",
                "/fields/0/pattern",
                json!("^a+$"),
                "clip_settings.aspect_ratio: nothing checks the pattern ^a+$",
            ),
            (
                "types",
                "lipsync_request",
                "/fields/0/deprecated",
                json!(true),
                "lipsync_request.audio: is deprecated, but `doc` does not say so",
            ),
            (
                "types",
                "clipping_job",
                "/module",
                json!("clips"),
                "ClippingJob is in the module \"clips\", which `modules` does not list",
            ),
        ] {
            let error = check_with(section, name, pointer, value);
            assert!(error.contains(wanted), "{error}\n{wanted}");
        }
    }
}
