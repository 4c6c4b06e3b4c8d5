use std::{collections::HashSet, hash::BuildHasher as _, time::Duration};

use heygen_types::NextPage;

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
/// let first = cursors.follow(20, NextPage::At("a".to_owned()))?;
/// assert!(matches!(first, Following::Page { token, .. } if token == "a"));
/// assert!(cursors.follow(20, NextPage::At("a".to_owned())).is_err());
/// # Ok::<(), heygen_client::Error>(())
/// ```
#[derive(Debug)]
pub struct Cursors {
    operation: &'static str,
    /// A hash of every cursor that the server gave: eight bytes a page, however long they are.
    seen: HashSet<u64>,
    pages: u64,
    empty: u32,
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
        /// How long to wait before it is asked for: not at all after a page with items.
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
            pages: 0,
            empty: 0,
        }
    }

    /// Takes note of a page with so many items, and returns what follows it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Protocol`] when the server gives a cursor that it has given before, 20 pages
    /// without items in a row, a million pages, or no cursor although it says that more follows.
    pub fn follow(&mut self, items: usize, next: NextPage) -> Result<Following, Error> {
        self.pages += 1;
        self.empty = if items == 0 { self.empty + 1 } else { 0 };
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
        if self.empty >= EMPTY_MAX {
            let given = format!("{EMPTY_MAX} pages without items");
            return Err(self.broken("seems to have no end", &given));
        }
        if self.pages >= PAGES_MAX {
            return Err(self.broken("seems to have no end", "another one"));
        }
        let pause = EMPTY_PAUSE * self.empty.min(4);
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

/// How many pages without items are followed in a row. Filters may leave some of them empty.
const EMPTY_MAX: u32 = 20;

/// The wait after one page without items; more after several.
const EMPTY_PAUSE: Duration = Duration::from_millis(250);

/// The longest list: a hundred million items.
const PAGES_MAX: u64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    /// Follows a list of which every page has so many items, and returns how many pages there were.
    fn followed(items: usize, mut token: impl FnMut(u64) -> String) -> (u64, Error) {
        let mut cursors = Cursors::new("videos.list");
        loop {
            let next = NextPage::At(token(cursors.pages()));
            match cursors.follow(items, next) {
                Ok(Following::Page { pause, .. }) => assert_eq!(pause.is_zero(), items > 0),
                Ok(end) => panic!("{end:?}"),
                Err(error) => return (cursors.pages(), error),
            }
        }
    }

    #[test]
    fn a_list_without_an_end_is_noticed() {
        for (items, period, pages) in [(3, 1, 2), (3, 2, 3), (3, 7, 8), (0, u64::MAX, 20)] {
            let (followed, error) = followed(items, |page| (page % period).to_string());
            assert_eq!(followed, pages, "{items} {period}: {error}");
            assert_eq!(error.kind(), ErrorKind::Protocol);
            assert!(error.to_string().contains("no end"), "{error}");
        }
    }
}
