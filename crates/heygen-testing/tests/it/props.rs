//! What holds for every upload. `PROPTEST_CASES` sets how often each is tried.

mod hostile;
mod limits;
mod model;
mod parsing;
mod resumption;
mod sameness;
mod script;
mod simulation;

use proptest::test_runner::Config;

/// As many cases as the environment asks for, else enough to find what is easy to find.
fn config() -> Config {
    let mut config = Config::default();
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = 500;
    }
    config
}
