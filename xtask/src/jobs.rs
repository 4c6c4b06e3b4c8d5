mod api;
mod assets;
mod ci;
mod clippy;
mod deny;
mod deps;
mod doc;
mod external;
mod features;
mod fmt;
mod fuzz;
mod guide;
mod kill;
mod minimal;
mod msrv;
mod mutants;
mod new_operation;
mod nostd;
mod openapi;
mod props;
mod semver;
mod test;
mod tidy;
mod typos;
mod wasm;

use std::fmt::Write as _;

pub(crate) use self::{api::rustdoc::stand_in, doc::build as build_documentation};
use crate::{bench, codegen, docs, job::Job, spec_diff};

/// Every job, those of `ci` first and in its order: what is quick and fails often comes first.
const JOBS: &[&Job] = &[
    &fmt::JOB,
    &tidy::JOB,
    &typos::JOB,
    &codegen::JOB,
    &docs::JOB,
    &deps::JOB,
    &deny::JOB,
    &clippy::JOB,
    &test::JOB,
    &doc::JOB,
    &guide::JOB,
    &openapi::JOB,
    &new_operation::JOB,
    &assets::JOB,
    &api::JOB,
    &external::JOB,
    &features::JOB,
    &nostd::JOB,
    &wasm::JOB,
    &msrv::JOB,
    &minimal::JOB,
    &semver::JOB,
    &ci::JOB,
    &spec_diff::JOB,
    &props::JOB,
    &fuzz::JOB,
    &mutants::JOB,
    &kill::JOB,
    &bench::JOB,
    &bench::DISCARD,
];

pub(crate) fn find(name: &str) -> Option<&'static Job> {
    JOBS.iter().copied().find(|job| job.name == name)
}

pub(crate) fn help() -> String {
    let mut text = "Usage: cargo xtask JOB\n\nJobs:\n".to_owned();
    for job in JOBS {
        writeln!(text, "  {:14}{}", job.name, job.about).expect("a string takes any text");
    }
    text
}
