//! The fuzz targets of this program. It is no library, so they are played from here, and
//! `cargo xtask fuzz` has these tests run for longer.

use heygen_testing::fuzz::replay;

use crate::{config, credentials};

#[test]
fn credentials() {
    replay("credentials", credentials::fuzz::run);
}

#[test]
fn config() {
    replay("config", config::fuzz::run);
}
