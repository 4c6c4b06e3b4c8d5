use crate::table::Table;

/// A promise about speed or memory, and what was measured.
#[derive(Debug)]
pub(super) struct Budget {
    /// What is promised, in words.
    what: String,
    /// None when something that is needed for it is not installed.
    value: Option<f64>,
    limit: Limit,
    unit: &'static str,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl Budget {
    pub(super) fn new(
        what: impl Into<String>,
        value: Option<f64>,
        limit: Limit,
        unit: &'static str,
    ) -> Self {
        Self {
            what: what.into(),
            value,
            limit,
            unit,
        }
    }

    pub(super) fn is_over(&self) -> bool {
        self.value.is_some_and(|value| match self.limit {
            Limit::AtMost(limit) => value > limit,
            Limit::AtLeast(limit) => value < limit,
        })
    }
}

/// Puts budgets into a table.
pub(super) fn table(budgets: &[Budget]) -> Table<4> {
    let mut table = Table::new(["budget", "measured", "limit", ""]);
    for budget in budgets {
        let unit = budget.unit;
        let limit = match budget.limit {
            Limit::AtMost(limit) => format!("≤ {limit} {unit}"),
            Limit::AtLeast(limit) => format!("≥ {limit} {unit}"),
        };
        let (measured, verdict) = match budget.value {
            None => ("–".to_owned(), "not measured"),
            Some(value) if budget.is_over() => (format!("{value:.2} {unit}"), "OVER"),
            Some(value) => (format!("{value:.2} {unit}"), "ok"),
        };
        table.push([budget.what.clone(), measured, limit, verdict.to_owned()]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::{Budget, Limit, table};

    #[test]
    fn both_kinds_of_limit_are_judged() {
        let budget = |value, limit| Budget::new("x", value, limit, "×");
        assert!(!budget(Some(0.8), Limit::AtMost(0.8)).is_over());
        assert!(budget(Some(0.81), Limit::AtMost(0.8)).is_over());
        assert!(!budget(Some(2.0), Limit::AtLeast(2.0)).is_over());
        assert!(budget(Some(1.9), Limit::AtLeast(2.0)).is_over());
        assert!(!budget(None, Limit::AtMost(0.8)).is_over());
    }

    #[test]
    fn what_was_not_measured_says_so() {
        let budgets = [Budget::new("start", None, Limit::AtMost(5.0), "ms")];
        let table = table(&budgets).to_string();
        assert!(
            table.contains("start   –         ≤ 5 ms  not measured"),
            "{table}"
        );
    }
}
