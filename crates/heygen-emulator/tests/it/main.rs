//! The emulator, driven as clients would.

#[cfg(feature = "server")]
mod sockets;
