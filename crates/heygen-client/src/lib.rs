//! The HeyGen client: requests from operations, endpoint facades and uploads, over a swappable
//! transport.

mod body;
pub mod media;
mod runtime;
mod transport;

pub use body::{Body, BodyError};
pub use runtime::{Runtime, Sleep};
pub use transport::{Destination, Transport, TransportError, TransportErrorKind, TransportFuture};
