use heygen_types::Sha256Digest;
use serde_json::{Map, Value};

use crate::problem::Problem;

/// The fields of a JSON object, taken out one by one so that what is left was not known.
pub(crate) struct Fields {
    members: Map<String, Value>,
    prefix: String,
}

impl Fields {
    /// Reads a whole body, which has to be an object.
    pub(crate) fn parse(body: &[u8]) -> Result<Self, Problem> {
        if body.is_empty() {
            return Err(Problem::request("the request needs a JSON body"));
        }
        match serde_json::from_slice(body) {
            Ok(Value::Object(members)) => Ok(Self {
                members,
                prefix: String::new(),
            }),
            Ok(_) => Err(Problem::request("the JSON body is not an object")),
            Err(error) => Err(Problem::request(format!("the body is not JSON: {error}"))),
        }
    }

    /// Reads an entry of a list; `name` is its place, such as `files[3]`.
    pub(crate) fn entry(name: &str, value: Value) -> Result<Self, Problem> {
        match value {
            Value::Object(members) => Ok(Self {
                members,
                prefix: format!("{name}."),
            }),
            _ => Err(Problem::parameter(name, format!("{name} is not an object"))),
        }
    }

    /// Returns the name of a field seen from the whole request.
    pub(crate) fn name(&self, field: &str) -> String {
        format!("{}{field}", self.prefix)
    }

    pub(crate) fn refuse(&self, field: &str, problem: &str) -> Problem {
        let name = self.name(field);
        let message = format!("{name} {problem}");
        Problem::parameter(name, message)
    }

    /// Takes a text that has to be there.
    pub(crate) fn text(&mut self, field: &str) -> Result<String, Problem> {
        self.optional_text(field)?
            .ok_or_else(|| self.refuse(field, "is missing"))
    }

    /// Takes a text that may be absent or null.
    pub(crate) fn optional_text(&mut self, field: &str) -> Result<Option<String>, Problem> {
        match self.members.remove(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(self.refuse(field, "is not a string")),
        }
    }

    /// Takes a number of bytes, which has to be there and to be positive.
    pub(crate) fn size(&mut self, field: &str) -> Result<u64, Problem> {
        match self.members.remove(field) {
            None | Some(Value::Null) => Err(self.refuse(field, "is missing")),
            Some(Value::Number(number)) if number.as_u64().is_some_and(|size| size > 0) => {
                Ok(number.as_u64().expect("the guard read it as u64"))
            }
            Some(Value::Number(number)) if number.is_f64() => {
                Err(self.refuse(field, "is not an integer"))
            }
            Some(Value::Number(number)) => {
                Err(self.refuse(field, &format!("is {number}, it has to be positive")))
            }
            Some(_) => Err(self.refuse(field, "is not an integer")),
        }
    }

    /// Takes a digest that may be absent or null.
    pub(crate) fn digest(
        &mut self,
        field: &str,
        takes_base64: bool,
    ) -> Result<Option<Sha256Digest>, Problem> {
        let Some(text) = self.optional_text(field)? else {
            return Ok(None);
        };
        let base64 = || takes_base64.then(|| digest_from_base64(&text)).flatten();
        match text.parse() {
            Ok(digest) => Ok(Some(digest)),
            Err(_) => base64()
                .map(Some)
                .ok_or_else(|| self.refuse(field, "is not 64 hexadecimal digits")),
        }
    }

    pub(crate) fn optional_bool(&mut self, field: &str) -> Result<Option<bool>, Problem> {
        match self.members.remove(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(flag)),
            Some(_) => Err(self.refuse(field, "is not a boolean")),
        }
    }

    pub(crate) fn optional_list(&mut self, field: &str) -> Result<Option<Vec<Value>>, Problem> {
        match self.members.remove(field) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Array(items)) => Ok(Some(items)),
            Some(_) => Err(self.refuse(field, "is not a list")),
        }
    }

    /// Takes a text that has to be one of a list.
    pub(crate) fn optional_choice(
        &mut self,
        field: &str,
        choices: &[&str],
    ) -> Result<Option<String>, Problem> {
        let Some(text) = self.optional_text(field)? else {
            return Ok(None);
        };
        if choices.contains(&text.as_str()) {
            return Ok(Some(text));
        }
        Err(self.refuse(field, &format!("is not one of {}", choices.join(", "))))
    }

    /// Refuses whatever was not taken.
    pub(crate) fn finish(self, refuses_unknown: bool) -> Result<(), Problem> {
        match self.members.keys().next() {
            Some(unknown) if refuses_unknown => Err(self.refuse(unknown, "is not a known field")),
            _ => Ok(()),
        }
    }
}

/// Reads base64 of the 32 bytes of a digest, the form of the storage header.
pub(crate) fn digest_from_base64(text: &str) -> Option<Sha256Digest> {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let bytes = BASE64_STANDARD.decode(text).ok()?;
    Some(Sha256Digest::from_bytes(bytes.try_into().ok()?))
}
