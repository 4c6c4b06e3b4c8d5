use std::path::Path;

use anyhow::Result;

use super::{
    Bench,
    budget::{Budget, Limit},
    contender::Contender,
    files,
    round::{Results, interleave},
};

const OURS: &str = "heygen-rs, no checksum";
const DECLARED: &str = "heygen-rs, digest declared";
const COMPLETION: &str = "heygen-rs, digest at completion";
const CURL: &str = "curl, three calls";
const PYTHON: &str = "Python, requests";
const NODE: &str = "Node.js, fetch";
const OPENSSL: &str = "openssl dgst -sha256";

/// One large file by direct upload.
pub(super) fn run(bench: &Bench) -> Result<Vec<Budget>> {
    let bytes = bench.scale.video_bytes;
    let video = files::video(&bench.folder, bytes)?;
    let title = format!("A video of {} MiB by direct upload", bytes >> 20);
    let results = interleave(
        bench,
        &title,
        &contenders(bench, &video),
        bench.scale.rounds,
    )?;
    Ok(budgets(&results))
}

fn contenders<'a>(bench: &'a Bench, video: &'a Path) -> Vec<Contender<'a>> {
    let once = (1, bench.scale.video_bytes);
    let ours = |name, checksum| Contender {
        name,
        command: Box::new(move || {
            let mut command = bench.ours()?;
            command
                .args(["upload", "--json", "--checksum", checksum])
                .arg(video);
            Ok(command)
        }),
        sends: once,
    };
    let script = |name, interpreter, script| Contender {
        name,
        command: Box::new(move || {
            let mut command = bench.peers.script(interpreter, script);
            command.arg(video);
            Ok(command)
        }),
        sends: once,
    };
    let mut contenders = vec![
        ours(OURS, "off"),
        ours(DECLARED, "declared"),
        ours(COMPLETION, "completion"),
    ];
    if bench.peers.curl {
        contenders.push(script(CURL, "sh", "direct.sh"));
    }
    if bench.peers.requests {
        contenders.push(script(PYTHON, "python3", "direct.py"));
    }
    if bench.peers.node {
        contenders.push(script(NODE, "node", "direct.mjs"));
    }
    if bench.peers.openssl {
        contenders.push(Contender {
            name: OPENSSL,
            command: Box::new(move || {
                let mut command = crate::command::clean("openssl");
                command.args(["dgst", "-sha256"]).arg(video);
                Ok(command)
            }),
            sends: (0, 0),
        });
    }
    contenders
}

fn budgets(results: &Results) -> Vec<Budget> {
    let ratio = |a: Option<f64>, b: Option<f64>| Some(a? / b?);
    let (hash, curl) = (results.wall(OPENSSL), results.wall(CURL));
    let both = hash.zip(curl);
    vec![
        Budget::new(
            "large file, wall: ours / curl",
            ratio(results.wall(OURS), curl),
            Limit::AtMost(0.8),
            "×",
        ),
        Budget::new(
            "large file, CPU: ours / curl",
            ratio(results.cpu(OURS), results.cpu(CURL)),
            Limit::AtMost(0.95),
            "×",
        ),
        Budget::new(
            "large file, peak memory",
            results.peak(OURS),
            Limit::AtMost(16.0),
            "MiB",
        ),
        Budget::new(
            "large file, wall: Python / ours",
            ratio(results.wall(PYTHON), results.wall(OURS)),
            Limit::AtLeast(2.0),
            "×",
        ),
        Budget::new(
            "large file, wall: Node.js / ours",
            ratio(results.wall(NODE), results.wall(OURS)),
            Limit::AtLeast(8.0),
            "×",
        ),
        Budget::new(
            "digest declared: ours / (openssl + curl)",
            ratio(results.wall(DECLARED), both.map(|(hash, curl)| hash + curl)),
            Limit::AtMost(0.8),
            "×",
        ),
        Budget::new(
            "digest at completion: ours / slower of openssl and curl",
            ratio(
                results.wall(COMPLETION),
                both.map(|(hash, curl)| hash.max(curl)),
            ),
            Limit::AtMost(1.1),
            "×",
        ),
    ]
}
