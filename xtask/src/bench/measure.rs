use std::{
    fs::{self, File},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail};
use wait4::Wait4 as _;

/// What one run of a program cost.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sample {
    pub(super) wall: Duration,
    /// Time on all cores, in the program and in the kernel for it, its children included.
    pub(super) cpu: Duration,
    /// The most memory that it had at once.
    pub(super) peak_bytes: u64,
}

/// Runs a program to its end. What it prints goes to files in `folder`, and is shown if it
/// fails.
pub(super) fn measure(command: &mut Command, folder: &Path) -> Result<Sample> {
    let [stdout, stderr] = ["stdout.txt", "stderr.txt"].map(|name| folder.join(name));
    command
        .stdin(Stdio::null())
        .stdout(File::create(&stdout)?)
        .stderr(File::create(&stderr)?);
    let name = command.get_program().to_string_lossy().into_owned();
    let start = Instant::now();
    let mut child = command
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    let end = child.wait4()?;
    let wall = start.elapsed();
    if !end.status.success() {
        let output = [&stdout, &stderr].map(|file| fs::read_to_string(file).unwrap_or_default());
        bail!(
            "{name} ended with {}: {}",
            end.status,
            output.concat().trim()
        );
    }
    Ok(Sample {
        wall,
        cpu: end.rusage.utime + end.rusage.stime,
        peak_bytes: end.rusage.maxrss,
    })
}

/// Returns the middle of each quantity on its own.
pub(super) fn median(samples: &[Sample]) -> Option<Sample> {
    fn middle<T: Ord + Copy>(samples: &[Sample], quantity: impl Fn(&Sample) -> T) -> Option<T> {
        let mut values: Vec<T> = samples.iter().map(quantity).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied()
    }
    Some(Sample {
        wall: middle(samples, |sample| sample.wall)?,
        cpu: middle(samples, |sample| sample.cpu)?,
        peak_bytes: middle(samples, |sample| sample.peak_bytes)?,
    })
}

#[cfg(test)]
mod tests {
    use std::{process::Command, time::Duration};

    use super::{Sample, measure, median};

    #[test]
    fn the_median_is_taken_of_each_quantity() {
        let sample = |wall, peak_bytes| Sample {
            wall: Duration::from_secs(wall),
            cpu: Duration::ZERO,
            peak_bytes,
        };
        let median = median(&[sample(1, 30), sample(9, 10), sample(2, 20)]).unwrap();
        assert_eq!(median, sample(2, 20));
    }

    #[test]
    fn a_program_that_fails_shows_what_it_said() {
        let folder = std::env::temp_dir().join(format!("xtask-measure-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let error = measure(
            Command::new("sh").args(["-c", "echo why >&2; exit 3"]),
            &folder,
        );
        std::fs::remove_dir_all(&folder).unwrap();
        assert!(error.unwrap_err().to_string().contains("why"));
    }
}
