#![doc = include_str!("../README.md")]
#![no_std]
#![warn(clippy::std_instead_of_core, clippy::alloc_instead_of_core)]

extern crate alloc;

mod delivery;
mod error;
mod headers;
mod secret;
mod seen;
mod sign;
mod verifier;

pub use delivery::Delivery;
pub use error::VerifyError;
pub use headers::{
    EVENT_ID_HEADER, OLDER_SIGNATURE_HEADERS, SIGNATURE_HEADER, TIMESTAMP_HEADER, headers,
};
pub use secret::Secret;
pub use seen::SeenIds;
pub use sign::sign;
pub use verifier::Verifier;
