use std::{
    env,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// Returns the command line, built from this workspace in the profile of the tests, in an
/// environment without settings of the user.
///
/// # Panics
///
/// When it cannot be built.
#[must_use]
pub fn binary() -> Command {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    let path = BINARY.get_or_init(build);
    let mut command = Command::new(path);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy().to_uppercase();
        if text.starts_with("HEYGEN_") || text.ends_with("_PROXY") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs the command line to its end.
///
/// # Panics
///
/// When it cannot be started.
#[must_use]
pub fn run<S: AsRef<std::ffi::OsStr>>(arguments: impl IntoIterator<Item = S>) -> Output {
    binary()
        .args(arguments)
        .output()
        .expect("the command line can be started")
}

/// Cargo builds the binaries of a package for its own tests only; for these here it is asked to.
fn build() -> PathBuf {
    let test = env::current_exe().expect("a test knows where it is");
    // target/<profile>/deps/<test>
    let profile = test
        .ancestors()
        .nth(2)
        .expect("a test lies in target/<profile>/deps");
    let mut build = Command::new(env!("CARGO"));
    build
        .args([
            "build",
            "--quiet",
            "--package",
            "heygen-rs",
            "--bin",
            "heygen-rs",
        ])
        .arg("--target-dir")
        .arg(
            profile
                .parent()
                .expect("a profile lies in the target folder"),
        )
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")));
    if profile.ends_with("release") {
        build.arg("--release");
    }
    let status = build.status().expect("cargo can be started");
    assert!(status.success(), "the command line builds");
    profile.join(format!("heygen-rs{}", env::consts::EXE_SUFFIX))
}
