//! One scenario or more for each row of the decision table, named after what they show.
//!
//! A trace lists every step, wait and end. A key shows without its upload id, so `create.2` asks
//! for the second presigned URL; `probe` completes on trial.

mod any;
mod api;
mod complete;
mod create;
mod put;
mod single;
mod status;

use crate::harness::Scenario;

/// A scenario, the row of the table it belongs to, and how it has to go.
pub(crate) struct Case {
    /// The beginning of the row.
    pub(crate) row: &'static str,
    pub(crate) name: &'static str,
    pub(crate) scenario: fn() -> Scenario,
    pub(crate) trace: &'static str,
}

impl Case {
    fn check(&self) {
        assert_eq!((self.scenario)().run().trace.join(" "), self.trace);
    }

    /// Returns the word for the end.
    pub(crate) fn end(&self) -> &'static str {
        self.trace.rsplit(' ').next().unwrap()
    }
}

/// Returns every scenario.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    [
        single::CASES,
        create::CASES,
        api::CASES,
        put::CASES,
        complete::CASES,
        status::CASES,
        any::CASES,
    ]
    .into_iter()
    .flatten()
}

/// Defines scenarios, grouped by row, and a test for each.
macro_rules! scenarios {
    ($($row:literal {
        $($name:ident: $scenario:expr => $trace:literal,)+
    })+) => {
        pub(super) const CASES: &[crate::scenarios::Case] = &[$($(crate::scenarios::Case {
            row: $row,
            name: stringify!($name),
            scenario: || $scenario,
            trace: $trace,
        },)+)+];

        $($(#[test]
        fn $name() {
            let case = CASES.iter().find(|case| case.name == stringify!($name));
            case.unwrap().check();
        })+)+
    };
}

pub(crate) use scenarios;

/// Returns the rows of the table in the documentation of the crate.
fn rows() -> Vec<&'static str> {
    include_str!("../../src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! | "))
        .filter(|row| !row.starts_with("step |") && !row.starts_with("---"))
        .collect()
}

#[test]
fn every_row_of_the_table_has_a_scenario() {
    let rows = rows();
    assert!(rows.len() > 30, "the table was not found");
    for row in rows {
        let cases = all().filter(|case| row.starts_with(case.row)).count();
        assert!(cases > 0, "no scenario shows: {row}");
    }
}

#[test]
fn every_scenario_belongs_to_one_row() {
    for case in all() {
        let rows = rows()
            .iter()
            .filter(|row| row.starts_with(case.row))
            .count();
        assert_eq!(rows, 1, "{} belongs to {}", case.name, case.row);
    }
}
