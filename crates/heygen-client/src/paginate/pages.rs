use std::{
    fmt,
    future::poll_fn,
    pin::Pin,
    task::{Context, Poll},
};

use futures_core::Stream;
use heygen_types::{NextPage, PageOf as _, Paged};

use super::{Cursors, Following, ItemOf, Sending};
use crate::{Client, Error, Sleep};

/// The pages of a list, each with its items, as a stream.
///
/// It holds one page at a time, whatever the length of the list. It ends after the last page and
/// after an error.
#[must_use = "nothing is asked for before the first page is"]
pub struct Pages<R: Paged> {
    client: Client,
    request: R,
    next: Next<R>,
    cursors: Cursors,
    cursor: Option<String>,
}

/// What happens when the next page is wanted.
enum Next<R: Paged> {
    Send,
    Pause(Sleep),
    Await(Sending<R>),
    Fail(Error),
    End,
}

impl<R: Paged> Pages<R> {
    pub(super) fn new(client: Client, request: R) -> Self {
        Self {
            client,
            request,
            next: Next::Send,
            cursors: Cursors::new(R::ID),
            cursor: None,
        }
    }

    /// Returns the cursor of the page that follows: with [`Paged::at`] a later list goes on there.
    /// `None` before the first page and after the last one. After an error it is still that of the
    /// page which could not be had.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// Takes note of what follows a page.
    fn turn(&mut self, items: &[ItemOf<R>], next: NextPage) {
        self.cursor = None;
        self.next = match self.cursors.follow(items, next) {
            Ok(Following::End) => Next::End,
            Ok(Following::Page { token, pause }) => {
                self.request = self.request.clone().at(token.clone());
                self.cursor = Some(token);
                if pause.is_zero() {
                    Next::Send
                } else {
                    Next::Pause(self.client.shared.runtime.sleep(pause))
                }
            }
            Err(error) => Next::Fail(error),
        };
    }
}

impl<R> Pages<R>
where
    R: Paged + Send + Sync + 'static,
    R::Response: Send,
{
    /// Asks for the next page and returns its items, `None` after the last page.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`]; [`Protocol`](crate::ErrorKind::Protocol) when the server
    /// gives a cursor twice, which would be a list without an end, gives too many pages in a row
    /// without anything new, or says that more follows and not where.
    pub async fn next(&mut self) -> Option<Result<Vec<ItemOf<R>>, Error>> {
        poll_fn(|cx| Pin::new(&mut *self).poll_next(cx)).await
    }
}

impl<R> Stream for Pages<R>
where
    R: Paged + Send + Sync + 'static,
    R::Response: Send,
{
    type Item = Result<Vec<ItemOf<R>>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match std::mem::replace(&mut self.next, Next::End) {
                Next::End => return Poll::Ready(None),
                Next::Fail(error) => return Poll::Ready(Some(Err(error))),
                Next::Pause(mut pause) => {
                    if pause.as_mut().poll(cx).is_pending() {
                        self.next = Next::Pause(pause);
                        return Poll::Pending;
                    }
                    self.next = Next::Send;
                }
                Next::Send => {
                    let (client, request) = (self.client.clone(), self.request.clone());
                    let sending = async move { client.send(&request).await };
                    self.next = Next::Await(Box::pin(sending));
                }
                Next::Await(mut sending) => {
                    let Poll::Ready(answer) = sending.as_mut().poll(cx) else {
                        self.next = Next::Await(sending);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(answer.map(|page| {
                        let (items, next) = page.into_items();
                        self.turn(&items, next);
                        items
                    })));
                }
            }
        }
    }
}

// Nothing in it is pinned: the future has a box of its own.
impl<R: Paged> Unpin for Pages<R> {}

impl<R: Paged> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &R::ID)
            .field("pages", &self.cursors.pages())
            .finish_non_exhaustive()
    }
}
