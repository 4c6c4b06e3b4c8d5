//! The public items of a library, as rustdoc sees them.
//!
//! Its JSON is unstable, so all depends on one version of Rust: a stable one, that anybody can
//! install, told to allow what it would refuse. Only rustdoc is told that, for build scripts look
//! at the variable too and everything would be built twice; so this program stands in for it.

use std::{
    env,
    ffi::OsString,
    path::PathBuf,
    process::{Command, ExitCode},
};

use anyhow::{Context as _, Result};
use public_api::PublicApi;

use crate::{
    command::{cargo, cargo_of, clean, output, run as run_command, succeeds},
    workspace::{Package, Workspace},
};

/// The version whose JSON the library `public-api` reads. A change of it makes a new listing of
/// everything: `cargo xtask api --bless`.
const TOOLCHAIN: &str = "1.95.0";

/// The variable with the path of the real rustdoc.
const REAL_RUSTDOC: &str = "XTASK_REAL_RUSTDOC";

/// Returns every public item of a library with all of its features.
pub(crate) fn public_api(workspace: &Workspace, package: &Package) -> Result<PublicApi> {
    let arguments = ["rustdoc", "--quiet", "--lib", "--all-features"];
    let mut command = match is_active() {
        true => cargo(arguments),
        false => cargo_of(TOOLCHAIN, arguments),
    };
    command
        .args(["--package", &package.name, "--"])
        .args([
            "-Zunstable-options",
            "--output-format=json",
            "--cap-lints=allow",
        ])
        .env("RUSTDOC", env::current_exe().context("xtask has no path")?)
        .env(REAL_RUSTDOC, real_rustdoc()?);
    run_command(&mut command)?;
    let name = format!("doc/{}.json", package.name.replace('-', "_"));
    public_api::Builder::from_rustdoc_json(workspace.target.join(&name))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .with_context(|| format!("cannot read {name}"))
}

/// Tells whether the Rust that is in use anyway is the one that is needed.
fn is_active() -> bool {
    output(clean("rustc").arg("--version"))
        .is_ok_and(|version| version.starts_with(&format!("rustc {TOOLCHAIN} ")))
}

/// Returns where rustdoc of the toolchain is, after installing it if need be.
fn real_rustdoc() -> Result<PathBuf> {
    if is_active() {
        let path = output(clean("rustup").args(["which", "rustdoc"]))?;
        return Ok(PathBuf::from(path.trim()));
    }
    if !succeeds(&mut cargo_of(TOOLCHAIN, ["--version"])) {
        let install = ["toolchain", "install", TOOLCHAIN, "--profile", "minimal"];
        run_command(clean("rustup").args(install))?;
    }
    let path = output(clean("rustup").args(["which", "--toolchain", TOOLCHAIN, "rustdoc"]))?;
    Ok(PathBuf::from(path.trim()))
}

/// Does the work of rustdoc when cargo has called this program in its place.
pub(crate) fn stand_in(arguments: impl Iterator<Item = OsString>) -> Option<ExitCode> {
    let rustdoc = env::var_os(REAL_RUSTDOC)?;
    let mut command = Command::new(rustdoc);
    command
        .args(arguments)
        .env_remove(REAL_RUSTDOC)
        .env("RUSTC_BOOTSTRAP", "1");
    let is_good = command.status().is_ok_and(|status| status.success());
    Some(if is_good {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
