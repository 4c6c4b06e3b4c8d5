//! What the end-to-end suites have in common.

mod bench;
#[cfg(all(doctest, feature = "guide"))]
mod guide;

pub use bench::{Bench, client};
pub use heygen_testing::files::{media, mp4_of, png_of, sha256};

/// The README of the repository, so that its example is compiled.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
#[derive(Debug)]
pub struct Readme;
