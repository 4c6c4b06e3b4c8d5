use std::{collections::HashSet, hash::BuildHasher as _, time::Duration};

use heygen_types::NextPage;
use serde::Serialize;

use crate::{Error, ErrorKind};

/// Follows the cursors of a list from page to page, and notices a list that has no end.
///
/// [`Pages`](super::Pages) does so by itself. This is for programs that send the requests of a list
/// in another way, such as by [`send_raw`](crate::Client::send_raw).
///
/// ```
/// use heygen_client::{Cursors, Following, types::NextPage};
///
/// let mut cursors = Cursors::new("videos.list");
/// let first = cursors.follow(&["v1"], NextPage::At("a".to_owned()))?;
/// assert!(matches!(first, Following::Page { token, .. } if token == "a"));
/// assert!(cursors.follow(&["v2"], NextPage::At("a".to_owned())).is_err());
/// # Ok::<(), heygen_client::Error>(())
/// ```
#[derive(Debug)]
pub struct Cursors {
    operation: &'static str,
    /// A hash of every cursor that the server gave: eight bytes a page, however long they are.
    seen: HashSet<u64>,
    /// The same of the items of every page.
    contents: HashSet<u64>,
    pages: u64,
    /// How many pages in a row brought nothing.
    barren: u32,
}

/// What follows a page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Following {
    /// Nothing: it was the last one.
    End,
    /// Another page.
    Page {
        /// Its cursor.
        token: String,
        /// How long to wait before it is asked for: not at all after the first pages that brought
        /// something.
        pause: Duration,
    },
}

impl Cursors {
    /// Starts before the first page of a list.
    #[must_use]
    pub fn new(operation: &'static str) -> Self {
        Self {
            operation,
            seen: HashSet::new(),
            contents: HashSet::new(),
            pages: 0,
            barren: 0,
        }
    }

    /// Takes note of the items of a page, and returns what follows it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Protocol`] when the server gives a cursor that it has given before, 20 pages in a
    /// row that are empty or repeat an earlier one, a million pages, or no cursor although it says
    /// that more follows.
    pub fn follow(&mut self, items: &[impl Serialize], next: NextPage) -> Result<Following, Error> {
        self.pages += 1;
        // Items that cannot be written count as new: what bounds them is the number of pages.
        let is_new = !items.is_empty()
            && serde_json::to_vec(items).map_or(true, |content| {
                self.contents
                    .insert(self.contents.hasher().hash_one(content))
            });
        self.barren = if is_new { 0 } else { self.barren + 1 };
        let token = match next {
            NextPage::End => return Ok(Following::End),
            NextPage::At(token) => token,
            _ => {
                let given = "no cursor, and said that more follows";
                return Err(self.broken("is not complete", given));
            }
        };
        // Two cursors with one hash would end a list of millions of pages early, and say so.
        if !self.seen.insert(self.seen.hasher().hash_one(&token)) {
            return Err(self.broken("has no end", "a cursor that it had given before"));
        }
        if self.barren >= BARREN_MAX {
            let given = format!("{BARREN_MAX} pages in a row without anything new");
            return Err(self.broken("seems to have no end", &given));
        }
        if self.pages >= PAGES_MAX {
            return Err(self.broken("seems to have no end", "another one"));
        }
        let pause = match self.barren {
            0 if self.pages < UNHURRIED_FROM => Duration::ZERO,
            0 => LONG_LIST_PAUSE,
            barren => BARREN_PAUSE * barren.min(4),
        };
        Ok(Following::Page { token, pause })
    }

    /// Returns how many pages there were.
    #[must_use]
    pub const fn pages(&self) -> u64 {
        self.pages
    }

    fn broken(&self, list: &str, given: &str) -> Error {
        let (operation, pages) = (self.operation, self.pages);
        Error::local(
            ErrorKind::Protocol,
            format!("the list {operation} {list}: after page {pages} the server gave {given}"),
            "use what was read so far, and report it to HeyGen",
        )
    }
}

/// How many pages that bring nothing are followed in a row. Filters may leave some of them empty.
const BARREN_MAX: u32 = 20;

/// The wait after one page that brings nothing; more after several.
const BARREN_PAUSE: Duration = Duration::from_millis(250);

/// The page after which a list is a long one, and the wait after each of its pages: no server is
/// asked as fast as it answers, for as long as it likes.
const UNHURRIED_FROM: u64 = 20;
const LONG_LIST_PAUSE: Duration = Duration::from_millis(50);

/// The longest list: a hundred million items.
const PAGES_MAX: u64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows a list, and returns how many pages there were.
    fn followed(
        items: impl Fn(u64) -> Vec<u64>,
        mut token: impl FnMut(u64) -> String,
    ) -> (u64, Error) {
        let mut cursors = Cursors::new("videos.list");
        loop {
            let page = cursors.pages();
            match cursors.follow(&items(page), NextPage::At(token(page))) {
                Ok(Following::Page { .. }) => {}
                Ok(end) => panic!("{end:?}"),
                Err(error) => return (cursors.pages(), error),
            }
        }
    }

    #[test]
    fn a_list_without_an_end_is_noticed() {
        let new: fn(u64) -> Vec<u64> = |page| vec![page, page];
        let none: fn(u64) -> Vec<u64> = |_| Vec::new();
        let same: fn(u64) -> Vec<u64> = |_| vec![1];
        let two: fn(u64) -> Vec<u64> = |page| vec![page % 2];
        for (items, period, pages) in [
            (new, 1, 2),
            (new, 2, 3),
            (new, 7, 8),
            (none, u64::MAX, 20),
            (same, u64::MAX, 21),
            (two, u64::MAX, 22),
        ] {
            let (followed, error) = followed(items, |page| (page % period).to_string());
            assert_eq!(followed, pages, "{period}: {error}");
            assert_eq!(error.kind(), ErrorKind::Protocol);
            assert!(error.to_string().contains("no end"), "{error}");
        }
    }

    #[test]
    fn a_long_list_is_not_asked_for_as_fast_as_it_is_answered() {
        let mut cursors = Cursors::new("videos.list");
        for page in 1..100 {
            let next = NextPage::At(page.to_string());
            let following = cursors.follow(&[page], next).unwrap();
            let Following::Page { pause, .. } = following else {
                panic!("{following:?}")
            };
            assert_eq!(pause.is_zero(), page < 20, "{page}");
        }
    }
}
