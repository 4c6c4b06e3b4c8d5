//! The transport over real sockets.

mod smoke;
