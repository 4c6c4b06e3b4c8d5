//! The transport over real sockets.

mod backend;
mod builder;
mod conformance;
mod expect;
mod pool;
mod proxy;
mod runtime;
mod secure;
