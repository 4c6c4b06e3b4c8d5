use std::{str::FromStr, time::Duration};

use heygen_types::Invalid;
use serde_json::Value;

use super::words;
use crate::duration;

/// The words that somebody wrote of a fault, with their values, until each is understood.
///
/// They may be joined by `-` or `_`; errors give them as they were written.
pub(super) struct Given(Vec<(String, Value)>);

impl Given {
    pub(super) fn new(pairs: Vec<(String, Value)>) -> Result<Self, Invalid> {
        for (index, (word, _)) in pairs.iter().enumerate() {
            if pairs[..index].iter().any(|(other, _)| is_same(word, other)) {
                return Err(Invalid::new(words::shown(word), "is there twice"));
            }
        }
        Ok(Self(pairs))
    }

    /// Returns how a word was written, if it was.
    pub(super) fn written(&self, word: &str) -> Option<&str> {
        let written = self.0.iter().find(|(known, _)| is_same(known, word));
        written.map(|(written, _)| written.as_str())
    }

    /// Takes a word that stands for itself.
    pub(super) fn flag(&mut self, word: &str) -> Result<bool, Invalid> {
        let Some((word, value)) = self.take(word) else {
            return Ok(false);
        };
        match value {
            Value::Bool(is_set) => Ok(is_set),
            Value::String(text) if text == "true" => Ok(true),
            Value::String(text) if text == "false" => Ok(false),
            other => Err(refuse(word, &other, "takes no value")),
        }
    }

    /// Takes a number that is in a range.
    pub(super) fn number<T>(
        &mut self,
        word: &str,
        range: std::ops::RangeInclusive<T>,
    ) -> Result<Option<T>, Invalid>
    where
        T: TryFrom<u64> + PartialOrd + std::fmt::Display,
    {
        self.taken(word, |value| {
            let number = match value {
                Value::Number(number) => number.as_u64(),
                Value::String(text) => text.parse().ok(),
                _ => None,
            };
            let number = number.and_then(|number| T::try_from(number).ok());
            number
                .filter(|number| range.contains(number))
                .ok_or_else(|| {
                    let (min, max) = (range.start(), range.end());
                    format!("takes a number from {min} to {max}")
                })
        })
    }

    pub(super) fn text(&mut self, word: &str) -> Result<Option<String>, Invalid> {
        self.taken(word, |value| match value {
            Value::String(text) => Ok(text.clone()),
            _ => Err("takes a text".to_owned()),
        })
    }

    pub(super) fn time(&mut self, word: &str) -> Result<Option<Duration>, Invalid> {
        self.taken(word, |value| {
            let time = value.as_str().and_then(duration::parse);
            time.ok_or_else(|| "takes a time such as 500ms, 30s or 1h".to_owned())
        })
    }

    /// Takes a text that a type reads by itself.
    pub(super) fn parsed<T>(&mut self, word: &str) -> Result<Option<T>, Invalid>
    where
        T: FromStr<Err = Invalid>,
    {
        let written = self.written(word).map(str::to_owned);
        let Some(text) = self.text(word)? else {
            return Ok(None);
        };
        let invalid = |invalid: Invalid| {
            let problem = format!("{} {}", words::shown(&text), invalid.problem());
            Invalid::new(written.unwrap_or_default(), problem)
        };
        text.parse().map(Some).map_err(invalid)
    }

    /// Takes a value of any kind; what is said to be wrong with it is said of the word.
    pub(super) fn taken<T>(
        &mut self,
        word: &str,
        read: impl FnOnce(&Value) -> Result<T, String>,
    ) -> Result<Option<T>, Invalid> {
        let Some((word, value)) = self.take(word) else {
            return Ok(None);
        };
        match read(&value) {
            Ok(read) => Ok(Some(read)),
            Err(problem) => Err(refuse(word, &value, &problem)),
        }
    }

    /// Returns a word that nobody has taken.
    pub(super) fn first_left(&self) -> Option<&str> {
        self.0.first().map(|(word, _)| word.as_str())
    }

    fn take(&mut self, word: &str) -> Option<(String, Value)> {
        let index = self.0.iter().position(|(known, _)| is_same(known, word))?;
        Some(self.0.remove(index))
    }
}

/// Tells whether two words are one, however each is joined.
pub(super) fn is_same(one: &str, other: &str) -> bool {
    let joined = |byte| if byte == b'-' { b'_' } else { byte };
    one.bytes().map(joined).eq(other.bytes().map(joined))
}

fn refuse(word: String, value: &Value, problem: &str) -> Invalid {
    let shown = match value {
        Value::String(text) => words::shown(text),
        Value::Bool(true) => "nothing".to_owned(),
        other => words::shown(&other.to_string()),
    };
    Invalid::new(word, format!("{problem}, not {shown}"))
}
