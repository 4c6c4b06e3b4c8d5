//! An emulator of the HeyGen v3 asset API that enforces the documented contract.

mod api;
mod api_key;
mod asset_entry;
mod blob;
mod core;
mod endpoint;
mod exchange;
mod fault;
mod fields;
mod form;
mod ids;
mod log;
mod media;
mod problem;
mod replays;
#[cfg(feature = "server")]
mod server;
mod settings;
mod state;
mod storage;

pub use self::core::Core;
pub use api_key::ApiKey;
pub use asset_entry::AssetEntry;
pub use blob::Blob;
pub use endpoint::Endpoint;
pub use exchange::{Action, Begin, Body, BodyPlan, Cut, Exchange, Payload, Reply, RequestId};
pub use fault::{Fault, SlotOverride};
pub use form::{Form, FormError, FormFile};
pub use log::RequestRecord;
#[cfg(feature = "server")]
pub use server::{Emulator, EmulatorBuilder};
pub use settings::{MaxBytes, Settings, SignedHeaders, TooLarge};
pub use storage::StorageCode;
