use anyhow::{Context as _, Result, ensure};

use super::{
    Bench,
    contender::Contender,
    measure::{Sample, measure, median},
};
use crate::table::Table;

/// The medians of several contenders, by name.
#[derive(Debug, Default)]
pub(super) struct Results {
    medians: Vec<(&'static str, Sample)>,
}

impl Results {
    pub(super) fn get(&self, name: &str) -> Option<Sample> {
        let mut medians = self.medians.iter();
        medians
            .find(|median| median.0 == name)
            .map(|median| median.1)
    }

    pub(super) fn wall(&self, name: &str) -> Option<f64> {
        Some(self.get(name)?.wall.as_secs_f64())
    }

    pub(super) fn cpu(&self, name: &str) -> Option<f64> {
        Some(self.get(name)?.cpu.as_secs_f64())
    }

    /// Returns the peak memory in MiB.
    pub(super) fn peak(&self, name: &str) -> Option<f64> {
        Some(mib(self.get(name)?.peak_bytes))
    }
}

/// Runs all contenders in turn, round after round, so that what disturbs one disturbs all.
pub(super) fn interleave(
    bench: &Bench,
    title: &str,
    contenders: &[Contender<'_>],
    rounds: usize,
) -> Result<Results> {
    println!("\n{title}, {rounds} rounds\n");
    let mut samples = vec![Vec::new(); contenders.len()];
    for _ in 0..rounds {
        for (contender, samples) in contenders.iter().zip(&mut samples) {
            samples.push(run_one(bench, contender)?);
        }
    }
    let mut results = Results::default();
    for (contender, samples) in contenders.iter().zip(&samples) {
        let median = median(samples).context("there are no rounds")?;
        results.medians.push((contender.name, median));
    }
    print!("{}", table(&results));
    Ok(results)
}

fn run_one(bench: &Bench, contender: &Contender<'_>) -> Result<Sample> {
    let before = bench.server.counts()?;
    let mut command = (contender.command)()?;
    bench.surround(&mut command);
    let sample = measure(&mut command, &bench.folder).context(contender.name)?;
    let after = bench.server.counts()?;
    let sent = (after.0 - before.0, after.1 - before.1);
    ensure!(
        sent == contender.sends,
        "{} sent {} files of {} bytes instead of {} files of {}",
        contender.name,
        sent.0,
        sent.1,
        contender.sends.0,
        contender.sends.1
    );
    Ok(sample)
}

fn table(results: &Results) -> Table<4> {
    let mut table = Table::new(["median", "wall", "cpu", "peak memory"]);
    for (name, sample) in &results.medians {
        table.push([
            (*name).to_owned(),
            format!("{:.3} s", sample.wall.as_secs_f64()),
            format!("{:.3} s", sample.cpu.as_secs_f64()),
            format!("{:.1} MiB", mib(sample.peak_bytes)),
        ]);
    }
    table
}

fn mib(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}
