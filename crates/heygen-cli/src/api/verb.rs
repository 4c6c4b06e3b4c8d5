//! The command of one operation.

mod common;
mod fields;

use clap::Command;
use heygen_types::{BodyEncoding, table::OperationEntry};

use super::{
    describe, examples,
    flags::{self, Flag},
    shape::{Kind, Shape, kebab},
};
use crate::args::HELP_TEMPLATE;

pub(super) use fields::id;
use fields::value_name;

/// The names under which the parser knows what belongs to every command of its sort.
pub(super) mod ids {
    pub(in crate::api) const TYPE: &str = "body type";
    pub(in crate::api) const DATA: &str = "data";
    pub(in crate::api) const INLINE: &str = "inline";
    pub(in crate::api) const FRESH: &str = "fresh";
    pub(in crate::api) const NO_JOURNAL: &str = "no journal";
    pub(in crate::api) const ALL: &str = "all";
    pub(in crate::api) const WAIT: &str = "wait";
    pub(in crate::api) const WAIT_TIMEOUT: &str = "wait timeout";
    pub(in crate::api) const YES: &str = "yes";
    pub(in crate::api) const KEY: &str = "idempotency key";
    pub(in crate::api) const OUT: &str = "out";
    pub(in crate::api) const FORCE: &str = "force";
    pub(in crate::api) const REQUEST_SCHEMA: &str = "request schema";
    pub(in crate::api) const RESPONSE_SCHEMA: &str = "response schema";
}

/// Makes the command of an operation.
pub(super) fn command(operation: &'static OperationEntry) -> Command {
    let verb = operation.id.as_str().rsplit('.').next().unwrap_or_default();
    let flags = flags::of_body(operation);
    let mut command = Command::new(kebab(verb))
        .about(describe::summary(operation))
        .before_help(examples::of(operation, &flags))
        .after_help(notes(operation, &flags))
        .override_usage(usage(operation, &flags))
        .help_template(HELP_TEMPLATE);
    let schemas = match operation.encoding {
        BodyEncoding::Json => &[ids::RESPONSE_SCHEMA, ids::REQUEST_SCHEMA][..],
        _ => &[ids::RESPONSE_SCHEMA],
    };
    for parameter in operation.path_params {
        command = command.arg(fields::positional(parameter, schemas));
    }
    if let Some(tag) = flags::union_tag(operation) {
        command = command.arg(fields::variant(operation, tag));
    }
    for flag in &flags {
        command = command.arg(fields::of_body(operation, flag));
    }
    for parameter in operation.query {
        command = command.arg(fields::of_query(parameter));
    }
    command.args(common::common(operation, &flags))
}

/// Writes what cannot be left out. That a schema can be asked for without it is no usage.
fn usage(operation: &OperationEntry, flags: &[Flag]) -> String {
    let mut usage = format!("heygen-rs {}", examples::words(operation));
    for parameter in operation.path_params {
        usage = format!("{usage} <{}>", parameter.to_uppercase());
    }
    for parameter in operation
        .query
        .iter()
        .filter(|parameter| parameter.required)
    {
        let value = value_name(Shape::of(parameter), parameter.name);
        usage = format!("{usage} --{} <{value}>", kebab(parameter.name));
    }
    if let Some(tag) = flags::union_tag(operation) {
        usage = format!("{usage} --{} <{}>", kebab(tag), tag.to_uppercase());
    }
    for flag in flags.iter().filter(|flag| flag.is_required()) {
        let value = value_name(flag.forms[0].shape, &flag.long);
        usage = format!("{usage} --{} <{value}>", flag.long);
    }
    format!("{usage} [OPTIONS]")
}

fn notes(operation: &OperationEntry, flags: &[Flag]) -> String {
    let mut notes = vec![format!("{} {}", operation.method.as_str(), operation.path)];
    if flags
        .iter()
        .any(|flag| flag.forms[0].shape.kind == Kind::File)
    {
        notes.push(FILES.to_owned());
    }
    if operation.beta {
        notes.push("Beta: the operation may change at short notice.".to_owned());
    }
    notes.extend(describe::details(operation));
    notes.join("\n")
}

const FILES: &str = "\
A FILE that exists is uploaded first, several at once. An https URL is fetched by HeyGen, at
most 32 MB. Any other word without dots and slashes is an asset id. file:PATH is a file whatever
its name looks like, base64:PATH one that is sent inside the request. In -d, too, a path can
stand in place of a reference to a file.";
