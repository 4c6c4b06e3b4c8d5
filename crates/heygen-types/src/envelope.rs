use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

/// The envelope of one resource: `{"data": …}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Data<T> {
    /// The resource.
    pub data: T,
}

impl<T> Data<T> {
    /// Wraps a resource.
    pub const fn new(data: T) -> Self {
        Self { data }
    }
}

/// One page of a list: `{"data": […], "has_more": …, "next_token": …}`.
///
/// Lists that take no cursor answer in the same envelope, with `has_more` false or absent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Page<T> {
    /// The items of this page.
    #[serde(deserialize_with = "crate::lenient::null_as_default")]
    pub data: Vec<T>,
    /// Whether another page follows, where the answer says so.
    #[serde(default)]
    pub has_more: Option<bool>,
    /// The cursor of the next page, opaque, for the query parameter `token`.
    #[serde(default)]
    pub next_token: Option<String>,
}

impl<T> Page<T> {
    /// Makes a page that is the last one.
    pub const fn new(data: Vec<T>) -> Self {
        Self {
            data,
            has_more: None,
            next_token: None,
        }
    }
}
