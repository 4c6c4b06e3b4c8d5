//! The arguments that do not come from the table: how a request is made, and what follows it.

use clap::{Arg, ArgAction, ValueHint, builder::ValueParser};
use heygen_types::{BodyEncoding, Envelope, Method, table::OperationEntry};

use super::ids;
use crate::{
    api::{flags::Flag, shape::Kind, wait},
    args::{TimeLimit, idempotency_key},
};

pub(super) fn common(operation: &'static OperationEntry, flags: &[Flag]) -> Vec<Arg> {
    let switch = |id: &'static str, long: &'static str, help: &'static str| {
        Arg::new(id)
            .long(long)
            .help(help)
            .help_heading(SENDING)
            .action(ArgAction::SetTrue)
    };
    let mut args = Vec::new();
    if operation.encoding == BodyEncoding::Json {
        args.push(
            Arg::new(ids::DATA)
                .short('d')
                .long("data")
                .help_heading(SENDING)
                .value_name("JSON")
                .help("The whole body: JSON, @FILE, or - for standard input; flags win over it"),
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
        args.push(switch(
            ids::FRESH,
            "fresh",
            "Upload local files anew, whatever the journal knows of them",
        ));
        args.push(switch(
            ids::NO_JOURNAL,
            "no-journal",
            "Upload local files without the journal",
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
    if operation.envelope == Envelope::Stream {
        args.push(
            Arg::new(ids::OUT)
                .short('o')
                .long("out")
                .help_heading(SENDING)
                .value_name("FILE")
                .value_hint(ValueHint::FilePath)
                .value_parser(ValueParser::path_buf())
                .help("Write the sound to a WAV file as it comes, or to standard output for - [default: print the events as JSON]"),
        );
        let help = "Replace a file that is there already; write to a terminal";
        args.push(switch(ids::FORCE, "force", help).requires(ids::OUT));
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
    if operation.encoding == BodyEncoding::Json {
        let help = "Print the JSON Schema of the body, and send nothing";
        let schema = switch(ids::REQUEST_SCHEMA, "request-schema", help);
        args.push(schema.conflicts_with(ids::RESPONSE_SCHEMA));
    }
    args
}

const SENDING: &str = "Sending";
