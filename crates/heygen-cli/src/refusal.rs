//! Arguments that the parser did not accept, said in the form that results and errors have.

use std::{ffi::OsString, path::Path};

use clap::{
    ValueEnum as _,
    builder::StyledStr,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{
    args::OutputFormat,
    config,
    console::Console,
    environment::Environment,
    escape,
    exit::{self, Exit},
    failure::Failure,
};

/// Says what is wrong with the arguments, or prints the help that was asked for.
pub(crate) fn report(error: clap::Error) -> Exit {
    let exit = exit::of_arguments(&error);
    if exit != Exit::Usage {
        // Nobody can be told of a failure to print help; `--help | head` is none anyway.
        let _ = error.print();
        return exit;
    }
    let words = || std::env::args_os().skip(1);
    let error = escaped(advised(error, words()));
    let environment = Environment::of_process();
    let (json, output) = form(words());
    let format = config::form(json, output, &environment);
    let format = format.unwrap_or_else(|_| config::default_form(&environment));
    let console = Console::new(format);
    match format {
        OutputFormat::Json => console.failure(&failure(&error)),
        OutputFormat::Human => console.message(&error.render().ansi().to_string()),
    }
    console.finish(exit)
}

/// Finds the form of errors in arguments that could not be parsed as a whole.
fn form(words: impl Iterator<Item = OsString>) -> (bool, Option<OutputFormat>) {
    let (mut json, mut output) = (false, None);
    let mut words = words.take_while(|word| word != "--");
    while let Some(word) = words.next() {
        let Some(word) = word.to_str() else { continue };
        let value = match word {
            "--json" => {
                json = true;
                continue;
            }
            "--output" => words.next().and_then(|value| value.into_string().ok()),
            word => word.strip_prefix("--output=").map(str::to_owned),
        };
        if let Some(value) = value {
            output = OutputFormat::from_str(&value, false).ok().or(output);
        }
    }
    (json, output)
}

/// Takes the advice of the parser away to give an unknown option behind `--`: it would become a
/// path or an id. Where there is a file of that name, how to name it is worth saying.
fn advised(mut error: clap::Error, mut words: impl Iterator<Item = OsString>) -> clap::Error {
    if error.kind() != ErrorKind::UnknownArgument {
        return error;
    }
    error.remove(ContextKind::Suggested);
    let Some(ContextValue::String(unknown)) = error.get(ContextKind::InvalidArg) else {
        return error;
    };
    // The parser takes a word with one hyphen apart, and names its first letter only.
    let is_unknown = |word: &OsString| {
        let bytes = word.as_encoded_bytes();
        bytes.starts_with(b"-") && bytes.starts_with(unknown.as_bytes())
    };
    let word = words.find(|word| is_unknown(word) && Path::new(word).is_file());
    if let Some(word) = word {
        let tip = format!("write the name of the file as ./{}", escape::name(&word));
        let tips = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
        error.insert(ContextKind::Suggested, tips);
    }
    error
}

/// Keeps what was written from moving the cursor of a terminal, or from looking like more lines.
fn escaped(mut error: clap::Error) -> clap::Error {
    let written = [
        ContextKind::InvalidValue,
        ContextKind::InvalidArg,
        ContextKind::InvalidSubcommand,
    ];
    for kind in written {
        if let Some(ContextValue::String(text)) = error.get(kind) {
            let text = ContextValue::String(escape::name(text.as_ref()));
            error.insert(kind, text);
        }
    }
    error
}

/// Takes the text of the parser apart: what is wrong, and what to do.
fn failure(error: &clap::Error) -> Failure {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let hint = "--help behind the same words shows what can follow";
        return Failure::usage("the command is not complete", hint);
    }
    let text = error.render().to_string();
    let mut lines = text.lines();
    // What belongs to the first line, such as the names of missing arguments, is indented.
    let is_message = |line: &&str| !line.is_empty() && !line.trim_start().starts_with('[');
    let message: Vec<&str> = lines
        .by_ref()
        .take_while(is_message)
        .map(str::trim)
        .collect();
    let message = message.join(" ");
    let message = message.strip_prefix("error: ").unwrap_or(&message);
    let all = || text.lines().map(str::trim);
    let tips: Vec<&str> = all()
        .filter_map(|line| match line.strip_prefix("tip: ") {
            Some(tip) => Some(tip),
            None => line.strip_prefix('[')?.strip_suffix(']'),
        })
        .collect();
    let usage = all().find_map(|line| line.strip_prefix("Usage: "));
    let hint = match (&tips[..], usage) {
        ([], Some(usage)) => format!("usage: {usage}"),
        ([], None) => "--help shows what can be written".to_owned(),
        (tips, _) => tips.join("; "),
    };
    Failure::usage(message, hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_found_among_arguments_that_cannot_be_parsed() {
        let form = |words: &str| form(words.split(' ').map(OsString::from));
        assert_eq!(form("videos --json --bad"), (true, None));
        let json = Some(OutputFormat::Json);
        assert_eq!(form("--bad --output json"), (false, json));
        assert_eq!(form("--output=json x"), (false, json));
        assert_eq!(form("upload -- --json"), (false, None));
        assert_eq!(form("--output"), (false, None));
        let human = Some(OutputFormat::Human);
        assert_eq!(form("--output json --output human"), (false, human));
    }
}
