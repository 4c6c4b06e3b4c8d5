//! Bodies that are one of several objects.

use std::collections::BTreeMap;

use clap::ArgMatches;
use heygen_types::{
    Json,
    table::{OperationEntry, Schema},
};

use crate::{
    api::{flags::Flag, shape::kebab, verb::ids},
    escape,
    failure::Failure,
};

/// Finds out which object of the union the body is to be.
pub(super) fn choose(
    tag: &str,
    operation: &OperationEntry,
    matches: &ArgMatches,
    members: &mut BTreeMap<String, Json>,
) -> Result<String, Failure> {
    if let Some(given) = matches.get_one::<String>(ids::TYPE) {
        if let Some(told) = members.get(tag).and_then(Json::as_str)
            && told != given
        {
            return Err(Failure::usage(
                format!(
                    "--{} {given} and {tag} {} in -d contradict each other; nothing was sent",
                    kebab(tag),
                    escape::message(told)
                ),
                "leave one of them out",
            ));
        }
        members.insert(tag.to_owned(), Json::String(given.clone()));
        return Ok(given.clone());
    }
    match members.get(tag) {
        Some(Json::String(told)) => Ok(told.clone()),
        _ => {
            let objects = operation.body.union.iter();
            let names = objects.filter_map(|object| object.tag_value);
            let names: Vec<&str> = names.collect();
            Err(Failure::usage(
                format!("--{} is missing; nothing was sent", kebab(tag)),
                format!("add --{} with one of {}", kebab(tag), names.join(", ")),
            ))
        }
    }
}

/// Refuses a flag of another object than the chosen one.
pub(super) fn stranger(flag: &Flag, tag: &str, variant: Option<&str>) -> Failure {
    let tag = kebab(tag);
    Failure::usage(
        format!(
            "--{} does not belong to --{tag} {}; nothing was sent",
            flag.long,
            variant.unwrap_or_default()
        ),
        format!(
            "leave it out, or use --{tag} {}",
            flag.variants().join(" or ")
        ),
    )
}

/// Returns the object that the body is to be.
pub(super) fn object(operation: &'static OperationEntry, variant: Option<&str>) -> &'static Schema {
    let objects = operation.body.objects();
    let chosen = objects
        .iter()
        .find(|object| variant.is_none_or(|variant| object.has_tag(variant)));
    // An unknown variant is refused with the rest of the body.
    chosen.copied().unwrap_or(&operation.body)
}

/// Adds what a command line is asked to send where nothing was said.
pub(super) fn add_defaults(
    operation: &'static OperationEntry,
    variant: Option<&str>,
    members: &mut BTreeMap<String, Json>,
) {
    for field in object(operation, variant).fields {
        if let Some(default) = field.cli_default {
            members
                .entry(field.name.to_owned())
                .or_insert_with(|| Json::String(default.to_owned()));
        }
    }
}
