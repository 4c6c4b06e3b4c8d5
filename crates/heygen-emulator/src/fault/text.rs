//! A fault in one line, and as JSON.

use std::{fmt, str::FromStr};

use heygen_types::Invalid;
use serde::{
    Deserialize, Deserializer, Serialize, Serializer, de::Error as _, ser::SerializeMap as _,
};
use serde_json::{Map, Value};

use super::{Fault, FaultTarget, given::Given, read, words, write};

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.target)?;
        let mut mark = ':';
        for (word, value) in write::words(self) {
            write!(f, "{mark}{}", word.replace('_', "-"))?;
            mark = ',';
            match &value {
                Value::Bool(true) => {}
                Value::String(text) if is_plain(text) => write!(f, "={text}")?,
                value => write!(f, "={value}")?,
            }
        }
        Ok(())
    }
}

impl FromStr for Fault {
    type Err = Invalid;

    /// Reads a fault in one line, or as a JSON object.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let text = text.trim();
        if text.starts_with('{') {
            let object = serde_json::from_str(text);
            return of_object(object.map_err(|error| invalid_json(&error))?);
        }
        let Some((target, rest)) = text.split_once(':') else {
            let problem = "has no colon; write TARGET:WORD,WORD=VALUE such as \
                           storage_put:reset-after=1048576";
            return Err(Invalid::new(words::shown(text), problem));
        };
        let target = target.trim().parse()?;
        read::fault(target, Given::new(pairs(rest)?)?)
    }
}

impl Serialize for Fault {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let words = write::words(self);
        let mut map = serializer.serialize_map(Some(words.len() + 1))?;
        map.serialize_entry(AT, &self.target.to_string())?;
        for (word, value) in words {
            map.serialize_entry(word, &value)?;
        }
        map.end()
    }
}

impl<'de> Deserialize<'de> for Fault {
    /// Reads a fault as an object, or as a text of one line.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::String(text) => text.parse(),
            Value::Object(object) => of_object(object),
            other => Err(Invalid::new(
                words::shown(&other.to_string()),
                "is no fault; write an object, or a text such as \"storage_put:close\"",
            )),
        }
        .map_err(D::Error::custom)
    }
}

fn of_object(mut object: Map<String, Value>) -> Result<Fault, Invalid> {
    let target: FaultTarget = match object.remove(AT) {
        Some(Value::String(target)) => target.parse()?,
        Some(_) => return Err(Invalid::new(AT, "takes a text such as \"storage_put\"")),
        None => {
            let problem = "is missing; it names the operation, or any, or webhook";
            return Err(Invalid::new(AT, problem));
        }
    };
    read::fault(target, Given::new(object.into_iter().collect())?)
}

/// Splits `word,word=value` into its pairs. A value that begins as JSON is read as JSON, so that it
/// may hold commas; any other ends at the next comma.
fn pairs(mut rest: &str) -> Result<Vec<(String, Value)>, Invalid> {
    let mut pairs = Vec::new();
    loop {
        let end = rest.find([',', '=']).unwrap_or(rest.len());
        let word = rest[..end].trim();
        if word.is_empty() {
            let place = words::shown(&rest[end..]);
            return Err(Invalid::new(place, "has no word in front of it"));
        }
        rest = &rest[end..];
        let value = match rest.strip_prefix('=') {
            None => Value::Bool(true),
            Some(value) => {
                let value = value.trim_start();
                let (value, after) = if value.starts_with(['"', '{', '[']) {
                    json(word, value)?
                } else {
                    let end = value.find(',').unwrap_or(value.len());
                    (Value::from(value[..end].trim_end()), &value[end..])
                };
                rest = after.trim_start();
                value
            }
        };
        pairs.push((word.to_owned(), value));
        match rest.strip_prefix(',') {
            Some(next) => rest = next,
            None if rest.is_empty() => return Ok(pairs),
            None => {
                let problem = "comes behind the end of a value; separate words by commas";
                return Err(Invalid::new(words::shown(rest), problem));
            }
        }
    }
}

/// Reads a value that is JSON, and returns what comes behind it.
fn json<'t>(word: &str, text: &'t str) -> Result<(Value, &'t str), Invalid> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    match values.next() {
        Some(Ok(value)) => {
            let end = values.byte_offset();
            Ok((value, &text[end..]))
        }
        Some(Err(error)) => Err(Invalid::new(
            word.to_owned(),
            format!("has a value that begins as JSON and is not ({error})"),
        )),
        None => Err(Invalid::new(word.to_owned(), "has no value")),
    }
}

fn invalid_json(error: &serde_json::Error) -> Invalid {
    Invalid::new("fault", format!("is not a JSON object ({error})"))
}

/// Tells whether a text can stand without quotes.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.trim() == text
        && !text.starts_with(['"', '{', '['])
        && !text.contains(|letter: char| letter == ',' || letter.is_control())
}

const AT: &str = "at";
