use alloc::{string::String, vec::Vec};

use crate::{Operation, Page};

/// An operation that answers page by page.
///
/// Most lists put their cursor beside `data`; the detail of a batch has it inside. This trait hides
/// the difference, so that one paginator serves both.
///
/// ```
/// use heygen_types::{Page, Paged, assets::ListAssets};
///
/// let first = ListAssets::new("sam");
/// let mut answer: Page<heygen_types::assets::AssetRecord> = Page::new(Vec::new());
/// (answer.has_more, answer.next_token) = (true, Some("next".to_owned()));
///
/// let (items, token) = ListAssets::into_items(answer);
/// assert!(items.is_empty());
/// let second = first.at(token.expect("another page follows"));
/// assert_eq!(second.token.as_deref(), Some("next"));
/// ```
pub trait Paged: Operation + Clone {
    /// What the pages hold.
    type Item;

    /// Returns the request for the page at a cursor.
    #[must_use]
    fn at(self, token: String) -> Self;

    /// Takes an answer apart: its items, and the cursor of the page that follows, if one does.
    fn into_items(response: Self::Response) -> (Vec<Self::Item>, Option<String>);
}

/// Takes a page of a list apart.
pub(crate) fn take_page<T>(page: Page<T>) -> (Vec<T>, Option<String>) {
    let token = next_token(page.has_more, page.next_token);
    (page.data, token)
}

/// Returns the cursor of the page that follows, if one does.
///
/// A cursor counts only when the server also says that there is more, so that a list of one page is
/// not read for ever; and an empty one would lead back to the first page.
pub(crate) fn next_token(has_more: bool, token: Option<String>) -> Option<String> {
    token.filter(|token| has_more && !token.is_empty())
}
