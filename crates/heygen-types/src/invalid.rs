use alloc::borrow::Cow;
use core::{error::Error, fmt};

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

/// Checks a number, or a count of items, against the range that the API declares.
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
