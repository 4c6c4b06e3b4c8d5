//! Fuzz targets: a function for every parser of foreign bytes, and one that drives the upload
//! machine.
//!
//! A target takes any bytes and must not panic. It asserts more than that where there is more to
//! hold: what was read is written and read again, what was signed verifies, an upload ends once.
//! The same function is played by the ordinary tests, over its corpus and a few thousand
//! mutations of it ([`replay`]), and by libFuzzer (`cargo xtask fuzz`).
//!
//! The corpus of a target is the folder of its name in `corpus/`. Where an input has parts it is
//! written as a [`Message`], so that it can be read and changed by hand.

mod answers;
mod api_error;
mod canned;
mod checkpoint;
mod emulator;
mod fault;
mod form;
mod machine;
mod media;
mod message;
mod multipart;
mod mutator;
mod presigned;
mod redacted;
mod replay;
mod retry_after;
mod signature;
mod slot;
mod storage_error;
mod webhook;

pub use emulator::{core, play};
pub use message::Message;
pub use mutator::Mutator;
pub use replay::{corpus, folder, replay};

/// A target: takes any bytes, and panics when it finds a fault.
pub type Target = fn(&[u8]);

/// Every target, by name.
pub const TARGETS: &[(&str, Target)] = &[
    ("answers", answers::run),
    ("api_error", api_error::run),
    ("checkpoint", checkpoint::run),
    ("emulator", emulator::run),
    ("fault", fault::run),
    ("form", form::run),
    ("machine", machine::run),
    ("media", media::run),
    ("multipart", multipart::run),
    ("presigned", presigned::run),
    ("redacted", redacted::run),
    ("retry_after", retry_after::run),
    ("signature", signature::run),
    ("slot", slot::run),
    ("storage_error", storage_error::run),
    ("webhook", webhook::run),
];

/// Returns the target of this name.
#[must_use]
pub fn target(name: &str) -> Option<Target> {
    let mut targets = TARGETS.iter();
    targets.find_map(|(known, run)| (*known == name).then_some(*run))
}
