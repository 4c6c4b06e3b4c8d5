//! The transport over real sockets.

mod conformance;
