//! Files of real sizes, in processes of their own.

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, Stdio},
};

use heygen_testing::files::{mp4_of, png_of, sha256};
use serde_json::Value;

use crate::support::{heygen, run};

fn of<'a>(objects: &'a [Value], path: &Path) -> &'a Value {
    let path = path.to_str().expect("the path is text");
    objects
        .iter()
        .find(|object| object["file"] == path)
        .expect("every file has its object")
}

#[test]
fn a_small_and_a_large_file_and_a_missing_one() {
    let folder = tempfile::tempdir().unwrap();
    let (png, mp4) = (folder.path().join("A.png"), folder.path().join("B.mp4"));
    let (image, clip) = (png_of(200_000), mp4_of(40_000_000));
    fs::write(&png, &image).unwrap();
    fs::write(&mp4, &clip).unwrap();

    let output = run([
        "upload".as_ref(),
        "--emulator".as_ref(),
        "--json".as_ref(),
        png.as_os_str(),
        mp4.as_os_str(),
    ]);
    let results = output.ends_with(0).objects();
    assert_eq!(results.len(), 2);
    for (path, content, route, media_type) in [
        (&png, &image, "single", "image/png"),
        (&mp4, &clip, "direct", "video/mp4"),
    ] {
        let result = of(&results, path);
        assert_eq!(result["route"], route);
        assert_eq!(result["mime_type"], media_type);
        assert_eq!(result["size_bytes"], content.len());
        assert_eq!(result["sha256"], sha256(content).to_string());
        assert_eq!(result["attempts"], 1);
        assert!(result["asset_id"].is_string() && result["url"].is_string());
        assert!(result["elapsed_ms"].is_number());
    }

    let missing = folder.path().join("missing.png");
    let output = run([
        "upload".as_ref(),
        "--emulator".as_ref(),
        "--json".as_ref(),
        missing.as_os_str(),
        png.as_os_str(),
    ]);
    let results = output.ends_with(5).objects();
    assert!(of(&results, &png)["asset_id"].is_string());
    assert!(of(&results, &missing)["error"]["hint"].is_string());
}

/// An emulator in a process of its own.
struct Emulator {
    child: Child,
    url: String,
    api_key: String,
}

impl Emulator {
    fn start() -> Self {
        let mut child = heygen()
            .args(["emulator", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let stdout = child.stdout.take().unwrap();
        BufReader::new(stdout).read_line(&mut line).unwrap();
        let ready: Value = serde_json::from_str(&line).unwrap();
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        Self {
            child,
            url: text("url"),
            api_key: text("api_key"),
        }
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

/// Returns how much memory a process has now, in KiB, as Linux counts it. The program itself is
/// left out: it is large in a build for tests, and does not grow with anything.
#[cfg(target_os = "linux")]
fn memory_kib(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("RssAnon:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
#[cfg(target_os = "linux")]
fn memory_does_not_grow_with_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sparse.mp4");
    let mut file = fs::File::create(&path).unwrap();
    file.write_all(&mp4_of(100_000)).unwrap();
    // The rest is a hole: it reads as zeros and takes no room on the disk.
    file.set_len(512 << 20).unwrap();

    let emulator = Emulator::start();
    let mut child = heygen()
        .args(["upload", "--json", "--checksum", "off"])
        .arg(&path)
        .env("HEYGEN_API_BASE", &emulator.url)
        .env("HEYGEN_API_KEY", &emulator.api_key)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut peak = 0;
    while child.try_wait().unwrap().is_none() {
        peak = peak.max(memory_kib(child.id()).unwrap_or_default());
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(child.wait().unwrap().success());
    assert!(peak > 0 && peak <= 8 << 10, "the peak was {peak} KiB");
}
