use anyhow::Result;

use super::{
    Bench,
    budget::{Budget, Limit},
    contender::Contender,
    round::interleave,
};

const VERSION: &str = "heygen-rs --version";

/// How long it takes until the program is there.
pub(super) fn run(bench: &Bench) -> Result<Vec<Budget>> {
    let contender = Contender {
        name: VERSION,
        command: Box::new(|| {
            let mut command = bench.ours()?;
            command.arg("--version");
            Ok(command)
        }),
        sends: (0, 0),
    };
    let results = interleave(bench, "Start-up", &[contender], bench.scale.startups)?;
    Ok(vec![Budget::new(
        "start-up",
        results.wall(VERSION).map(|seconds| seconds * 1000.0),
        Limit::AtMost(5.0),
        "ms",
    )])
}
