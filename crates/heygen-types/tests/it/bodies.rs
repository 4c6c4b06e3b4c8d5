//! Described bodies are read and written again, and are as strict as the API is.

use heygen_types::BodyEncoding;
use serde_json::{Value, json};

use crate::{
    operations::{self, Entry},
    table::{Extent, Table, fields, is_required, name, tag_of},
};

/// Calls back with every operation that has a JSON body, and the description of that body.
fn for_each_body(check: impl Fn(&Table, &Entry, &Value)) {
    let table = Table::read();
    let entries = operations::all();
    let with_body = entries
        .iter()
        .filter(|entry| entry.encoding == BodyEncoding::Json);
    for entry in with_body {
        check(&table, entry, &table.endpoint(entry.id)["body"]);
    }
}

#[test]
fn described_bodies_are_read_and_survive() {
    for_each_body(|table, entry, described| {
        for extent in [Extent::Minimal, Extent::Maximal] {
            for body in table.examples(described, extent) {
                let again = (entry.body)(body.clone()).unwrap();
                assert_eq!(again, body, "{}", entry.id);
            }
        }
    });
}

/// Types that stand in answers, too: there an unknown field must not stop the reading.
const SHARED: [&str; 8] = [
    "body_text",
    "color_roles",
    "do_not_translate_terms",
    "font_roles",
    "forced_translations",
    "logo_roles",
    "output_settings",
    "title_text",
];

/// Finds the objects inside a body, each with its place and whether it refuses unknown fields.
fn inner_objects(table: &Table, body: &Value, described: &Value) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let chosen = table
        .objects(described)
        .into_iter()
        .find(|object| object["tag_value"].is_null() || Some(&object["tag_value"]) == tag_of(body));
    for field in chosen.map(fields).unwrap_or_default() {
        let place = format!("/{}", name(field));
        let Some(value) = body.get(name(field)) else {
            continue;
        };
        let values: Vec<(String, &Value, &Value)> = match value {
            Value::Array(items) => items
                .iter()
                .enumerate()
                .map(|(index, item)| (format!("{place}/{index}"), item, &field["items"]))
                .collect(),
            Value::Object(_) if field["type"] != "map" => vec![(place, value, field)],
            _ => Vec::new(),
        };
        for (place, value, described) in values.into_iter().filter(|(_, v, _)| v.is_object()) {
            let objects = table.objects(described);
            let is_strict = objects.iter().all(|object| object["strict"] == true)
                && !SHARED.contains(&name(field));
            for (rest, is_strict) in inner_objects(table, value, described) {
                found.push((format!("{place}{rest}"), is_strict));
            }
            found.push((place, is_strict));
        }
    }
    found
}

#[test]
fn strict_bodies_refuse_unknown_fields_and_open_ones_do_not() {
    for_each_body(|table, entry, described| {
        for (object, body) in table
            .objects(described)
            .into_iter()
            .zip(table.examples(described, Extent::Maximal))
        {
            let mut stranger = body.clone();
            stranger["unknown_field"] = json!(1);
            let is_strict = object["strict"] == true;
            assert_eq!((entry.body)(stranger).is_err(), is_strict, "{}", entry.id);

            for (place, is_strict) in inner_objects(table, &body, described) {
                let mut stranger = body.clone();
                stranger.pointer_mut(&place).unwrap()["unknown_field"] = json!(1);
                let refused = (entry.body)(stranger).is_err();
                assert_eq!(refused, is_strict, "{} {place}", entry.id);
            }
        }
    });
}

#[test]
fn a_body_without_a_required_field_is_refused() {
    for_each_body(|table, entry, described| {
        for field in fields(described).iter().filter(|field| is_required(field)) {
            for mut body in table.examples(described, Extent::Maximal) {
                body.as_object_mut().unwrap().remove(name(field));
                assert!((entry.body)(body).is_err(), "{} {}", entry.id, name(field));
            }
        }
    });
}

#[test]
fn null_stands_for_an_absent_field_where_the_api_takes_it() {
    for_each_body(|table, entry, described| {
        for field in fields(described)
            .iter()
            .filter(|field| field["nullable"] == true)
        {
            for mut body in table.examples(described, Extent::Maximal) {
                body[name(field)] = Value::Null;
                let again = (entry.body)(body).unwrap();
                // A list of events that is null means all events, an absent one no change.
                let keeps_null = (entry.id, name(field)) == ("webhooks.endpoints.update", "events");
                let expected = keeps_null.then_some(&Value::Null);
                assert_eq!(again.get(name(field)), expected, "{}", entry.id);
            }
        }
    });
}
