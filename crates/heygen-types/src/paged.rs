use alloc::{string::String, vec::Vec};

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
/// (answer.has_more, answer.next_token) = (true, Some("next".to_owned()));
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
    type Item;

    /// Takes the page apart: its items, and what follows.
    fn into_items(self) -> (Vec<Self::Item>, NextPage);
}

impl<T> PageOf for Page<T> {
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
    /// A cursor counts only when the server also says that there is more, so that a list of one page
    /// is not read for ever; and an empty one would lead back to the first page.
    #[must_use]
    pub fn told(has_more: bool, token: Option<String>) -> Self {
        match token {
            _ if !has_more => Self::End,
            Some(token) if !token.is_empty() => Self::At(token),
            _ => Self::Lost,
        }
    }
}
