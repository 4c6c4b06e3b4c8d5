//! One target under libFuzzer.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context as _, Result};

use super::{CORPUS, package::TARGET};
use crate::{command::clean, workspace::Workspace};

/// What came of a target.
pub(super) struct Report {
    pub(super) target: String,
    pub(super) seconds: u64,
    pub(super) executions: u64,
    /// The edges that the corpus covers, before and after.
    pub(super) coverage: String,
    pub(super) new_inputs: u64,
    /// Commands that show the faults.
    pub(super) found: Vec<String>,
}

/// Inputs that are longer, in bytes, only take time: every format here is met whole in less, unless
/// its corpus says otherwise.
const LONGEST_INPUT: u64 = 4096;

/// Searches for so many seconds. Inputs that reach something new are kept below the target
/// folder and taken up again by the next search; the committed corpus is not changed.
pub(super) fn run(
    workspace: &Workspace,
    program: &Path,
    target: String,
    seconds: u64,
) -> Result<Report> {
    let folder = workspace.target.join("fuzz");
    let (kept, faults) = (
        folder.join("kept").join(&target),
        folder.join("found").join(&target),
    );
    for folder in [&kept, &faults] {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let before = files(&faults)?;
    let log = folder.join(format!("{target}.log"));
    println!("{target}: {seconds} s, log in {}", log.display());
    let output =
        fs::File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let corpus = workspace.root.join(CORPUS).join(&target);
    let mut command = clean(program);
    command
        .env(TARGET, &target)
        .arg(&kept)
        .arg(&corpus)
        .arg(format!("-max_len={}", longest_input(&corpus)?))
        .arg(format!("-max_total_time={seconds}"))
        .arg(format!("-artifact_prefix={}/", faults.display()))
        .args(["-print_final_stats=1", "-timeout=20", "-rss_limit_mb=2048"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(output);
    let status = command.status().context("the program does not start")?;

    let text = fs::read(&log).with_context(|| format!("cannot read {}", log.display()))?;
    let text = String::from_utf8_lossy(&text);
    let mut found: Vec<String> = files(&faults)?
        .into_iter()
        .filter(|file| !before.contains(file))
        .map(|file| {
            format!(
                "  cargo xtask fuzz --target {target} --input {}",
                file.display()
            )
        })
        .collect();
    if !status.success() && found.is_empty() {
        found.push(format!(
            "  {target} ended with {status}; see {}",
            log.display()
        ));
    }
    Ok(read_log(target, seconds, &text, found))
}

/// Plays one input.
pub(super) fn play(program: &Path, target: &str, input: &Path) -> Command {
    let mut command = clean(program);
    command.env(TARGET, target).arg(input);
    command
}

/// Returns how long inputs may be, in bytes: libFuzzer cuts longer ones, those of a corpus too.
fn longest_input(corpus: &Path) -> Result<u64> {
    let mut longest = LONGEST_INPUT;
    for file in files(corpus)? {
        let file =
            fs::metadata(&file).with_context(|| format!("cannot read {}", file.display()))?;
        longest = longest.max(file.len());
    }
    Ok(longest)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    files.sort();
    Ok(files)
}

/// Reads from the log what libFuzzer did.
fn read_log(target: String, seconds: u64, log: &str, found: Vec<String>) -> Report {
    let last = |name: &str| {
        let (_, rest) = log.rsplit_once(name)?;
        rest.split_whitespace().next()?.parse::<u64>().ok()
    };
    let begin = log.split_once("INITED").and_then(|(_, rest)| {
        let (_, rest) = rest.split_once("cov: ")?;
        rest.split_whitespace().next()?.parse::<u64>().ok()
    });
    Report {
        target,
        seconds,
        executions: last("stat::number_of_executed_units:").unwrap_or(0),
        coverage: format!("{} → {}", begin.unwrap_or(0), last(" cov: ").unwrap_or(0)),
        new_inputs: last("stat::new_units_added:").unwrap_or(0),
        found,
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{CORPUS, LONGEST_INPUT, files, longest_input, read_log};

    #[test]
    fn no_input_of_a_corpus_is_cut() {
        let corpora = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("..")
            .join(CORPUS);
        for corpus in files(&corpora).unwrap() {
            let longest = longest_input(&corpus).unwrap();
            assert!(longest >= LONGEST_INPUT);
            for file in files(&corpus).unwrap() {
                assert!(
                    file.metadata().unwrap().len() <= longest,
                    "{}",
                    file.display()
                );
            }
        }
        // This one has more than others.
        assert!(longest_input(&corpora.join("answers")).unwrap() > LONGEST_INPUT);
    }

    #[test]
    fn a_log_is_read() {
        let log = "#25\tINITED cov: 812 ft: 900 corp: 7/900b exec/s: 0 rss: 40Mb\n\
            #99\tNEW    cov: 900 ft: 1200 corp: 8/2kb lim: 4 exec/s: 0 rss: 41Mb L: 3/4 MS: 1\n\
            #5000\tDONE   cov: 901 ft: 1201 corp: 9/2kb lim: 4096 exec/s: 2500 rss: 50Mb\n\
            stat::number_of_executed_units: 5000\nstat::new_units_added:          2\n";
        let report = read_log("form".to_owned(), 2, log, Vec::new());
        assert_eq!((report.executions, report.new_inputs), (5000, 2));
        assert_eq!(report.coverage, "812 → 901");
    }
}
