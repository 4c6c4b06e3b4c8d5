//! What each operation says of itself is what the table says of it.

use std::{collections::BTreeSet, fs, path::Path};

use heygen_types::{BodyEncoding, Envelope, Operation};
use serde_json::Value;

use crate::{
    operations::{self, Entry},
    table::{Table, is_required, names},
};

#[test]
fn every_operation_of_the_table_has_a_type_and_the_reverse() {
    let table = Table::read();
    let in_table: BTreeSet<&str> = table
        .endpoints()
        .iter()
        .filter_map(|endpoint| endpoint["id"].as_str())
        .collect();
    let entries = operations::all();
    let typed: BTreeSet<&str> = entries.iter().map(|entry| entry.id).collect();
    assert_eq!(in_table, typed);
    assert_eq!(typed.len(), 116);
    assert_eq!(entries.len(), typed.len(), "an operation is listed twice");
}

#[test]
fn the_macro_names_every_operation() {
    macro_rules! ids {
        ($($operation:ty),+ $(,)?) => { vec![$(<$operation as Operation>::ID),+] };
    }
    let named = heygen_types::for_each_operation!(ids);
    let entries = operations::all();
    let typed: BTreeSet<&str> = entries.iter().map(|entry| entry.id).collect();
    assert_eq!(named.len(), typed.len());
    assert_eq!(BTreeSet::from_iter(named), typed);
}

#[test]
fn every_operation_of_the_source_is_tested_here() {
    let tested: BTreeSet<String> = operations::all()
        .iter()
        .map(|entry| entry.id.to_owned())
        .collect();
    let mut declared = BTreeSet::new();
    collect_ids(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut declared,
    );
    assert_eq!(declared, tested);
}

/// Collects the `ID` of every operation that a source file implements.
fn collect_ids(folder: &Path, ids: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_ids(&path, ids);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let declarations = text.split("const ID: &'static str = \"").skip(1);
        ids.extend(declarations.map(|rest| rest.split('"').next().unwrap().to_owned()));
    }
}

fn for_each(check: impl Fn(&Entry, &Value)) {
    let table = Table::read();
    for entry in operations::all() {
        check(&entry, table.endpoint(entry.id));
    }
}

#[test]
fn methods_paths_and_statuses_agree() {
    for_each(|entry, endpoint| {
        assert_eq!(endpoint["method"], entry.method, "{}", entry.id);
        assert_eq!(endpoint["path"], entry.path, "{}", entry.id);
        assert_eq!(endpoint["response"]["status"], entry.status, "{}", entry.id);
    });
}

#[test]
fn envelopes_and_encodings_agree() {
    for_each(|entry, endpoint| {
        let envelope = match entry.envelope {
            Envelope::Data => "data",
            Envelope::List => "list",
            Envelope::Stream => "stream",
            other => panic!("{other:?}"),
        };
        assert_eq!(endpoint["response"]["envelope"], envelope, "{}", entry.id);
        let encoding = match entry.encoding {
            BodyEncoding::None => "none",
            BodyEncoding::Json => "json",
            BodyEncoding::Multipart => "multipart",
            other => panic!("{other:?}"),
        };
        assert_eq!(endpoint["body"]["encoding"], encoding, "{}", entry.id);
    });
}

#[test]
fn idempotency_keys_are_declared_where_the_table_declares_them() {
    for_each(|entry, endpoint| {
        let declared = endpoint["idempotency_key"].as_bool().unwrap_or(false);
        assert_eq!(declared, entry.idempotency_key, "{}", entry.id);
    });
}

#[test]
fn a_key_stands_in_the_body_where_the_note_of_a_field_says_so() {
    for_each(|entry, endpoint| {
        let said = |field: &&Value| {
            let note = field["note"].as_str().unwrap_or_default();
            note.contains("the only idempotency mechanism")
        };
        let fields = endpoint["body"]["fields"].as_array();
        let field = fields.into_iter().flatten().find(said);
        let name = field.and_then(|field| field["name"].as_str());
        assert_eq!(entry.body_key, name, "{}", entry.id);
    });
}

#[test]
fn path_parameters_are_filled_in() {
    for_each(|entry, endpoint| {
        let params = endpoint["path_params"].as_array().unwrap();
        for request in [&entry.minimal, &entry.maximal] {
            assert_eq!(params.len(), request.path_params, "{}", entry.id);
            assert!(!request.path.contains('{'), "{}", request.path);
            assert_eq!(
                request.path.matches('/').count(),
                entry.path.matches('/').count()
            );
        }
        for param in params {
            let place = format!("{{{}}}", param["name"].as_str().unwrap());
            assert!(entry.path.contains(&place), "{} lacks {place}", entry.path);
        }
    });
}

#[test]
fn queries_name_what_the_table_names() {
    for_each(|entry, endpoint| {
        let described = endpoint["query"].as_array().unwrap();
        let sent = |query: &[(&'static str, String)]| {
            let mut sent: Vec<&str> = query.iter().map(|(name, _)| *name).collect();
            sent.sort_unstable();
            sent
        };
        assert_eq!(names(described), sent(&entry.maximal.query), "{}", entry.id);
        let required = described.iter().filter(|field| is_required(field));
        assert_eq!(names(required), sent(&entry.minimal.query), "{}", entry.id);
    });
}

#[test]
fn the_largest_requests_are_within_their_own_limits() {
    // Some fields exclude each other, so that no valid request has them all.
    const EXCLUSIVE: [&str; 3] = ["avatars.consent", "videos.batches.create", "videos.create"];
    for entry in operations::all() {
        let is_exclusive = EXCLUSIVE.contains(&entry.id);
        assert_eq!(entry.maximal.is_valid, !is_exclusive, "{}", entry.id);
    }
}
