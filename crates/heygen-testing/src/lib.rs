//! What the crates of this workspace are tested with. It is not published.
//!
//! - [`conformance`] holds a [`Transport`](heygen_client::Transport) to its contract, over real
//!   sockets.
//! - [`files`] makes real files of any size.
//! - [`server`] is the scripted loopback server that it uses.
//! - [`sim`] runs uploads, with everything that can happen to them, in virtual time.
//! - [`strategies`] makes plans, configurations, failures and fault scripts for property tests.

pub mod conformance;
pub mod files;
pub mod server;
pub mod sim;
pub mod strategies;
