//! The hyper, tokio and rustls transport of the HeyGen client.

mod builder;
mod client;
mod connection;
mod connector;
mod download;
mod error;
mod failure;
mod head;
mod lease;
mod limits;
mod pool;
mod progress;
mod proxy;
mod runtime;
mod socket;
mod tls;
mod transport;
mod upload;
mod watchdog;

pub use builder::HyperTransportBuilder;
pub use client::client_builder;
pub use error::{Error, ErrorKind};
pub use runtime::TokioRuntime;
pub use transport::HyperTransport;
