use std::{collections::BTreeSet, ffi::OsString};

use anyhow::{Result, bail};
use public_api::{PublicApi, tokens::Token};

use super::api::rustdoc;
use crate::{
    job::{Job, Outcome, no_arguments},
    workspace::Workspace,
};

pub(super) const JOB: Job = Job {
    name: "external",
    about: "public signatures name the foreign crates that are listed here, and no others",
    run,
};

/// What any library may name.
const EVERYWHERE: &[&str] = &["alloc", "core", "std"];

/// What the public signatures of each library name beyond that and beyond our own crates, and
/// why. A library that does not stand here names nothing.
const FOREIGN: &[(&str, &[(&str, &str)])] = &[
    (
        "heygen-client",
        &[
            ("bytes", "blocks of bodies, never copied"),
            ("futures_core", "what follows a list is a stream"),
            ("http", "requests and responses, the words of the seam"),
            ("http_body", "a body is one, so that any stack can send it"),
            (
                "serde_core",
                "the items of a list are compared with earlier ones",
            ),
        ],
    ),
    (
        "heygen-emulator",
        &[
            ("bytes", "bodies in memory"),
            ("http", "heads of requests, and responses"),
            ("serde_core", "a fault is written and read by serde"),
        ],
    ),
    ("heygen-hyper", &[("http", "the words of the seam")]),
    (
        "heygen-transport",
        &[
            ("http", "the words of the seam"),
            ("rustls", "who configures TLS brings a configuration of it"),
            (
                "rustls_pki_types",
                "the certificates of such a configuration",
            ),
            ("socket2", "a socket of any library on any system"),
        ],
    ),
    ("heygen-types", &[("serde_core", "the traits of serde")]),
    (
        "heygen-upload-core",
        &[("serde_core", "a checkpoint is written and read by serde")],
    ),
    ("heygen-ureq", &[("http", "the words of the seam")]),
];

fn run(workspace: &Workspace, arguments: Vec<OsString>) -> Result<Outcome> {
    no_arguments(arguments)?;
    let own: BTreeSet<String> = workspace
        .libraries()
        .map(|package| package.name.replace('-', "_"))
        .collect();
    let mut problems = Vec::new();
    for package in workspace.libraries() {
        let named = named(&rustdoc::public_api(workspace, package)?);
        let foreign = named
            .iter()
            .map(String::as_str)
            .filter(|name| !own.contains(*name) && !EVERYWHERE.contains(name))
            .collect();
        let listed = FOREIGN.iter().filter(|(name, _)| *name == package.name);
        let listed = listed.flat_map(|(_, crates)| crates.iter().map(|(name, _)| *name));
        problems.extend(compare(&package.name, &listed.collect(), &foreign));
    }
    let known = |name: &str| workspace.libraries().any(|package| package.name == name);
    let gone = FOREIGN.iter().filter(|(name, _)| !known(name));
    problems.extend(gone.map(|(name, _)| format!("{name} is listed, but is no library")));
    if problems.is_empty() {
        return Ok(Outcome::done());
    }
    bail!(
        "{}; the list is in xtask/src/jobs/external.rs",
        problems.join("; ")
    )
}

/// Returns the crates that the paths in public items begin with.
fn named(api: &PublicApi) -> BTreeSet<String> {
    let mut crates = BTreeSet::new();
    for item in api.items() {
        let mut tokens = item.tokens().peekable();
        let mut is_inside = false;
        while let Some(token) = tokens.next() {
            let is_path = tokens.peek().is_some_and(|next| next.text() == "::");
            let is_word = matches!(
                token,
                Token::Identifier(_) | Token::Type(_) | Token::Generic(_)
            );
            // `Self::Item` and `T::Item` are no crates.
            let is_crate = token
                .text()
                .starts_with(|first: char| first.is_ascii_lowercase());
            if is_word && is_path && is_crate && !is_inside {
                crates.insert(token.text().to_owned());
            }
            is_inside = token.text() == "::";
        }
    }
    crates
}

fn compare(package: &str, listed: &BTreeSet<&str>, found: &BTreeSet<&str>) -> Vec<String> {
    let more = found.difference(listed);
    let more = more.map(|name| format!("{package} names {name} in a public signature"));
    let less = listed.difference(found);
    let less = less.map(|name| format!("{package} no longer names {name}"));
    more.chain(less).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::compare;

    #[test]
    fn the_list_must_equal_what_is_named_both_ways() {
        let listed = BTreeSet::from(["http"]);
        assert!(compare("x", &listed, &listed).is_empty());
        let wrong = compare("x", &listed, &BTreeSet::from(["hyper"]));
        assert_eq!(
            wrong,
            [
                "x names hyper in a public signature",
                "x no longer names http"
            ]
        );
    }
}
