#![doc = include_str!("../README.md")]

mod blocking;
mod chunks;
mod client;
mod dial;
mod download;
mod exchange;
mod failure;
mod outgoing;
mod patience;
mod pool;
mod reply;
mod runtime;
mod transport;
mod waiter;
mod wire;

pub use blocking::Blocking;
pub use client::client_builder;
pub use heygen_transport::{Error, ErrorKind, TransportBuilder};
pub use runtime::ThreadRuntime;
pub use transport::{UreqTransport, UreqTransportBuilder};
