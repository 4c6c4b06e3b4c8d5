#![doc = include_str!("../README.md")]

mod builder;
mod error;
mod failure;
mod head;
mod interim;
mod limits;
mod proxies;
mod roots;
mod tls;
mod unsent;

pub use builder::{FromSettings, Proxy, Settings, TransportBuilder};
pub use error::{Error, ErrorKind};
pub use failure::{connecting, refused};
pub use head::{Head, is_loopback};
pub use interim::Interim;
pub use limits::{Limits, bounded};
pub use proxies::Proxies;
pub use roots::Roots;
pub use tls::Tls;
pub use unsent::keep_unsent_low;

/// Any error, as it goes into a [`TransportError`](heygen_client::TransportError).
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;
