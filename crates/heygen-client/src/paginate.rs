mod cursors;
mod items;
mod pages;

use std::{future::Future, pin::Pin};

use heygen_types::{Operation, PageOf, Paged};

pub use cursors::{Cursors, Following};
pub use items::Items;
pub use pages::Pages;

use crate::{Client, Error};

impl Client {
    /// Returns the items of a list, page after page as they are asked for.
    ///
    /// ```no_run
    /// # use heygen_client::{Client, Error, types::assets::ListAssets};
    /// # async fn show(client: &Client) -> Result<(), Error> {
    /// let mut assets = client.items(ListAssets::new("sam"));
    /// while let Some(asset) = assets.next().await {
    ///     println!("{}", asset?.id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items<R: Paged>(&self, request: R) -> Items<R> {
        Items::new(self.pages(request))
    }

    /// Returns the pages of a list as they are asked for. The request may start at any page: it is
    /// sent as it stands, and from then on with the cursors that the server gives.
    pub fn pages<R: Paged>(&self, request: R) -> Pages<R> {
        Pages::new(self.clone(), request)
    }
}

/// What the pages of a list hold.
type ItemOf<R> = <<R as Operation>::Response as PageOf>::Item;

/// What sends an operation that it owns.
type Sending<R> = Pin<Box<dyn Future<Output = Result<<R as Operation>::Response, Error>> + Send>>;
