use alloc::{borrow::Cow, string::String, vec::Vec};
use core::fmt;

use serde::{Deserialize, Serialize};

use crate::secret::redacted;

/// The envelope of an error: `{"error": {…}}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorBody {
    /// The error.
    pub error: ApiError,
}

impl ErrorBody {
    /// Wraps an error.
    #[must_use]
    pub const fn new(error: ApiError) -> Self {
        Self { error }
    }
}

/// What the API says when it refuses a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ApiError {
    /// The code, such as `invalid_parameter`. Compare with [`is`](Self::is): letter case has
    /// changed before.
    pub code: String,
    /// What happened, in a sentence.
    pub message: String,
    /// The field that caused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param: Option<String>,
    /// Where the code is explained.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doc_url: Option<String>,
    /// Several faults at once, so far only from workflow graphs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorDetail>,
}

impl ApiError {
    /// Makes an error of the two fields that are always there.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            param: None,
            doc_url: None,
            errors: Vec::new(),
        }
    }

    /// Names the field that caused the error.
    #[must_use]
    pub fn with_param(mut self, param: impl Into<String>) -> Self {
        self.param = Some(param.into());
        self
    }

    /// Takes out of the texts what may be a secret that the server repeats, and makes each of them
    /// one line of at most 2000 characters.
    #[must_use]
    pub fn redacted(self) -> Self {
        self.without(|text| line(redacted(text)))
    }

    /// Changes every text, the codes included.
    #[must_use]
    pub fn without(mut self, hide: impl Fn(&str) -> Cow<'_, str>) -> Self {
        let texts = [
            Some(&mut self.code),
            Some(&mut self.message),
            self.param.as_mut(),
            self.doc_url.as_mut(),
        ];
        let details = self.errors.iter_mut().flat_map(|detail| {
            [
                Some(&mut detail.code),
                Some(&mut detail.message),
                detail.node_id.as_mut(),
                detail.port.as_mut(),
                detail.path.as_mut(),
            ]
        });
        for text in texts.into_iter().chain(details).flatten() {
            if let Cow::Owned(safe) = hide(text) {
                *text = safe;
            }
        }
        self
    }

    /// Tells whether the code is this one, in any letter case.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.code.eq_ignore_ascii_case(code)
    }
}

/// Returns a text without control characters, shortened to what fits into a message.
fn line(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.len() <= TEXT_MAX && !text.contains(char::is_control) {
        return text;
    }
    let letters = text.chars().map(|letter| match letter {
        '\n' | '\r' | '\t' => ' ',
        letter => letter,
    });
    let mut letters = letters.filter(|letter| !letter.is_control());
    let mut line: String = letters.by_ref().take(TEXT_MAX).collect();
    if letters.next().is_some() {
        line.push('…');
    }
    Cow::Owned(line)
}

/// The longest text that is kept, in characters.
const TEXT_MAX: usize = 2_000;

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// One of several faults in one error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// The code of this fault.
    pub code: String,
    /// What happened.
    pub message: String,
    /// The workflow node it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub node_id: Option<String>,
    /// The port of that node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<String>,
    /// The path inside the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}
