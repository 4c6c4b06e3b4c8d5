use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use futures_core::Stream;
use heygen_types::Paged;

use super::{ItemOf, Pages};
use crate::Error;

/// The items of a list, as a stream. Pages are asked for as their items are.
///
/// It ends after the last item and after an error.
#[must_use = "nothing is asked for before the first item is"]
pub struct Items<R: Paged> {
    pages: Pages<R>,
    page: vec::IntoIter<ItemOf<R>>,
}

impl<R: Paged> Items<R> {
    pub(super) fn new(pages: Pages<R>) -> Self {
        Self {
            pages,
            page: Vec::new().into_iter(),
        }
    }
}

impl<R> Items<R>
where
    R: Paged + Send + Sync + 'static,
    R::Response: Send,
{
    /// Returns the next item, `None` after the last one.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<ItemOf<R>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }

    /// Collects the items that follow, at most so many. A list can be longer than memory, so there
    /// is no way to collect without a bound; what follows after it is still to be had.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`]. What was collected before the error is lost; to keep it take the
    /// items one by one.
    pub async fn collect_up_to(&mut self, max: usize) -> Result<Vec<ItemOf<R>>, Error> {
        let mut items = Vec::new();
        while items.len() < max {
            match self.next().await {
                Some(item) => items.push(item?),
                None => break,
            }
        }
        Ok(items)
    }
}

impl<R> Stream for Items<R>
where
    R: Paged + Send + Sync + 'static,
    R::Response: Send,
{
    type Item = Result<ItemOf<R>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(cx)) {
                Some(Ok(page)) => self.page = page.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Nothing in it is pinned: the items are handed out by value.
impl<R: Paged> Unpin for Items<R> {}

impl<R: Paged> fmt::Debug for Items<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .field("ready", &self.page.len())
            .finish()
    }
}
