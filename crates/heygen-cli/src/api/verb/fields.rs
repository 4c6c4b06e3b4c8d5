//! The arguments that the table has: parameters of the path and the query, fields of the body.

use clap::{
    Arg, ArgAction, ValueHint,
    builder::{PossibleValuesParser, ValueParser},
};
use heygen_types::{
    ResourceId,
    table::{OperationEntry, Schema},
};

use super::ids;
use crate::api::{
    describe,
    flags::{self, Flag},
    shape::{Kind, Shape, kebab},
};

pub(super) fn positional(name: &str, schemas: &[&'static str]) -> Arg {
    Arg::new(format!("path {name}"))
        .value_name(name.to_uppercase())
        // It is shown in brackets, because a schema can be asked for without it.
        .help(format!("The {} [required]", name.replace('_', " ")))
        .required_unless_present_any(schemas.iter().copied())
        .value_parser(id)
}

pub(super) fn variant(operation: &'static OperationEntry, tag: &'static str) -> Arg {
    let objects = operation.body.objects();
    let values = objects.iter().filter_map(|object| object.tag_value);
    Arg::new(ids::TYPE)
        .long(kebab(tag))
        .value_name(tag.to_uppercase())
        .help("What to make; the other flags depend on it [required]")
        .value_parser(PossibleValuesParser::new(values))
}

pub(super) fn of_body(operation: &OperationEntry, flag: &Flag) -> Arg {
    let form = flag.forms[0];
    let kind = form.shape.kind;
    let mut help = match form.target {
        flags::Target::Field => describe::field(form.schema),
        flags::Target::Pair => format!("A file for {0}_asset_id or {0}_url", flag.field),
        flags::Target::Background => "An image for the background".to_owned(),
    };
    if kind == Kind::File {
        help.push_str("; a path, an https URL or an asset id");
    }
    if !flag.variants().is_empty() && flag.variants().len() < operation.body.union.len() {
        help = format!("{help} [for {}]", flag.variants().join(", "));
    }
    if flag.is_required() {
        help.push_str(" [required]");
    }
    let arg = Arg::new(flag.id())
        .long(flag.long.clone())
        .aliases(flag.aliases.clone())
        .value_name(value_name(form.shape, &flag.long))
        .help(help)
        .action(action(flag.is_list()));
    match kind {
        Kind::Boolean => switch(arg),
        Kind::Choice => {
            let mut values: Vec<&'static str> = Vec::new();
            for form in &flag.forms {
                let listed = form.schema.items.unwrap_or(form.schema);
                for value in listed.values.iter().chain(&listed.constant) {
                    if !values.contains(value) {
                        values.push(value);
                    }
                }
            }
            let arg = arg.value_parser(PossibleValuesParser::new(values));
            if flag.is_list() {
                arg.value_delimiter(',')
            } else {
                arg
            }
        }
        Kind::File => arg.value_hint(ValueHint::FilePath),
        kind => arg.value_parser(number(kind)).allow_negative_numbers(true),
    }
}

pub(super) fn of_query(parameter: &'static Schema) -> Arg {
    let shape = Shape::of(parameter);
    let mut help = describe::field(parameter);
    if parameter.required {
        help.push_str(" [required]");
    }
    let arg = Arg::new(flags::query_id(parameter))
        .long(kebab(parameter.name))
        .value_name(value_name(shape, parameter.name))
        .help(help)
        .allow_negative_numbers(true)
        .action(action(flags::is_id_list(parameter)));
    if parameter.values.is_empty() {
        arg.value_parser(number(shape.kind))
    } else {
        arg.value_parser(PossibleValuesParser::new(parameter.values))
    }
}

/// `--flag` and `--flag=false`.
fn switch(arg: Arg) -> Arg {
    arg.num_args(0..=1)
        .require_equals(true)
        .default_missing_value("true")
        .hide_possible_values(true)
        .value_parser(PossibleValuesParser::new(["true", "false"]))
}

const fn action(is_list: bool) -> ArgAction {
    if is_list {
        ArgAction::Append
    } else {
        ArgAction::Set
    }
}

/// Checks that a number is one. The text is kept: what it becomes is decided with the body.
fn number(kind: Kind) -> ValueParser {
    match kind {
        Kind::Integer => ValueParser::new(|text: &str| match text.parse::<i64>() {
            Ok(_) => Ok(text.to_owned()),
            Err(_) => Err("it has to be a whole number"),
        }),
        Kind::Number => ValueParser::new(|text: &str| match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(text.to_owned()),
            _ => Err("it has to be a number"),
        }),
        _ => ValueParser::string(),
    }
}

pub(super) fn value_name(shape: Shape, name: &str) -> &'static str {
    match shape.kind {
        Kind::Integer | Kind::Number => "N",
        Kind::Json => "JSON",
        Kind::File => "FILE",
        Kind::Boolean => "BOOL",
        Kind::Choice => "VALUE",
        Kind::Text if name.ends_with("id") || name.ends_with("ids") => "ID",
        Kind::Text if name.ends_with("url") => "URL",
        Kind::Text => "TEXT",
    }
}

/// Checks that a word can be an id, which goes into the path.
pub(in crate::api) fn id(text: &str) -> Result<String, String> {
    match ResourceId::try_from(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(invalid) => Err(format!("an id {}", invalid.problem())),
    }
}
