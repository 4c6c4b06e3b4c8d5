//! The groups of the API's operations, each with one method per operation.
//!
//! The names are the API's own: `video_translations.proofreads.srt.replace` is
//! `client.video_translations().proofreads().srt().replace(…)`. An operation with a body returns a
//! builder, [`Submit`](crate::Submit): required fields are arguments, optional ones are setters, and
//! it is sent when it is awaited.
//!
//! ```
//! # use heygen_client::{Client, Error};
//! # async fn dub(client: &Client) -> Result<(), Error> {
//! let lipsync = client
//!     .lipsyncs()
//!     .create("clip.mp4", "german.mp3")
//!     .title("German")
//!     .wait()
//!     .await?
//!     .into_result()?;
//! println!("{:?}", lipsync.video_url);
//! # Ok(())
//! # }
//! ```
//!
//! A file is given as a path, an asset id, a URL or a [`Source`](crate::Source); local files are
//! uploaded first: see [`FileInput`](crate::FileInput) and [`FileLink`](crate::FileLink). Deprecated
//! fields have no setter; [`with`](crate::Submit::with) changes any field.
//!
//! Items of a batch are builders themselves:
//!
//! ```
//! # use heygen_client::{Client, Error};
//! # async fn dub(client: &Client) -> Result<(), Error> {
//! let lipsyncs = client.lipsyncs();
//! let batch = lipsyncs
//!     .batches()
//!     .create()
//!     .lipsync(lipsyncs.create("clip.mp4", "german.mp3"))
//!     .lipsync(lipsyncs.create("clip.mp4", "french.mp3"))
//!     .wait()
//!     .await?
//!     .into_result()?;
//! println!("{:?}", batch.counts_by_status);
//! # Ok(())
//! # }
//! ```
//!
//! Next to the operations there are `items` and `pages`, which follow a list over all its pages, and
//! `wait`, which waits for the end of a job.

mod assets;
mod templates;
mod videos;

pub use crate::generated::*;
