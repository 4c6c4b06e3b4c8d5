//! The program is killed at any moment of its life, again and again, and the same command then
//! ends well: one asset, the right bytes, and nothing that was accepted is sent again.
//!
//! `cargo xtask kill --files 200` runs it at length. The moments come from a seed; what the machine
//! makes of them differs from run to run.

use std::{
    collections::BTreeMap,
    env,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use heygen_emulator::{Endpoint, Fault, OperationId, RequestRecord};
use heygen_testing::files::{mp4_of, png_of, sha256};

use crate::support::{Folder, RunExt as _, Service, text};

/// How many files there are, how many of them one command uploads at once, and the seed of everything
/// else.
const FILES: &str = "HEYGEN_KILL_FILES";
const CONCURRENCY: &str = "HEYGEN_KILL_CONCURRENCY";
const SEED: &str = "HEYGEN_KILL_SEED";

/// How late every answer comes after its effect, so that there is something to hit.
const DELAY: Duration = Duration::from_millis(15);

/// How often a file can meet it.
const KILLS_MAX: u64 = 3;

#[test]
fn a_program_that_is_killed_anywhere_loses_and_doubles_nothing() {
    let files = number(FILES, 10);
    println!("{}", kill(files, number(CONCURRENCY, 1), number(SEED, 4)));
}

/// The journal is then shared by uploads that are at different steps when they die.
#[test]
fn a_program_that_is_killed_with_many_files_loses_and_doubles_nothing() {
    // At length the other test has the number of files at once that was asked for.
    if env::var_os(CONCURRENCY).is_none() {
        println!("{}", kill(number(FILES, 10), 5, number(SEED, 5)));
    }
}

/// Kills commands, and returns where.
fn kill(files: u64, concurrency: u64, seed: u64) -> String {
    let mut random = Random(seed);
    let scene = Scene::new(concurrency);
    let lives = ["single", "direct"].map(|route| scene.measure(route));
    let mut moments = BTreeMap::new();
    let indices: Vec<u64> = (0..files).collect();
    for (turn, indices) in indices.chunks(concurrency as usize).enumerate() {
        let (route, life) = match turn % 2 {
            0 => ("single", lives[0]),
            _ => ("direct", lives[1]),
        };
        let batch: Vec<File> = indices
            .iter()
            .map(|index| scene.file(*index, random.below(3_000_000) as usize + 20_000, route))
            .collect();
        for _ in 0..=random.below(KILLS_MAX) {
            let moment = life.mul_f64(random.below(1100) as f64 / 1000.0);
            scene.kill_after(moment, &batch);
            for file in &batch {
                *moments.entry(scene.last_step(file)).or_insert(0) += 1;
            }
        }
        let context = format!("{SEED}={seed}, {CONCURRENCY}={concurrency}, files {indices:?}");
        scene.finish(&batch, &context);
        for file in &batch {
            scene.check(file, &context);
        }
    }
    format!(
        "{files} files, {concurrency} at once, by the seed {seed}; killed after the request: {moments:?}"
    )
}

struct File {
    path: PathBuf,
    route: &'static str,
    content: Vec<u8>,
}

impl File {
    fn name(&self) -> &str {
        self.path.file_name().unwrap().to_str().unwrap()
    }
}

struct Scene {
    service: Service,
    folder: Folder,
    concurrency: u64,
}

impl Scene {
    fn new(concurrency: u64) -> Self {
        let service = Service::start();
        for endpoint in STEPS {
            let fault = Fault::delay(endpoint, DELAY).after_effect().times(u32::MAX);
            service.emulator.fault(fault);
        }
        let folder = Folder::new();
        Self {
            service,
            folder,
            concurrency,
        }
    }

    fn file(&self, index: u64, len_bytes: usize, route: &'static str) -> File {
        let (name, mut content) = match index % 3 {
            0 => (format!("{index}.png"), png_of(len_bytes)),
            _ => (format!("{index}.mp4"), mp4_of(len_bytes)),
        };
        // No two files are alike.
        content.extend(index.to_be_bytes());
        let path = self.folder.file(name, &content);
        File {
            path,
            route,
            content,
        }
    }

    fn command(&self, files: &[File], journal: &Path) -> Command {
        let mut command = self.service.heygen();
        command
            .env("HEYGEN_JOURNAL", journal)
            .args(["upload", "--json", "--route", files[0].route])
            .args(["--concurrency", &self.concurrency.to_string()])
            .args(files.iter().map(|file| &file.path));
        command
    }

    fn journal(&self) -> PathBuf {
        self.folder.path().join("state/journal.db")
    }

    /// Returns how long the program lives when nobody kills it.
    fn measure(&self, route: &'static str) -> Duration {
        let first = u64::MAX / 2 + u64::from(route == "direct") * self.concurrency;
        let files = first..first + self.concurrency;
        let files: Vec<File> = files
            .map(|index| self.file(index, 1_500_000, route))
            .collect();
        let journal = self.folder.path().join(format!("warm-up-{route}.db"));
        let began = Instant::now();
        self.command(&files, &journal).run().ends_with(0);
        began.elapsed()
    }

    /// Starts the program and kills it, unless it has ended by then.
    fn kill_after(&self, moment: Duration, files: &[File]) {
        let mut command = self.command(files, &self.journal());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        thread::sleep(moment);
        child.kill().unwrap();
        child.wait().unwrap();
    }

    /// Runs the same command to its end.
    fn finish(&self, files: &[File], context: &str) {
        let end = self.command(files, &self.journal()).run().ends_with(0);
        assert_eq!(end.stderr, "", "{context}");
        let reports = end.objects();
        assert_eq!(reports.len(), files.len(), "{context}");
        for file in files {
            let path = file.path.to_str().unwrap();
            let report = reports.iter().find(|report| report["file"] == path);
            let id = text(report.unwrap(), "asset_id").to_owned();
            let mut assets = self.service.emulator.assets();
            assets.retain(|asset| asset.name == file.name() && asset.is_finalised);
            let [asset] = &assets[..] else {
                let requests = self.requests(file);
                panic!("{context}: {assets:#?} {requests:#?}")
            };
            assert_eq!(asset.id.as_str(), id, "{context}");
            assert_eq!(asset.sha256, Some(sha256(&file.content)), "{context}");
        }
    }

    fn check(&self, file: &File, context: &str) {
        let accepted = self.requests(file);
        let accepted: Vec<RequestRecord> = accepted
            .into_iter()
            .filter(|request| request.endpoint == Some(Endpoint::StoragePut))
            .filter(|request| request.status == Some(200))
            .collect();
        let expected = usize::from(file.route == "direct");
        assert_eq!(accepted.len(), expected, "{context}: {accepted:#?}");
        assert!(self.service.emulator.leaks().is_empty(), "{context}");
    }

    /// Returns the requests that name an asset of the file.
    fn requests(&self, file: &File) -> Vec<RequestRecord> {
        let ids: Vec<String> = self
            .service
            .emulator
            .assets()
            .iter()
            .filter(|asset| asset.name == file.name())
            .map(|asset| asset.id.as_str().to_owned())
            .collect();
        let mut requests = self.service.emulator.requests();
        requests.retain(|request| ids.iter().any(|id| request.path.contains(id.as_str())));
        requests
    }

    /// Returns the last step that the program began before it was killed.
    fn last_step(&self, file: &File) -> &'static str {
        let requests = self.requests(file);
        let is_there = |endpoint| requests.iter().any(|seen| seen.endpoint == Some(endpoint));
        let assets = self.service.emulator.assets();
        if is_there(OperationId::CompleteAsset.into()) {
            "complete"
        } else if is_there(Endpoint::StoragePut) {
            "put"
        } else if assets.iter().any(|asset| asset.name == file.name()) {
            if file.route == "direct" {
                "create"
            } else {
                "single"
            }
        } else {
            "none"
        }
    }
}

/// The steps of both routes.
const STEPS: [Endpoint; 4] = [
    Endpoint::Api(OperationId::UploadAsset),
    Endpoint::Api(OperationId::CreateDirectUpload),
    Endpoint::StoragePut,
    Endpoint::Api(OperationId::CompleteAsset),
];

fn number(variable: &str, default: u64) -> u64 {
    match env::var(variable) {
        Ok(text) => text.parse().unwrap(),
        Err(_) => default,
    }
}

/// Numbers that are random enough for this, and the same for the same seed (SplitMix64).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }
}
