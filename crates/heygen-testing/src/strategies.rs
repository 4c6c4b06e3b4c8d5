//! Strategies, as functions: what an upload can be, and what can happen to it.

mod configs;
mod failures;
mod faults;
mod plans;

pub use configs::{configs, generous_configs, retry_policies};
pub use failures::{
    any_failures, api_errors, api_failures, passing_failures, storage_bodies, storage_failures,
    transport_failures,
};
pub use faults::{Fault, Lie, fault_scripts, passing_fault_scripts};
pub use plans::{checksums, digests, file_names, media_types, plans, routes, sizes};
