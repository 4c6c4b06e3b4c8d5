//! The program around the targets. It is made below the target folder: it needs a C++ compiler
//! and flags of its own, so nothing that is built every day should know of it.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

use crate::{
    command::{cargo, clean, output, run as run_command},
    workspace::Workspace,
};

/// The variable that tells the program which target to run.
pub(super) const TARGET: &str = "HEYGEN_FUZZ_TARGET";

/// What has LLVM count the edges that an input takes, and compare values with what the code
/// compares them with. Rust has no words of its own for it, but hands these through on every
/// channel.
const COVERAGE: &str = "-Cpasses=sancov-module \
    -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
    -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares";

/// Overflows and broken debug assertions are faults too.
const MANIFEST: &str = r#"[package]
name = "heygen-fuzz"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
heygen-testing = { path = "TESTING" }
libfuzzer-sys = "0.4.13"

[profile.release]
debug-assertions = true
overflow-checks = true
debug = "line-tables-only"

[workspace]
"#;

const PROGRAM: &str = r#"#![no_main]

use std::sync::LazyLock;

use heygen_testing::fuzz::{Target, target};

static RUN: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("HEYGEN_FUZZ_TARGET").expect("a target is chosen");
    target(&name).expect("there is such a target")
});

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| RUN(bytes));
"#;

/// Builds the program and returns where it is.
pub(super) fn build(workspace: &Workspace) -> Result<PathBuf> {
    let folder = workspace.target.join("fuzz");
    let testing = workspace.root.join("crates/heygen-testing");
    let manifest = MANIFEST.replace("TESTING", &testing.display().to_string());
    write(&folder.join("Cargo.toml"), &manifest)?;
    write(&folder.join("src/main.rs"), PROGRAM)?;
    take_versions(workspace, &folder)?;

    let host = host()?;
    // With a target named, build scripts and macros are not instrumented.
    let mut command = cargo(["build", "--release", "--quiet", "--target", &host]);
    command
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("build"))
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", COVERAGE);
    run_command(&mut command)?;
    Ok(folder.join("build").join(host).join("release/heygen-fuzz"))
}

/// Has the package built with the versions of the workspace, as of its last change; what it needs
/// beyond them cargo adds to the copy.
fn take_versions(workspace: &Workspace, folder: &Path) -> Result<()> {
    let lock = fs::read_to_string(workspace.root.join("Cargo.lock")).context("no Cargo.lock")?;
    let taken = folder.join("Cargo.lock.taken");
    if fs::read_to_string(&taken).is_ok_and(|taken| taken == lock) {
        return Ok(());
    }
    write(&folder.join("Cargo.lock"), &lock)?;
    write(&taken, &lock)
}

/// Returns the name of this machine in the words of rustc.
fn host() -> Result<String> {
    let version = output(clean("rustc").arg("-vV"))?;
    let mut lines = version.lines();
    let host = lines.find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not name its host")?.to_owned())
}

fn write(path: &Path, text: &str) -> Result<()> {
    // What does not change is not built again.
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
