use alloc::{borrow::Cow, collections::BTreeMap, string::String};
use core::{error::Error, fmt};

use crate::Json;

/// A value that the API would refuse, found before anything is sent.
///
/// The message names the field, what was given and the limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    field: Cow<'static, str>,
    problem: Cow<'static, str>,
}

impl Invalid {
    /// Reports that `field` cannot be used, and why.
    pub fn new(field: impl Into<Cow<'static, str>>, problem: impl Into<Cow<'static, str>>) -> Self {
        Self {
            field: field.into(),
            problem: problem.into(),
        }
    }

    /// Puts the field into the object or list that holds it.
    #[must_use]
    pub(crate) fn within(self, outer: &str) -> Self {
        Self {
            field: alloc::format!("{outer}.{}", self.field).into(),
            problem: self.problem,
        }
    }

    /// Returns the name of the field, in the API's own words.
    #[must_use]
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Returns what is wrong with it.
    #[must_use]
    pub fn problem(&self) -> &str {
        &self.problem
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.field, self.problem)
    }
}

impl Error for Invalid {}

/// Checks the number of characters of a text field.
pub(crate) fn check_length(
    field: &'static str,
    text: &str,
    limits: core::ops::RangeInclusive<usize>,
) -> Result<(), Invalid> {
    let length = text.chars().count();
    if limits.contains(&length) {
        return Ok(());
    }
    Err(Invalid::new(
        field,
        alloc::format!(
            "has {length} characters, the API takes {} to {}",
            limits.start(),
            limits.end()
        ),
    ))
}

/// Checks the number of items of a list.
pub(crate) fn check_count(
    field: &'static str,
    count: usize,
    limits: core::ops::RangeInclusive<usize>,
) -> Result<(), Invalid> {
    if limits.contains(&count) {
        return Ok(());
    }
    Err(Invalid::new(
        field,
        alloc::format!(
            "has {count} items, the API takes {} to {}",
            limits.start(),
            limits.end()
        ),
    ))
}

/// Checks a number against the range that the API declares.
pub(crate) fn check_range<T: PartialOrd + fmt::Display>(
    field: &'static str,
    value: &T,
    limits: core::ops::RangeInclusive<T>,
) -> Result<(), Invalid> {
    if limits.contains(value) {
        return Ok(());
    }
    Err(Invalid::new(
        field,
        alloc::format!(
            "is {value}, the API takes {} to {}",
            limits.start(),
            limits.end()
        ),
    ))
}

/// Checks that a text has at least one character.
pub(crate) fn check_not_empty(field: &'static str, text: &str) -> Result<(), Invalid> {
    if text.is_empty() {
        return Err(Invalid::new(field, "is empty"));
    }
    Ok(())
}

/// Checks that a list has at least one item.
pub(crate) fn check_any<T>(field: &'static str, items: &[T]) -> Result<(), Invalid> {
    if items.is_empty() {
        return Err(Invalid::new(field, "is empty"));
    }
    Ok(())
}

/// Checks that a request which changes something names what.
pub(crate) fn check_changes(changes: bool) -> Result<(), Invalid> {
    if changes {
        return Ok(());
    }
    Err(Invalid::new(
        "body",
        "changes nothing; at least one field is needed",
    ))
}

/// Checks a number that has to be above one limit and not above the other.
pub(crate) fn check_above(
    field: &'static str,
    value: f64,
    above: f64,
    max: f64,
) -> Result<(), Invalid> {
    if value > above && value <= max {
        return Ok(());
    }
    Err(Invalid::new(
        field,
        alloc::format!("is {value}, the API takes more than {above} and at most {max}"),
    ))
}

/// Checks that a colour is written as the API takes it.
pub(crate) fn check_color(field: &'static str, text: &str) -> Result<(), Invalid> {
    let digits = text.strip_prefix('#').unwrap_or_default();
    if digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(());
    }
    let problem = alloc::format!("is {text:?}, the API takes colours such as \"#1a2b3c\"");
    Err(Invalid::new(field, problem))
}

/// Checks that a text has no white space.
pub(crate) fn check_no_space(field: &'static str, text: &str) -> Result<(), Invalid> {
    if text.contains(char::is_whitespace) {
        let problem = alloc::format!("is {text:?}, which contains white space");
        return Err(Invalid::new(field, problem));
    }
    Ok(())
}

/// Checks that a part of a recording has a length.
pub(crate) fn check_times(start: Option<f64>, end: Option<f64>) -> Result<(), Invalid> {
    let start = start.unwrap_or(0.0);
    if !start.is_finite() {
        return Err(Invalid::new("start_time", "is no number of seconds"));
    }
    if start < 0.0 {
        return Err(Invalid::new("start_time", "is before the beginning"));
    }
    match end {
        Some(end) if !end.is_finite() => Err(Invalid::new("end_time", "is no number of seconds")),
        Some(end) if end <= start => {
            let problem = alloc::format!("is {end}, which is not after the start, {start}");
            Err(Invalid::new("end_time", problem))
        }
        _ => Ok(()),
    }
}

/// Checks every item of a list by itself.
pub(crate) fn check_each<T>(
    field: &'static str,
    items: &[T],
    check: impl Fn(&T) -> Result<(), Invalid>,
) -> Result<(), Invalid> {
    items.iter().enumerate().try_for_each(|(index, item)| {
        check(item).map_err(|invalid| invalid.within(&alloc::format!("{field}[{index}]")))
    })
}

/// Checks every value of a map by itself.
pub(crate) fn check_every<T>(
    field: &'static str,
    items: &BTreeMap<String, T>,
    check: impl Fn(&T) -> Result<(), Invalid>,
) -> Result<(), Invalid> {
    items.iter().try_for_each(|(name, item)| {
        check(item).map_err(|invalid| invalid.within(&alloc::format!("{field}.{name}")))
    })
}

/// Checks that what was kept unread is not a malformed value of a known kind.
pub(crate) fn check_kind(tag: &'static str, known: &[&str], value: &Json) -> Result<(), Invalid> {
    let kind = value.member(tag).and_then(Json::as_str);
    if kind.is_none_or(|kind| known.contains(&kind)) {
        let problem = match kind {
            Some(kind) => alloc::format!("is {kind}, but the other fields do not fit that kind"),
            None => String::from("is missing"),
        };
        return Err(Invalid::new(tag, problem));
    }
    Ok(())
}
