use std::{fmt::Write as _, fs, path::PathBuf};

use anyhow::{Context as _, Result};

use super::{
    Bench,
    budget::{Budget, Limit},
    contender::Contender,
    files,
    round::interleave,
};
use crate::command::clean;

const OURS: &str = "heygen-rs";
const OURS_BARE: &str = "heygen-rs, --no-journal";
const CURL: &str = "curl, one process";
const AIOHTTP: &str = "Python, aiohttp, 16 at once";

const IMAGE_BYTES: u64 = 64 * 1024;

/// Many small files, one request each.
pub(super) fn run(bench: &Bench) -> Result<Vec<Budget>> {
    let images = files::images(
        &bench.folder.join("images"),
        bench.scale.images,
        IMAGE_BYTES,
    )?;
    let sends = (images.len() as u64, images.len() as u64 * IMAGE_BYTES);
    let paths = &images;
    let ours = |name, flags: &'static [&str]| Contender {
        name,
        command: Box::new(move || {
            let mut command = bench.ours()?;
            command.args(["upload", "--json"]).args(flags).args(paths);
            Ok(command)
        }),
        sends,
    };
    let mut contenders = vec![ours(OURS, &[]), ours(OURS_BARE, &["--no-journal"])];
    if bench.peers.curl {
        let transfers = write_transfers(bench, &images)?;
        contenders.push(Contender {
            name: CURL,
            command: Box::new(move || {
                let mut command = clean("curl");
                command.arg("--config").arg(&transfers);
                Ok(command)
            }),
            sends,
        });
    }
    if bench.peers.aiohttp {
        contenders.push(Contender {
            name: AIOHTTP,
            command: Box::new(|| {
                let mut command = bench.peers.script("python3", "many.py");
                command.args(&images);
                Ok(command)
            }),
            sends,
        });
    }
    let title = format!(
        "{} images of {} KiB, one request each",
        images.len(),
        IMAGE_BYTES >> 10
    );
    let results = interleave(bench, &title, &contenders, bench.scale.rounds)?;
    let ratio = results.wall(OURS).zip(results.wall(CURL));
    Ok(vec![Budget::new(
        "many files, wall: ours / one curl process",
        ratio.map(|(ours, curl)| ours / curl),
        Limit::AtMost(0.7),
        "×",
    )])
}

/// Writes the transfers of one curl process, which keeps its connection between them.
fn write_transfers(bench: &Bench, images: &[PathBuf]) -> Result<PathBuf> {
    let mut text = String::new();
    for image in images {
        writeln!(
            text,
            "next\nsilent\nshow-error\nfail\nurl = \"{}/v3/assets\"\nheader = \"X-Api-Key: bench\"\n\
             form = \"file=@{}\"",
            bench.server.url(),
            image.display()
        )?;
    }
    let path = bench.folder.join("transfers.txt");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}
