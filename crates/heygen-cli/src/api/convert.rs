//! From what was written behind a flag to what stands in the body.

use std::{fs, io::Read as _};

use heygen_types::Json;

use super::{
    flags::{Flag, Form},
    shape::Kind,
};
use crate::{escape, exit::Exit, failure::Failure};

/// Converts the values of a flag.
pub(super) fn convert(flag: &Flag, form: &Form, values: &[&str]) -> Result<Json, Failure> {
    if form.shape.is_list {
        let mut items = Vec::new();
        for value in values {
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
            format!("--{} is given {} times; nothing was sent", flag.long, values.len()),
            "give it once",
        )),
    }
}

fn one(flag: &Flag, form: &Form, value: &str) -> Result<Json, Failure> {
    let text = || Json::String(value.to_owned());
    Ok(match form.shape.kind {
        Kind::Text | Kind::File => text(),
        Kind::Choice => {
            let listed = &form.schema.items.as_deref().unwrap_or(form.schema).values;
            if !listed.iter().any(|known| known == value) {
                return Err(Failure::usage(
                    format!(
                        "--{} {value} does not go with --type {}; nothing was sent",
                        flag.long,
                        form.variant.unwrap_or_default()
                    ),
                    format!("use one of {}", listed.join(", ")),
                ));
            }
            text()
        }
        Kind::Boolean => Json::Bool(value == "true"),
        Kind::Integer | Kind::Number => serde_json::from_str(value)
            .or_else(|_| value.parse().map(Json::Float))
            .expect("the parser of the flag took it for a number"),
        Kind::Json => json(value, &format!("--{}", flag.long))?,
    })
}

/// Reads JSON that was written out, or that stands in a file (`@FILE`).
pub(super) fn json(text: &str, origin: &str) -> Result<Json, Failure> {
    match text.strip_prefix('@') {
        Some(path) => {
            let file = fs::File::open(path);
            let bytes = file.and_then(|file| bounded(file));
            let shown = escape::name(path.as_ref());
            parse(&bytes.map_err(|error| unreadable(&shown, &error))?, &shown)
        }
        None => parse(text.as_bytes(), origin),
    }
}

/// Reads the JSON of a whole body, which may also come from standard input (`-`).
pub(super) fn body(text: &str) -> Result<Json, Failure> {
    let body = if text == "-" {
        let bytes = bounded(std::io::stdin());
        let bytes = bytes.map_err(|error| unreadable("standard input", &error))?;
        parse(&bytes, "standard input")?
    } else {
        json(text, "-d")?
    };
    match body {
        body @ Json::Object(_) => Ok(body),
        _ => Err(Failure::usage(
            "the body in -d is JSON, but no object; nothing was sent",
            "write it as {\"field\": value}; --request-schema shows the fields",
        )),
    }
}

fn parse(text: &[u8], origin: &str) -> Result<Json, Failure> {
    serde_json::from_slice(text).map_err(|error| {
        let problem = error.to_string();
        let problem = problem.split(" at line ").next().unwrap_or_default();
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
