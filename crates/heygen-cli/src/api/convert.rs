//! From what was written behind a flag to what stands in the body.

use std::{fs, io::Read as _};

use heygen_types::Json;

use super::{
    flags::{Flag, Form},
    shape::Kind,
};
use crate::{escape, exit::Exit, failure::Failure, text};

/// Converts the values of a flag.
pub(super) fn convert(flag: &Flag, form: &Form, values: &[&str]) -> Result<Json, Failure> {
    if form.shape.is_list {
        let mut items = Vec::new();
        for value in parts(flag, form, values)? {
            match (form.shape.kind, one(flag, form, value)?) {
                // A list of objects may be given in one piece.
                (Kind::Json, Json::Array(several)) => items.extend(several),
                (_, item) => items.push(item),
            }
        }
        return Ok(Json::Array(items));
    }
    match values {
        [value] => one(flag, form, value),
        _ => Err(Failure::usage(
            format!(
                "--{} is given {} times; nothing was sent",
                flag.long,
                values.len()
            ),
            "give it once",
        )),
    }
}

/// Takes the values of a list apart. Ids have no commas, so they may be separated by some. Other
/// texts may have them, as `Chinese (Mandarin, Simplified)` does; one that looks like several is
/// refused rather than sent as one.
fn parts<'a>(flag: &Flag, form: &Form, values: &[&'a str]) -> Result<Vec<&'a str>, Failure> {
    if form.shape.kind != Kind::Text {
        return Ok(values.to_vec());
    }
    if flag.field.ends_with("_id") || flag.field.ends_with("_ids") {
        return Ok(values.iter().flat_map(|value| value.split(',')).collect());
    }
    match values.iter().find(|value| has_comma(value)) {
        None => Ok(values.to_vec()),
        Some(value) => Err(Failure::usage(
            format!(
                "--{} {} is one value with a comma in it; nothing was sent",
                flag.long,
                escape::message(value)
            ),
            format!(
                "repeat --{} for each value; with -d a value may have a comma",
                flag.long
            ),
        )),
    }
}

/// Tells whether a text has a comma outside of parentheses.
fn has_comma(text: &str) -> bool {
    let mut depth = 0_usize;
    text.chars().any(|letter| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    })
}

fn one(flag: &Flag, form: &Form, value: &str) -> Result<Json, Failure> {
    let text = || Json::String(value.to_owned());
    Ok(match form.shape.kind {
        Kind::Text | Kind::File => text(),
        Kind::Choice => {
            let schema = form.schema.items.unwrap_or(form.schema);
            let mut listed: Vec<&str> = schema.values.to_vec();
            listed.extend(schema.constant);
            if !listed.contains(&value) {
                // The parser of the flag knows what any variant takes.
                return Err(Failure::usage(
                    format!(
                        "--{} {value} does not go with {}; nothing was sent",
                        flag.long,
                        form.variant.unwrap_or_default()
                    ),
                    format!("use one of {}", listed.join(", ")),
                ));
            }
            text()
        }
        Kind::Boolean => Json::Bool(value == "true"),
        Kind::Integer | Kind::Number => number(value),
        Kind::Json => json(value, &format!("--{}", flag.long))?,
    })
}

/// Reads a number that the parser of the flag took for one.
fn number(text: &str) -> Json {
    let whole = text
        .parse::<i64>()
        .map(|number| u64::try_from(number).map_or(Json::Integer(number), Json::Unsigned));
    whole.unwrap_or_else(|_| Json::Float(text.parse().unwrap_or_default()))
}

/// Reads JSON that was written out, or that stands in a file (`@FILE`).
fn json(text: &str, origin: &str) -> Result<Json, Failure> {
    let (json, origin) = source(text, origin)?;
    parse(&json, &origin).map_err(|failure| with_file(failure, text))
}

/// Reads the JSON of a whole body, which may also come from standard input (`-`).
pub(super) fn body(text: &str) -> Result<Json, Failure> {
    let (json, origin) = source_or_stdin(text)?;
    match parse(&json, &origin).map_err(|failure| with_file(failure, text))? {
        body @ Json::Object(_) => Ok(body),
        _ => Err(Failure::usage(
            format!("{origin} is JSON, but no object; nothing was sent"),
            "write the body as {\"field\": value}; --request-schema shows the fields",
        )),
    }
}

/// Reads the JSON of a body that is sent as it is written.
pub(crate) fn any_body(text: &str) -> Result<Vec<u8>, Failure> {
    let (json, origin) = source_or_stdin(text)?;
    parse(&json, &origin).map_err(|failure| with_file(failure, text))?;
    Ok(json)
}

fn source_or_stdin(text: &str) -> Result<(Vec<u8>, String), Failure> {
    if text != "-" {
        return source(text, "the body in -d");
    }
    let origin = "standard input".to_owned();
    match bounded(std::io::stdin()) {
        Ok(text) => decoded(text, origin),
        Err(error) => Err(unreadable(&origin, &error)),
    }
}

/// Returns the text, and where it stands.
fn source(text: &str, origin: &str) -> Result<(Vec<u8>, String), Failure> {
    let Some(path) = text.strip_prefix('@') else {
        return Ok((text.as_bytes().to_owned(), origin.to_owned()));
    };
    let origin = escape::name(path.as_ref());
    match fs::File::open(path).and_then(bounded) {
        Ok(text) => decoded(text, origin),
        Err(error) => Err(unreadable(&origin, &error)),
    }
}

/// Takes the byte-order mark away, which JSON does not allow, and UTF-16.
fn decoded(bytes: Vec<u8>, origin: String) -> Result<(Vec<u8>, String), Failure> {
    match text::decode(bytes) {
        Ok(text) => Ok((text.into_bytes(), origin)),
        Err(problem) => Err(Failure::usage(
            format!("{origin} {problem}; nothing was sent"),
            "write JSON as UTF-8",
        )),
    }
}

fn parse(text: &[u8], origin: &str) -> Result<Json, Failure> {
    if text.iter().all(u8::is_ascii_whitespace) {
        return Err(Failure::usage(
            format!("{origin} is empty; nothing was sent"),
            "write JSON, or name a file with it as @FILE",
        ));
    }
    serde_json::from_slice(text).map_err(|error| {
        let problem = error.to_string();
        let problem = problem.split(" at line ").next().unwrap_or_default();
        if problem.contains("names a member twice") {
            return Failure::usage(
                format!(
                    "{origin}: {problem}, before line {}, column {}; nothing was sent",
                    error.line(),
                    error.column()
                ),
                "keep one of the two",
            );
        }
        let problem = match problem {
            "expected ident" | "expected value" => "a value is expected; texts stand in quotes",
            problem if problem.starts_with("EOF while parsing") => "it ends too early",
            "key must be a string" => "the name of a member is expected, in quotes",
            problem => problem,
        };
        Failure::usage(
            format!(
                "{origin} is not JSON: line {}, column {}: {problem}; nothing was sent",
                error.line(),
                error.column()
            ),
            "write JSON, or name a file with it as @FILE",
        )
    })
}

/// Adds what was probably meant, when the text that is no JSON is the name of a file.
fn with_file(mut failure: Failure, text: &str) -> Failure {
    if std::path::Path::new(text).is_file() {
        let name = escape::name(text.as_ref());
        failure.hint = format!("there is a file of that name; did you mean @{name}?");
    }
    failure
}

fn bounded(reader: impl std::io::Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(BODY_MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > BODY_MAX_BYTES {
        return Err(std::io::Error::other("it is larger than any body"));
    }
    Ok(bytes)
}

fn unreadable(origin: &str, error: &std::io::Error) -> Failure {
    Failure::new(
        Exit::File,
        "body_unreadable",
        format!("the JSON could not be read from {origin}; nothing was sent"),
        "check the path and the permissions of the file",
    )
    .caused_by(Some(error))
}

/// Twenty files of 32 MB in base64 are about the most that a request can hold.
const BODY_MAX_BYTES: u64 = 1024 * 1024 * 1024;
