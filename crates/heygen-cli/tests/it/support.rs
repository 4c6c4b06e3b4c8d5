use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use heygen_emulator::{Emulator, EmulatorBuilder};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

/// Prepares to run the binary without anything of the machine's own settings.
pub(crate) fn heygen() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_heygen-rs"));
    command
        .env_clear()
        .env("HEYGEN_CONFIG_DIR", "/nonexistent")
        .env("HEYGEN_JOURNAL", "off")
        .stdin(Stdio::null());
    command
}

/// Runs the binary.
pub(crate) fn run<S: AsRef<std::ffi::OsStr>>(words: impl IntoIterator<Item = S>) -> Run {
    heygen().args(words).run()
}

/// Splits a command line without quotes.
pub(crate) fn split(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

/// Running a command to its end.
pub(crate) trait RunExt {
    fn run(&mut self) -> Run;

    /// Gives the program something to read.
    fn run_with_stdin(&mut self, text: &[u8]) -> Run;
}

impl RunExt for Command {
    fn run(&mut self) -> Run {
        Run::from(self.output().unwrap())
    }

    fn run_with_stdin(&mut self, text: &[u8]) -> Run {
        self.stdin(Stdio::piped());
        self.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.spawn().unwrap();
        // What is taken is dropped here, which ends the input.
        child.stdin.take().unwrap().write_all(text).unwrap();
        Run::from(child.wait_with_output().unwrap())
    }
}

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Run {
    /// Checks the exit code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self:#?}");
        assert!(!self.stderr.contains("panicked"), "{self:#?}");
        self
    }

    /// Returns the objects on standard output, which must hold nothing else.
    #[track_caller]
    pub(crate) fn objects(&self) -> Vec<Value> {
        objects(&self.stdout)
    }

    /// Returns the only object on standard output.
    #[track_caller]
    pub(crate) fn object(&self) -> Value {
        let mut objects = self.objects();
        assert_eq!(objects.len(), 1, "{self:#?}");
        objects.remove(0)
    }

    /// Returns the error of the only file.
    #[track_caller]
    pub(crate) fn file_error(&self) -> Value {
        self.object()["error"].clone()
    }

    /// Returns the error of the whole command, the only line on standard error.
    #[track_caller]
    pub(crate) fn error(&self) -> Value {
        assert_eq!(self.stdout, "", "{self:#?}");
        let objects = objects(&self.stderr);
        assert_eq!(objects.len(), 1, "{self:#?}");
        objects[0]["error"].clone()
    }
}

#[track_caller]
pub(crate) fn objects(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| match serde_json::from_str(line) {
            Ok(value @ Value::Object(_)) => value,
            _ => panic!("not a JSON object: {line:?}"),
        })
        .collect()
}

/// Returns the text of a field.
#[track_caller]
pub(crate) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field]
        .as_str()
        .unwrap_or_else(|| panic!("{field} is no text in {value}"))
}

/// Returns the names of the fields of an object in their order.
pub(crate) fn fields(value: &Value) -> Vec<&str> {
    let fields = value.as_object().unwrap();
    fields.keys().map(String::as_str).collect()
}

/// An emulator in this process, to look into.
pub(crate) struct Service {
    pub(crate) emulator: Emulator,
    // It runs what the emulator serves, so it has to outlive it.
    _runtime: Runtime,
}

impl Service {
    pub(crate) fn start() -> Self {
        Self::with(|builder| builder)
    }

    pub(crate) fn with(change: impl FnOnce(EmulatorBuilder) -> EmulatorBuilder) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let builder = change(Emulator::builder());
        let emulator = runtime.block_on(builder.start()).unwrap();
        Self {
            emulator,
            _runtime: runtime,
        }
    }

    /// Prepares to run the binary against it.
    pub(crate) fn heygen(&self) -> Command {
        let mut command = heygen();
        command
            .env("HEYGEN_API_BASE", self.emulator.url())
            .env("HEYGEN_API_KEY", self.emulator.api_key());
        command
    }
}

/// A folder with files, gone at the end of the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: impl AsRef<Path>, content: &[u8]) -> PathBuf {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    pub(crate) fn png(&self, name: impl AsRef<Path>) -> PathBuf {
        self.file(name, &png(2000))
    }
}

/// How long a test waits for what has to come.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// Waits until something has happened, and fails the test when it never does.
#[track_caller]
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Returns bytes that pass for a PNG file.
pub(crate) fn png(len_bytes: usize) -> Vec<u8> {
    filled(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", len_bytes)
}

/// Returns bytes that pass for an MP4 file.
pub(crate) fn mp4(len_bytes: usize) -> Vec<u8> {
    filled(b"\0\0\0\x18ftypisom\0\0\x02\0isomiso2", len_bytes)
}

fn filled(head: &[u8], len_bytes: usize) -> Vec<u8> {
    let mut bytes = head.to_vec();
    // 251 is prime: no block of a usual size looks like the next.
    bytes.extend((head.len()..len_bytes).map(|index| (index % 251) as u8));
    bytes
}
