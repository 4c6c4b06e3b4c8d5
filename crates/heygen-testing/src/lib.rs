//! What the crates of this workspace are tested with. It is not published.
//!
//! - [`conformance`] holds a [`Transport`](heygen_client::Transport) to its contract, over real
//!   sockets.
//! - [`driver`] drives the upload machine and holds it to its contract, whatever it is told.
//! - [`files`] makes real files of any size.
//! - [`fuzz`] has a target for every parser of foreign bytes.
//! - [`server`] is the scripted loopback server that it uses.
//! - [`sim`] runs uploads, with everything that can happen to them, in virtual time.
//! - [`strategies`] makes plans, configurations, failures and fault scripts for property tests.

pub mod conformance;
pub mod driver;
pub mod files;
pub mod fuzz;
pub mod server;
pub mod sim;
pub mod strategies;
