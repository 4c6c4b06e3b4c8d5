#![doc = include_str!("../README.md")]

mod answer_head;
mod builder;
mod error;
mod failure;
mod head;
mod interim;
mod limits;
mod proxies;
mod roots;
mod stall_clock;
mod tls;
mod unsent;

pub use answer_head::{MAX_HEAD_BYTES, MAX_HEADERS, read_head};
pub use builder::{FromSettings, Proxy, Settings, TransportBuilder};
pub use error::{Error, ErrorKind};
pub use failure::{
    ProxyRefusal, connecting, exchanging, not_a_proxy, proxy_refused, refused, refused_by_proxy,
    unanswered, unreadable,
};
pub use head::Head;
pub use interim::Interim;
pub use limits::{Limits, bounded};
pub use proxies::{Proxies, ProxyScheme, ProxyServer};
pub use roots::Roots;
pub use stall_clock::StallClock;
pub use tls::Tls;
pub use unsent::keep_unsent_low;

/// Any error, as it goes into a [`TransportError`](heygen_client::TransportError).
pub(crate) type BoxError = Box<dyn std::error::Error + Send + Sync>;
