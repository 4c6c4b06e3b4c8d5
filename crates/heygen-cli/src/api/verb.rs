//! The command of one operation.

use clap::{
    Arg, ArgAction, Command, ValueHint,
    builder::{PossibleValuesParser, ValueParser},
};
use heygen_types::{
    BodyEncoding, Method, ResourceId,
    table::{OperationEntry, Schema, Table},
};

use super::{
    describe, examples,
    flags::{self, Flag},
    shape::{Kind, Shape, kebab},
    wait,
};
use crate::args::{HELP_TEMPLATE, TimeLimit, idempotency_key};

/// The names under which the parser knows what belongs to every command of its sort.
pub(super) mod ids {
    pub(in crate::api) const TYPE: &str = "body type";
    pub(in crate::api) const DATA: &str = "data";
    pub(in crate::api) const INLINE: &str = "inline";
    pub(in crate::api) const ALL: &str = "all";
    pub(in crate::api) const WAIT: &str = "wait";
    pub(in crate::api) const WAIT_TIMEOUT: &str = "wait timeout";
    pub(in crate::api) const YES: &str = "yes";
    pub(in crate::api) const KEY: &str = "idempotency key";
    pub(in crate::api) const REQUEST_SCHEMA: &str = "request schema";
    pub(in crate::api) const RESPONSE_SCHEMA: &str = "response schema";
}

/// Makes the command of an operation.
pub(super) fn command(table: &'static Table, operation: &'static OperationEntry) -> Command {
    let verb = operation.id.rsplit('.').next().unwrap_or(&operation.id);
    let flags = flags::of_body(table, operation);
    let mut command = Command::new(kebab(verb))
        .about(describe::summary(operation))
        .before_help(examples::of(table, operation, &flags))
        .after_help(notes(operation, &flags))
        .override_usage(usage(operation, &flags))
        .help_template(HELP_TEMPLATE);
    let schemas = match operation.encoding() {
        BodyEncoding::Json => &[ids::RESPONSE_SCHEMA, ids::REQUEST_SCHEMA][..],
        _ => &[ids::RESPONSE_SCHEMA],
    };
    for parameter in &operation.path_params {
        command = command.arg(positional(parameter, schemas));
    }
    if let Some(tag) = operation
        .body
        .tag
        .as_deref()
        .filter(|_| flags::is_union(operation))
    {
        command = command.arg(variant(table, operation, tag));
    }
    for flag in &flags {
        command = command.arg(of_body(operation, flag));
    }
    for parameter in &operation.query {
        command = command.arg(of_query(operation, parameter));
    }
    command.args(common(operation, &flags))
}

/// Writes what cannot be left out. That a schema can be asked for without it is no usage.
fn usage(operation: &OperationEntry, flags: &[Flag]) -> String {
    let mut usage = format!("heygen-rs {}", examples::words(operation));
    for parameter in &operation.path_params {
        usage = format!("{usage} <{}>", parameter.to_uppercase());
    }
    for parameter in operation
        .query
        .iter()
        .filter(|parameter| parameter.required)
    {
        let value = value_name(Shape::of(parameter), &parameter.name);
        usage = format!("{usage} --{} <{value}>", kebab(&parameter.name));
    }
    if flags::is_union(operation) {
        usage.push_str(" --type <TYPE>");
    }
    for flag in flags.iter().filter(|flag| flag.is_required()) {
        let value = value_name(flag.forms[0].shape, &flag.long);
        usage = format!("{usage} --{} <{value}>", flag.long);
    }
    format!("{usage} [OPTIONS]")
}

fn positional(name: &str, schemas: &[&'static str]) -> Arg {
    Arg::new(format!("path {name}"))
        .value_name(name.to_uppercase())
        .help(format!("The {}", name.replace('_', " ")))
        .required_unless_present_any(schemas.iter().copied())
        .value_parser(|text: &str| match ResourceId::try_from(text) {
            Ok(_) => Ok(text.to_owned()),
            Err(invalid) => Err(format!("an id {}", invalid.problem())),
        })
}

fn variant(table: &'static Table, operation: &'static OperationEntry, tag: &'static str) -> Arg {
    let objects = table.objects(&operation.body);
    let values = objects
        .iter()
        .filter_map(|object| object.tag_value.as_deref());
    Arg::new(ids::TYPE)
        .long(kebab(tag))
        .value_name(tag.to_uppercase())
        .help("What to make; the other flags depend on it [required]")
        .value_parser(PossibleValuesParser::new(values))
}

fn of_body(operation: &OperationEntry, flag: &Flag) -> Arg {
    let form = flag.forms[0];
    let kind = form.shape.kind;
    let mut help = match form.target {
        flags::Target::Field => describe::field(&operation.id, form.schema),
        flags::Target::Pair => format!("A file for {0}_asset_id or {0}_url", flag.field),
        flags::Target::Background => "An image for the background".to_owned(),
    };
    if form.target == flags::Target::Field {
        describe::add_limits(&mut help, form.schema);
    }
    if kind == Kind::File {
        help.push_str("; a path, an https URL or an asset id");
    }
    if !flag.variants().is_empty() && flag.variants().len() < variant_count(operation) {
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
                let listed = form.schema.items.as_deref().unwrap_or(form.schema);
                for value in &listed.values {
                    if !values.contains(&value.as_str()) {
                        values.push(value);
                    }
                }
            }
            arg.value_parser(PossibleValuesParser::new(values))
        }
        Kind::File => arg.value_hint(ValueHint::FilePath),
        kind => arg
            .value_parser(number(kind))
            .allow_negative_numbers(matches!(kind, Kind::Integer | Kind::Number)),
    }
}

fn of_query(operation: &OperationEntry, parameter: &'static Schema) -> Arg {
    let shape = Shape::of(parameter);
    let mut help = match parameter.name.as_str() {
        "limit" => "How many items a page has".to_owned(),
        "token" => "The cursor of the page: next_token of the one before".to_owned(),
        _ => describe::field(&operation.id, parameter),
    };
    describe::add_limits(&mut help, parameter);
    if parameter.required {
        help.push_str(" [required]");
    }
    let arg = Arg::new(flags::query_id(parameter))
        .long(kebab(&parameter.name))
        .value_name(value_name(shape, &parameter.name))
        .help(help)
        .action(action(flags::is_id_list(parameter)));
    if parameter.values.is_empty() {
        arg.value_parser(number(shape.kind))
    } else {
        arg.value_parser(PossibleValuesParser::new(&parameter.values))
    }
}

fn common(operation: &'static OperationEntry, flags: &[Flag]) -> Vec<Arg> {
    let switch = |id: &'static str, long: &'static str, help: &'static str| {
        Arg::new(id)
            .long(long)
            .help(help)
            .help_heading(SENDING)
            .action(ArgAction::SetTrue)
    };
    let mut args = Vec::new();
    if operation.encoding() == BodyEncoding::Json {
        args.push(
            Arg::new(ids::DATA)
                .short('d')
                .long("data")
                .help_heading(SENDING)
                .value_name("JSON")
                .help("The whole body: JSON, @FILE, or - for standard input; flags go before it"),
        );
    }
    if flags
        .iter()
        .any(|flag| flag.forms[0].shape.kind == Kind::File)
    {
        args.push(switch(
            ids::INLINE,
            "inline",
            "Send local files inside the request, as base64, instead of uploading them",
        ));
    }
    if operation.paginated {
        args.push(switch(
            ids::ALL,
            "all",
            "Follow the cursor to the last page",
        ));
    }
    if wait::waits(operation) {
        args.push(switch(
            ids::WAIT,
            "wait",
            "Wait until the job has ended, and print its record",
        ));
        args.push(
            Arg::new(ids::WAIT_TIMEOUT)
                .long("wait-timeout")
                .help_heading(SENDING)
                .value_name("TIME")
                .help("How long to wait [default: 20m]")
                .requires(ids::WAIT)
                .value_parser(|text: &str| text.parse::<TimeLimit>()),
        );
    }
    if operation.method == Method::Delete {
        let help = "Do not ask; required where nobody can be asked";
        args.push(switch(ids::YES, "yes", help).short('y'));
    }
    if operation.idempotency_key {
        args.push(
            Arg::new(ids::KEY)
                .long("idempotency-key")
                .help_heading(SENDING)
                .value_name("KEY")
                .help("A key of your own: the same key has no second effect within 24 hours [default: a fresh one]")
                .value_parser(idempotency_key),
        );
    }
    let help = "Print the JSON Schema of the answer, and send nothing";
    args.push(switch(ids::RESPONSE_SCHEMA, "response-schema", help));
    if operation.encoding() == BodyEncoding::Json {
        let help = "Print the JSON Schema of the body, and send nothing";
        let schema = switch(ids::REQUEST_SCHEMA, "request-schema", help);
        args.push(schema.conflicts_with(ids::RESPONSE_SCHEMA));
    }
    args
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

fn value_name(shape: Shape, name: &str) -> &'static str {
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

fn variant_count(operation: &OperationEntry) -> usize {
    operation.body.union.len()
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
    if let Some(note) = &operation.note {
        notes.push(format!("{}.", describe::capitalised(note)));
    }
    notes.join("\n")
}

const FILES: &str = "\
A FILE that exists is uploaded first, several at once. An https URL is fetched by HeyGen, at
most 32 MB. Any other word without dots and slashes is an asset id. file:PATH is a file whatever
its name looks like, base64:PATH one that is sent inside the request. In -d, too, a path can
stand in place of a reference to a file.";

const SENDING: &str = "Sending";
