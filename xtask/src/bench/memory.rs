use anyhow::Result;

use super::{
    Bench,
    budget::{Budget, Limit},
    contender::Contender,
    files,
    round::interleave,
};

/// A file that is much larger than the memory that it may need.
pub(super) fn run(bench: &Bench) -> Result<Vec<Budget>> {
    let bytes = bench.scale.sparse_bytes;
    let video = files::sparse_video(&bench.folder, bytes)?;
    let video = &video;
    let contender = |name, checksum| Contender {
        name,
        command: Box::new(move || {
            let mut command = bench.ours()?;
            command
                .args(["upload", "--json", "--checksum", checksum])
                .arg(video);
            Ok(command)
        }),
        sends: (1, bytes),
    };
    let kinds = [
        ("no checksum", "off"),
        ("digest declared", "declared"),
        ("digest at completion", "completion"),
    ];
    let contenders = kinds.map(|(name, checksum)| contender(name, checksum));
    let title = format!(
        "heygen-rs, a sparse video of {} MiB, for its memory (who reads it first is slower)",
        bytes >> 20
    );
    let results = interleave(bench, &title, &contenders, 1)?;
    let highest = kinds
        .iter()
        .filter_map(|(name, _)| results.peak(name))
        .fold(0.0, f64::max);
    Ok(vec![Budget::new(
        "peak memory of the largest file",
        Some(highest),
        Limit::AtMost(16.0),
        "MiB",
    )])
}
