//! Other people's clients: the recipes of the documentation against the emulator.

use std::{env, path::PathBuf, process::Command};

use heygen_e2e::{Bench, media};
use heygen_emulator::OperationId;

/// Runs a recipe on every small file, with only the base URL and the key changed.
async fn recipe(program: &str, script: &str) {
    if !is_installed(program) {
        assert!(env::var_os("CI").is_none(), "{program} is not installed");
        eprintln!("skipped: {program} is not installed");
        return;
    }
    let script = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("recipes")
        .join(script);
    for name in [
        "image.png",
        "photo.jpg",
        "clip.mp4",
        "clip.webm",
        "tone.mp3",
        "tone.wav",
        "report.pdf",
    ] {
        let bench = Bench::configured(|settings| settings.complete_conflicts = 1).await;
        let mut command = Command::new(program);
        command
            .arg(&script)
            .arg(media(name))
            .env("HEYGEN_API_BASE", bench.emulator.url())
            .env("HEYGEN_API_KEY", bench.emulator.api_key())
            .env("NO_PROXY", "*")
            .env("no_proxy", "*");
        let output = tokio::task::spawn_blocking(move || command.output())
            .await
            .unwrap()
            .unwrap();
        assert!(
            output.status.success(),
            "{program} on {name}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        let answers: Vec<serde_json::Value> = String::from_utf8(output.stdout)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let assets = bench.emulator.assets();
        assert_eq!(assets.len(), 2);
        assert!(assets.iter().all(|asset| asset.is_finalised));
        for (route, asset) in ["single", "direct"].into_iter().zip(&assets) {
            let answer = answers
                .iter()
                .find(|answer| answer["route"] == route)
                .unwrap();
            assert_eq!(answer["asset_id"], asset.id.as_str());
        }
        assert!(
            answers
                .iter()
                .any(|answer| answer["session_id"].is_string())
        );
        assert!(bench.emulator.leaks().is_empty());
        // Before the PUT, once more by the setting, for good, and again to show that it may.
        let completions = bench.requests_to(OperationId::CompleteAsset);
        let statuses: Vec<_> = completions
            .iter()
            .filter_map(|request| request.status)
            .collect();
        assert_eq!(statuses, [409, 409, 200, 200]);
    }
}

fn is_installed(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
}

#[tokio::test(flavor = "multi_thread")]
async fn curl() {
    recipe("bash", "curl.sh").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn python() {
    recipe("python3", "python.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn node() {
    recipe("node", "node.mjs").await;
}
