use std::{collections::BTreeSet, ffi::OsString};

use anyhow::{Result, bail};

use crate::{
    command::{cargo, output},
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "deps",
    about: "types, core and webhooks depend on what is listed here, the client on no HTTP stack, \
            the blocking transport on no asynchronous one",
    run,
};

/// Everything that `heygen-types` pulls in, to the last crate, and why.
const TYPES: &[(&str, &str)] = &[
    ("serde", "both directions of every wire type"),
    ("serde_core", "the traits of serde"),
    ("serde_derive", "runs at compile time only"),
    ("proc-macro2", "part of serde_derive"),
    ("quote", "part of serde_derive"),
    ("syn", "part of serde_derive"),
    ("unicode-ident", "part of serde_derive"),
];

/// What `heygen-upload-core` pulls in beyond that.
const CORE: &[(&str, &str)] = &[("heygen-types", "the vocabulary")];

/// What `heygen-webhooks` pulls in beyond the types.
const WEBHOOKS: &[(&str, &str)] = &[
    ("heygen-types", "the vocabulary"),
    ("hmac", "signatures, and their comparison in constant time"),
    ("sha2", "the hash under them"),
    ("zeroize", "a secret leaves no copy in memory"),
    ("block-buffer", "part of sha2"),
    ("cfg-if", "part of sha2"),
    ("cmov", "part of digest: comparison without branches"),
    (
        "cpufeatures",
        "part of sha2: the instructions of the processor",
    ),
    ("crypto-common", "part of digest"),
    ("ctutils", "part of digest: comparison in constant time"),
    ("digest", "the traits of hmac and sha2"),
    ("hybrid-array", "part of digest"),
    ("libc", "part of cpufeatures on some systems"),
    ("typenum", "part of hybrid-array"),
];

/// What must not come in by way of `heygen-client`, whatever features are on: its user brings
/// the HTTP stack and the runtime.
const NOT_IN_CLIENT: &[&str] = &[
    "aws-lc-rs",
    "hyper",
    "hyper-rustls",
    "hyper-util",
    "reqwest",
    "ring",
    "rustls",
    "tokio",
    "ureq",
];

/// What must not come in by way of `heygen-ureq`: it is for programs without a runtime.
const NOT_IN_UREQ: &[&str] = &[
    "async-std",
    "h2",
    "hyper",
    "hyper-rustls",
    "hyper-util",
    "reqwest",
    "smol",
    "tokio",
    "tokio-rustls",
];

fn run(_workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    for (package, lists) in [
        ("heygen-types", &[TYPES][..]),
        ("heygen-upload-core", &[TYPES, CORE]),
        ("heygen-webhooks", &[TYPES, WEBHOOKS]),
    ] {
        let listed = lists.iter().copied().flatten();
        let allowed = listed.map(|(name, _)| *name).collect();
        check_equal(package, &allowed, &closure(package, &[])?)?;
    }

    for (package, banned) in [
        ("heygen-client", NOT_IN_CLIENT),
        ("heygen-ureq", NOT_IN_UREQ),
    ] {
        check_free(package, banned, &closure(package, &["--all-features"])?)?;
    }
    Ok(Outcome::done())
}

fn check_free(package: &str, banned: &[&str], found: &BTreeSet<String>) -> Result<()> {
    match banned.iter().find(|name| found.contains(**name)) {
        Some(name) => {
            bail!("{package} pulls in {name}: `cargo tree -p {package} --all-features -i {name}`")
        }
        None => Ok(()),
    }
}

/// Returns the names of all packages that a package needs on any target, itself left out.
fn closure(package: &str, options: &[&str]) -> Result<BTreeSet<String>> {
    let mut command = cargo([
        "tree",
        "--locked",
        "--package",
        package,
        "--edges=normal",
        "--target=all",
        "--prefix=none",
        "--format={p}",
    ]);
    let tree = output(command.args(options))?;
    let mut names: BTreeSet<String> = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .map(str::to_owned)
        .collect();
    if !names.remove(package) {
        bail!("cargo tree does not name {package}");
    }
    Ok(names)
}

fn check_equal(package: &str, allowed: &BTreeSet<&str>, found: &BTreeSet<String>) -> Result<()> {
    let found: BTreeSet<&str> = found.iter().map(String::as_str).collect();
    let more: Vec<&str> = found.difference(allowed).copied().collect();
    let less: Vec<&str> = allowed.difference(&found).copied().collect();
    if !more.is_empty() {
        bail!(
            "{package} pulls in {}, which the list in xtask/src/jobs/deps.rs does not allow",
            more.join(", ")
        );
    }
    if !less.is_empty() {
        bail!(
            "{package} no longer needs {}: take it off the list in xtask/src/jobs/deps.rs",
            less.join(", ")
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{check_equal, check_free};

    #[test]
    fn what_is_banned_is_found() {
        let found = BTreeSet::from(["mio".to_owned(), "tokio".to_owned()]);
        assert!(check_free("x", &["hyper"], &found).is_ok());
        let pulled_in = check_free("x", &["hyper", "tokio"], &found).unwrap_err();
        assert!(
            pulled_in.to_string().contains("pulls in tokio"),
            "{pulled_in}"
        );
    }

    #[test]
    fn the_closure_must_equal_the_list_both_ways() {
        let allowed = BTreeSet::from(["serde"]);
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        assert!(check_equal("x", &allowed, &set(&["serde"])).is_ok());
        let more = check_equal("x", &allowed, &set(&["serde", "libc"])).unwrap_err();
        assert!(more.to_string().contains("pulls in libc"), "{more}");
        let less = check_equal("x", &allowed, &set(&[])).unwrap_err();
        assert!(less.to_string().contains("no longer needs serde"), "{less}");
    }
}
