//! The body of a request: what was given whole, what flags say, and the files in it.

mod files;
mod missing;

use std::{collections::BTreeMap, path::PathBuf};

use clap::ArgMatches;
use heygen_types::{
    Json, Url,
    table::{OperationEntry, Schema, Strictness, Table, Violation},
};

use super::{
    convert,
    flags::{self, Flag, Target},
    run::flag,
    shape::kebab,
    typed,
    verb::ids,
};
use crate::failure::Failure;

/// A body that was checked, and what has to be done before it can be sent.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) json: Json,
    pub(super) files: Vec<LocalFile>,
    /// What HeyGen will fetch.
    pub(super) urls: Vec<Url>,
}

/// A local file that a body refers to.
#[derive(Debug)]
pub(super) struct LocalFile {
    pub(super) path: PathBuf,
    /// Where its reference, or its id, belongs.
    pub(super) place: Vec<Key>,
    pub(super) form: FileForm,
}

/// What stands in the body for a local file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FileForm {
    /// An object that refers to the uploaded asset.
    Reference,
    /// Its id alone.
    Id,
    /// An object with the bytes.
    Inline,
}

/// One step into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Member(String),
    Item(usize),
}

/// Reads the body of an operation and checks it. Nothing is sent, and no local file is opened.
pub(super) fn read(
    table: &'static Table,
    operation: &'static OperationEntry,
    matches: &ArgMatches,
) -> Result<Body, Failure> {
    let flags = flags::of_body(table, operation);
    let whole = matches.get_one::<String>(ids::DATA);
    let mut members = match whole.map(|text| convert::body(text)).transpose()? {
        Some(Json::Object(members)) => members,
        _ => BTreeMap::new(),
    };
    let tag = operation
        .body
        .tag
        .as_deref()
        .filter(|_| flags::is_union(operation));
    let variant = match tag {
        Some(tag) => Some(choose(tag, operation, matches, &mut members)?),
        None => None,
    };
    let mut body = Draft {
        json: Json::Null,
        inline: flag(matches, ids::INLINE),
        files: Vec::new(),
        urls: Vec::new(),
        given: Vec::new(),
    };
    let mut later = Vec::new();
    for flag in &flags {
        let Some(values) = matches.get_many::<String>(&flag.id()) else {
            continue;
        };
        let values: Vec<&str> = values.map(String::as_str).collect();
        let Some(form) = flag.form(variant.as_deref()) else {
            return Err(stranger(flag, variant.as_deref()));
        };
        body.given.push((flag.field, flag.long.clone()));
        match form.target {
            Target::Field => {
                members.insert(
                    flag.field.to_owned(),
                    convert::convert(flag, form, &values)?,
                );
            }
            target => later.push((target, flag, values)),
        }
    }
    if whole.is_none() {
        add_defaults(table, operation, variant.as_deref(), &mut members);
    }
    for (target, flag, values) in later {
        body.add_convenience(&mut members, target, flag, &values)?;
    }
    body.json = Json::Object(members);
    let object = object(table, operation, variant.as_deref());
    missing::check(object, tag, &flags, &body.json)?;
    body.find_files(table, &operation.body)?;
    let strictness = Strictness::default().allow_unknown_values();
    table
        .check(&operation.body, &body.json, strictness)
        .map_err(|violation| body.refuse(&violation))?;
    typed::check(&operation.id, &body.json).map_err(|problem| {
        let place = body.place(problem.field());
        invalid(format!("{place} {}", problem.problem()))
    })?;
    Ok(Body {
        json: body.json,
        files: body.files,
        urls: body.urls,
    })
}

/// A body that is being put together.
struct Draft {
    json: Json,
    inline: bool,
    files: Vec<LocalFile>,
    urls: Vec<Url>,
    /// The fields that flags set, and the flags.
    given: Vec<(&'static str, String)>,
}

impl Draft {
    fn refuse(&self, violation: &Violation) -> Failure {
        let place = self.place(violation.path());
        invalid(format!("{place} {}", violation.problem()))
    }

    /// Names a place in the body, by its flag where one set it.
    fn place(&self, path: &str) -> String {
        if path.is_empty() {
            return "the body:".to_owned();
        }
        let root = path.split(['.', '[']).next().unwrap_or(path);
        match self.given.iter().find(|(field, _)| *field == root) {
            Some((_, flag)) if path == root => format!("--{flag}"),
            Some((_, flag)) => format!("--{flag} ({path})"),
            None => path.to_owned(),
        }
    }
}

fn invalid(problem: String) -> Failure {
    Failure::usage(
        format!("{problem}; nothing was sent"),
        "change what is named; --help shows the flags, --request-schema the whole body",
    )
}

/// Finds out which object of the union the body is to be.
fn choose(
    tag: &str,
    operation: &OperationEntry,
    matches: &ArgMatches,
    members: &mut BTreeMap<String, Json>,
) -> Result<String, Failure> {
    if let Some(given) = matches.get_one::<String>(ids::TYPE) {
        members.insert(tag.to_owned(), Json::String(given.clone()));
        return Ok(given.clone());
    }
    match members.get(tag) {
        Some(Json::String(told)) => Ok(told.clone()),
        _ => {
            let names = operation.body.union.iter();
            let names: Vec<&str> = names.filter_map(|name| name.rsplit('.').next()).collect();
            Err(Failure::usage(
                format!("--{} is missing; nothing was sent", kebab(tag)),
                format!("add --{} with one of {}", kebab(tag), names.join(", ")),
            ))
        }
    }
}

fn stranger(flag: &Flag, variant: Option<&str>) -> Failure {
    Failure::usage(
        format!(
            "--{} does not belong to --type {}; nothing was sent",
            flag.long,
            variant.unwrap_or_default()
        ),
        format!(
            "leave it out, or use --type {}",
            flag.variants().join(" or ")
        ),
    )
}

/// Returns the object that the body is to be.
fn object(
    table: &'static Table,
    operation: &'static OperationEntry,
    variant: Option<&str>,
) -> &'static Schema {
    let objects = table.objects(&operation.body);
    let chosen = objects
        .iter()
        .find(|object| variant.is_none_or(|variant| object.has_tag(variant)));
    // An unknown variant is refused with the rest of the body.
    chosen.copied().unwrap_or(&operation.body)
}

/// Adds what a command line is asked to send where nothing was said.
fn add_defaults(
    table: &'static Table,
    operation: &'static OperationEntry,
    variant: Option<&str>,
    members: &mut BTreeMap<String, Json>,
) {
    for field in &object(table, operation, variant).fields {
        if let Some(default) = &field.cli_default {
            members
                .entry(field.name.clone())
                .or_insert_with(|| default.clone());
        }
    }
}
