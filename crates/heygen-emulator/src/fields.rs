use heygen_types::Sha256Digest;
use serde_json::Value;

use crate::problem::Problem;

/// The fields of a JSON object that fits the table, where more is asked of them than it says.
pub(crate) struct Fields<'a> {
    members: &'a Value,
    prefix: String,
}

impl<'a> Fields<'a> {
    /// Takes a whole body.
    pub(crate) const fn of(body: &'a Value) -> Self {
        Self {
            members: body,
            prefix: String::new(),
        }
    }

    /// Takes an entry of a list; `name` is its place, such as `files[3]`.
    pub(crate) fn entry(name: &str, entry: &'a Value) -> Self {
        Self {
            members: entry,
            prefix: format!("{name}."),
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

    /// Returns a text, empty when there is none.
    pub(crate) fn text(&self, field: &str) -> &'a str {
        self.members[field].as_str().unwrap_or_default()
    }

    /// Returns a number of bytes, which has to be positive.
    pub(crate) fn size(&self, field: &str) -> Result<u64, Problem> {
        let number = &self.members[field];
        number
            .as_u64()
            .filter(|size| *size > 0)
            .ok_or_else(|| self.refuse(field, &format!("is {number}, it has to be positive")))
    }

    /// Returns a digest that may be absent or null.
    pub(crate) fn digest(
        &self,
        field: &str,
        takes_base64: bool,
    ) -> Result<Option<Sha256Digest>, Problem> {
        let Some(text) = self.members[field].as_str() else {
            return Ok(None);
        };
        let base64 = || takes_base64.then(|| digest_from_base64(text)).flatten();
        match text.parse() {
            Ok(digest) => Ok(Some(digest)),
            Err(_) => base64()
                .map(Some)
                .ok_or_else(|| self.refuse(field, "is not 64 hexadecimal digits")),
        }
    }
}

/// Reads base64 of the 32 bytes of a digest, the form of the storage header.
pub(crate) fn digest_from_base64(text: &str) -> Option<Sha256Digest> {
    use base64::{Engine as _, prelude::BASE64_STANDARD};
    let bytes = BASE64_STANDARD.decode(text).ok()?;
    Some(Sha256Digest::from_bytes(bytes.try_into().ok()?))
}
