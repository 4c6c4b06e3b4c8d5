use alloc::{string::String, vec::Vec};

use serde::Serialize;

use crate::{Operation, Page};

/// An operation that answers page by page.
///
/// Most lists put their cursor beside `data`; the detail of a batch has it inside. [`PageOf`] hides
/// the difference, so that one paginator serves both.
///
/// ```
/// use heygen_types::{NextPage, Page, PageOf as _, Paged as _, assets::{AssetRecord, ListAssets}};
///
/// let first = ListAssets::new("sam");
/// let mut answer: Page<AssetRecord> = Page::new(Vec::new());
/// (answer.has_more, answer.next_token) = (Some(true), Some("next".to_owned()));
///
/// let (items, next) = answer.into_items();
/// assert!(items.is_empty());
/// let NextPage::At(token) = next else { panic!("another page follows") };
/// assert_eq!(first.at(token).token.as_deref(), Some("next"));
/// ```
pub trait Paged: Operation<Response: PageOf> + Clone {
    /// Returns the request for the page at a cursor.
    #[must_use]
    fn at(self, token: String) -> Self;
}

/// An answer that is one page of a list.
pub trait PageOf {
    /// What the pages hold.
    type Item: Serialize;

    /// Takes the page apart: its items, and what follows.
    fn into_items(self) -> (Vec<Self::Item>, NextPage);
}

impl<T: Serialize> PageOf for Page<T> {
    type Item = T;

    fn into_items(self) -> (Vec<T>, NextPage) {
        (self.data, NextPage::told(self.has_more, self.next_token))
    }
}

/// What follows a page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum NextPage {
    /// Nothing: it was the last page.
    End,
    /// The page at this cursor.
    At(String),
    /// More, but the server does not say where: what was read is not the whole list.
    Lost,
}

impl NextPage {
    /// Reads what the server told.
    ///
    /// A cursor counts unless the server says that nothing follows: where it says neither, a list that
    /// was cut short would look whole. An empty cursor would lead back to the first page.
    #[must_use]
    pub fn told(has_more: Option<bool>, token: Option<String>) -> Self {
        match (has_more, token) {
            (Some(false), _) => Self::End,
            (_, Some(token)) if !token.is_empty() => Self::At(token),
            (Some(true), _) => Self::Lost,
            (None, _) => Self::End,
        }
    }
}
