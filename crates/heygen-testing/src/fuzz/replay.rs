use std::{
    fs,
    panic::{self, AssertUnwindSafe},
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{Mutator, Target};

/// How many changed inputs an ordinary test run tries per target.
const MUTATIONS: u64 = 1_000;

/// For how many seconds each target is tried instead, where that is set.
const SECONDS: &str = "HEYGEN_FUZZ_SECONDS";

/// Returns the folder with the corpus of a target.
#[must_use]
pub fn folder(target: &str) -> PathBuf {
    let corpora = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    PathBuf::from(corpora).join(target)
}

/// Reads the corpus of a target, in the order of the names of its files.
///
/// # Panics
///
/// When the folder cannot be read or has no files: then nothing would be tested.
#[must_use]
pub fn corpus(target: &str) -> Vec<Vec<u8>> {
    let folder = folder(target);
    let entries = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("there is no corpus {}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{} is empty", folder.display());
    files
        .iter()
        .map(|file| fs::read(file).expect("a file of the corpus can be read"))
        .collect()
}

/// Plays the corpus of a target and changed copies of it: a fixed number of them, or as many as
/// fit into `HEYGEN_FUZZ_SECONDS`.
///
/// # Panics
///
/// When the target does, with the input that made it.
#[expect(clippy::print_stdout, reason = "it reports to whoever runs the tests")]
pub fn replay(name: &str, target: Target) {
    let inputs = corpus(name);
    for input in &inputs {
        try_one(name, target, input);
    }
    let seconds = std::env::var(SECONDS).ok();
    let time = seconds.map(|text| {
        let seconds = text.parse().expect("HEYGEN_FUZZ_SECONDS is a number");
        Duration::from_secs(seconds)
    });
    let start = Instant::now();
    let mut tried = 0;
    // The seeds of a long run are others than those of every short one.
    let mut mutator = Mutator::new(time.map_or(0, |_| u64::from(std::process::id())));
    while time.map_or(tried < MUTATIONS, |time| start.elapsed() < time) {
        try_one(name, target, &mutator.mutate(&inputs));
        tried += 1;
    }
    println!("fuzzed {name}: {} files, {tried} changed", inputs.len());
}

fn try_one(name: &str, target: Target, input: &[u8]) {
    if let Err(panic) = panic::catch_unwind(AssertUnwindSafe(|| target(input))) {
        eprintln!(
            "the target {name} fails; as a file of its corpus, its input is\n  printf '%b' '{}'",
            shell(input)
        );
        panic::resume_unwind(panic);
    }
}

/// Writes bytes the way `printf '%b'` reads them.
fn shell(input: &[u8]) -> String {
    let escape = |byte: &u8| match byte {
        b'\\' | b'\'' | 0..b' ' | 0x7f.. => format!("\\0{byte:03o}"),
        _ => char::from(*byte).to_string(),
    };
    input.iter().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::shell;

    #[test]
    fn an_input_is_shown_so_that_a_shell_can_make_it() {
        assert_eq!(shell(b"a'\\\n\xff"), "a\\0047\\0134\\0012\\0377");
    }
}
