//! `videos download`.

use std::{
    fs,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde_json::{Value, json};

use crate::{
    recorder::{Recorder, Reply, Seen},
    support::{Folder, RunExt as _, mp4, split, text, until},
};

/// An API whose record of a video leads to a storage, by another URL every time.
struct Service {
    api: Recorder,
    storage: Recorder,
}

impl Service {
    fn new(storage: impl Fn(&Seen, usize) -> Reply + Send + Sync + 'static) -> Self {
        let requests = AtomicUsize::new(0);
        let storage =
            Recorder::new(move |seen| storage(seen, requests.fetch_add(1, Ordering::SeqCst)));
        let place = storage.server.url("/v.mp4");
        let reads = AtomicUsize::new(0);
        let api = Recorder::new(move |_| {
            let number = reads.fetch_add(1, Ordering::SeqCst);
            let url = format!("{place}?X-Signature=canary{number}");
            json!({"data": {"id": "v1", "status": "completed", "video_url": url, "subtitle_url": url}})
        });
        Self { api, storage }
    }

    /// Downloads the video and returns what is in the file.
    #[track_caller]
    fn download(&self) -> Vec<u8> {
        let folder = Folder::new();
        let file = folder.path().join("out.mp4");
        let mut command = self.api.heygen();
        command.args(["videos", "download", "v1", "-o"]).arg(&file);
        command.run().ends_with(0);
        fs::read(&file).unwrap()
    }
}

fn whole(content: &[u8]) -> Reply {
    let headers = [
        ("etag", "\"1\""),
        ("content-length", &content.len().to_string()),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()));
    Reply(200, headers.into(), content.to_vec())
}

/// Announces all of it and gives only a part.
fn broken_off(content: &[u8], after: usize) -> Reply {
    let Reply(status, headers, _) = whole(content);
    Reply(status, headers, content[..after].to_vec())
}

fn rest(content: &[u8], seen: &Seen) -> Reply {
    let range = seen.header("range").unwrap();
    let from: usize = range
        .strip_prefix("bytes=")
        .unwrap()
        .trim_end_matches('-')
        .parse()
        .unwrap();
    let range = format!("bytes {from}-{}/{}", content.len() - 1, content.len());
    let headers = [("etag", "\"1\""), ("content-range", &range)]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    Reply(206, headers.into(), content[from..].to_vec())
}

#[test]
fn a_video_becomes_a_file_of_its_name() {
    let content = mp4(100_000);
    let own = content.clone();
    let service = Service::new(move |_, _| whole(&own));
    let folder = Folder::new();
    let words = ["videos", "download", "v1"];
    let done = service
        .api
        .heygen()
        .current_dir(folder.path())
        .args(words)
        .run()
        .ends_with(0);
    let expected = json!({"video_id": "v1", "file": "v1.mp4", "size_bytes": 100_000});
    assert_eq!(done.object(), expected);
    assert_eq!(fs::read(folder.path().join("v1.mp4")).unwrap(), content);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "no .part is left"
    );
    let seen = service.storage.only();
    assert_eq!(seen.header("x-api-key"), None);
    assert_eq!(seen.header("authorization"), None);
    assert!(!format!("{done:?}").contains("canary"));
}

#[test]
fn an_expired_url_is_replaced_and_the_rest_is_fetched() {
    let content = mp4(100_000);
    let own = content.clone();
    let service = Service::new(move |seen, number| match number {
        0 => broken_off(&own, 60_000),
        1 => Reply(
            403,
            Vec::new(),
            b"<Error><Code>AccessDenied</Code></Error>".to_vec(),
        ),
        _ => rest(&own, seen),
    });
    assert!(service.download() == content);
    let seen = service.storage.seen();
    assert_eq!(seen.len(), 3);
    assert_eq!(seen[2].header("range"), Some("bytes=60000-"));
    assert_eq!(seen[2].header("if-range"), Some("\"1\""));
    // Each time with the URL of a record that was read anew.
    let urls: Vec<&str> = seen.iter().map(|seen| &*seen.target).collect();
    assert_eq!(
        urls,
        [0, 1, 2].map(|number| format!("/v.mp4?X-Signature=canary{number}"))
    );
    assert_eq!(service.api.seen().len(), 3);
}

#[test]
fn a_server_without_ranges_starts_anew() {
    let content = mp4(50_000);
    let start = || {
        let own = content.clone();
        Service::new(move |_, number| match number {
            0 => broken_off(&own, 20_000),
            _ => whole(&own),
        })
    };
    assert!(start().download() == content);
    // To standard output the same bytes are not written twice.
    let service = start();
    let words = ["videos", "download", "v1", "-o", "-"];
    let output = service.api.heygen().args(words).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stdout == content);
}

#[test]
fn a_url_that_never_works_is_given_up() {
    let service = Service::new(|_, _| Reply(403, Vec::new(), Vec::new()));
    let folder = Folder::new();
    let file = folder.path().join("out.mp4");
    let done = service
        .api
        .heygen()
        .args(["videos", "download", "v1", "-o"])
        .arg(&file)
        .run()
        .ends_with(1);
    assert_eq!(done.stdout, "");
    assert_eq!(service.storage.seen().len(), 3);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "nothing is left"
    );
    assert!(!done.stderr.contains("canary"), "{done:?}");
}

#[test]
fn a_file_that_is_there_is_kept_unless_told() {
    let service = Service::new(|_, _| whole(b"new"));
    let folder = Folder::new();
    let file = folder.file("v1.mp4", b"old");
    for words in [&["-o", "v1.mp4"][..], &[], &["-o", "."]] {
        let mut command = service.api.heygen();
        command
            .current_dir(folder.path())
            .args(["videos", "download", "v1"])
            .args(words);
        let done = command.run().ends_with(6);
        assert_eq!(text(&done.error(), "code"), "file_exists");
        assert_eq!(fs::read(&file).unwrap(), b"old");
    }
    assert!(service.storage.seen().is_empty());
    let words = ["videos", "download", "v1", "--force"];
    service
        .api
        .heygen()
        .current_dir(folder.path())
        .args(words)
        .run()
        .ends_with(0);
    assert_eq!(fs::read(&file).unwrap(), b"new");
}

#[test]
fn what_is_not_there_yet_is_said() {
    let statuses = Arc::new(Mutex::new(vec!["completed", "processing"]));
    let api = Recorder::new(move |_| {
        let status = statuses.lock().unwrap().pop().unwrap();
        json!({"data": {"id": "v1", "status": status, "gif_url": null}})
    });
    let folder = Folder::new();
    let run = |words: &[&str]| -> Value {
        let mut command = api.heygen();
        command
            .current_dir(folder.path())
            .args(["videos", "download", "v1"])
            .args(words);
        command.run().ends_with(1).error()
    };
    let error = run(&[]);
    assert!(
        text(&error, "message").contains("no video_url: it is processing"),
        "{error}"
    );
    assert!(text(&error, "hint").contains("--wait"), "{error}");
    let error = run(&["--gif"]);
    assert!(text(&error, "message").contains("no gif_url"), "{error}");
}

#[test]
fn a_video_can_be_waited_for() {
    let storage = Recorder::always("content");
    let url = storage.server.url("/x");
    let looks = AtomicUsize::new(0);
    let api = Recorder::new(move |_| match looks.fetch_add(1, Ordering::SeqCst) {
        0 => json!({"data": {"id": "v1", "status": "processing"}}),
        _ => json!({"data": {"id": "v1", "status": "completed", "subtitle_url": url}}),
    });
    let words = split("videos download v1 --wait --subtitle -o -");
    let done = api.heygen().args(words).run().ends_with(0);
    assert_eq!(done.stdout, "content");
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_and_kept() {
    let service = Service::new(|_, _| whole(b"new"));
    let folder = Folder::new();
    fs::create_dir(folder.path().join("d")).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink("d/other", folder.path().join("between")).unwrap();
    std::os::unix::fs::symlink("between", &link).unwrap();
    let target = folder.path().join("d/other");
    // At first the link leads nowhere, then to what was downloaded.
    for force in [&[][..], &["--force"]] {
        let mut command = service.api.heygen();
        command.args(["videos", "download", "v1", "-o"]).arg(&link);
        command.args(force).run().ends_with(0);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read(&target).unwrap(), b"new");
        fs::write(&target, "old").unwrap();
    }
    assert_eq!(fs::read_dir(folder.path().join("d")).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn only_what_a_download_created_itself_is_written_to_or_removed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    let precious = folder.file("precious", b"precious");
    let file = folder.path().join("out.mp4");
    symlink(&precious, folder.path().join("out.mp4.part")).unwrap();
    for content in [&b"whole"[..], b"broken"] {
        let is_whole = content == b"whole";
        let service = Service::new(move |_, _| match is_whole {
            true => whole(content),
            false => broken_off(content, 3),
        });
        let mut command = service.api.heygen();
        command.args(["videos", "download", "v1", "--force", "-o"]);
        command
            .arg(&file)
            .run()
            .ends_with(if is_whole { 0 } else { 1 });
        assert_eq!(fs::read(&precious).unwrap(), b"precious");
    }
    assert_eq!(fs::read(&file).unwrap(), b"whole");
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o600, 0o600);
    assert_eq!(mode, fs::metadata(&precious).unwrap().permissions().mode());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);

    // A name of its own choice does not follow a link that leads nowhere.
    symlink("elsewhere", folder.path().join("v1.mp4")).unwrap();
    let service = Service::new(|_, _| whole(b"new"));
    let mut command = service.api.heygen();
    command.current_dir(folder.path());
    let done = command
        .args(["videos", "download", "v1"])
        .run()
        .ends_with(6);
    assert_eq!(text(&done.error(), "code"), "file_exists");
    assert!(!folder.path().join("elsewhere").exists());

    // The longest name that there is.
    let long = folder.path().join("x".repeat(255));
    let mut command = service.api.heygen();
    command.args(["videos", "download", "v1", "-o"]).arg(&long);
    command.run().ends_with(0);
    assert_eq!(fs::read(&long).unwrap(), b"new");
}

/// A storage that gives the first half of the content, and the rest when it is told to.
fn halting(content: &[u8]) -> (Arc<Service>, std::sync::mpsc::Receiver<()>, Arc<Mutex<()>>) {
    let (half, arrival) = std::sync::mpsc::channel();
    let gate = Arc::new(Mutex::new(()));
    let (half, own, closed) = (Mutex::new(half), content.to_vec(), Arc::clone(&gate));
    let service = Service::new(move |seen, number| {
        if number % 2 == 0 {
            return broken_off(&own, own.len() / 2);
        }
        half.lock().unwrap().send(()).unwrap();
        drop(closed.lock().unwrap());
        rest(&own, seen)
    });
    (Arc::new(service), arrival, gate)
}

#[cfg(unix)]
#[test]
fn a_file_that_appears_during_a_download_is_kept() {
    let content = mp4(10_000);
    let (service, arrival, gate) = halting(&content);
    let folder = Folder::new();
    let file = folder.path().join("out.mp4");
    let start = |force: &[&str]| {
        let mut command = service.api.heygen();
        command.args(["videos", "download", "v1", "-o"]).arg(&file);
        command.args(force);
        command.stdout(std::process::Stdio::piped());
        command
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let end =
        |child: std::process::Child| crate::support::Run::from(child.wait_with_output().unwrap());

    let closed = gate.lock().unwrap();
    let child = start(&[]);
    arrival.recv().unwrap();
    fs::write(&file, "another's").unwrap();
    drop(closed);
    let error = end(child).ends_with(6).error();
    assert_eq!(text(&error, "code"), "file_exists");
    assert!(text(&error, "message").contains("appeared"), "{error}");
    assert_eq!(fs::read(&file).unwrap(), b"another's");

    // Two at a time do not share what is unfinished.
    let closed = gate.lock().unwrap();
    let first = start(&["--force"]);
    arrival.recv().unwrap();
    let second = start(&["--force"]);
    // Its first half comes at once, and the other one waits for its turn at the storage.
    let count = || fs::read_dir(folder.path()).unwrap().count();
    until("two unfinished files", || count() == 3);
    drop(closed);
    end(first).ends_with(0);
    assert!(fs::read(&file).unwrap() == content);
    end(second).ends_with(0);
    assert!(fs::read(&file).unwrap() == content);

    // An interrupt leaves nothing behind.
    while arrival.try_recv().is_ok() {}
    let closed = gate.lock().unwrap();
    let child = start(&["--force"]);
    until("half of it", || arrival.try_recv().is_ok());
    crate::exits::interrupt(child.id());
    let _ = end(child).ends_with(130);
    drop(closed);
    assert!(fs::read(&file).unwrap() == content);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(unix)]
#[test]
fn a_fifo_is_written_through() {
    use std::os::unix::fs::FileTypeExt as _;
    let content = mp4(200_000);
    let own = content.clone();
    // What was written is not written again when the server starts anew.
    let service = Service::new(move |_, number| match number {
        0 => broken_off(&own, 60_000),
        _ => whole(&own),
    });
    let folder = Folder::new();
    let fifo = folder.path().join("fifo");
    let made = std::process::Command::new("mkfifo").arg(&fifo).status();
    assert!(made.unwrap().success());
    let path = fifo.clone();
    let reader = std::thread::spawn(move || fs::read(path).unwrap());
    let mut command = service.api.heygen();
    command.args(["videos", "download", "v1", "--force", "-o"]);
    command.arg(&fifo).run().ends_with(0);
    assert!(reader.join().unwrap() == content);
    assert!(fs::symlink_metadata(&fifo).unwrap().file_type().is_fifo());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// As `head` does, which has what it wants then.
#[test]
fn a_reader_that_leaves_ends_a_download_well() {
    use std::{io::Read as _, process::Stdio};
    let content = mp4(2_000_000);
    let service = Service::new(move |_, _| whole(&content));
    let mut command = service.api.heygen();
    command.args(["videos", "download", "v1", "-o", "-"]);
    let command = command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    stdout.read_exact(&mut [0; 8]).unwrap();
    drop(stdout);
    let done = crate::support::Run::from(child.wait_with_output().unwrap()).ends_with(0);
    assert_eq!(done.stderr, "");
}

#[cfg(unix)]
#[test]
fn a_device_stays_one() {
    use std::os::unix::fs::FileTypeExt as _;
    let service = Service::new(|_, _| whole(b"new"));
    let words = split("videos download v1 -o /dev/null");
    let done = service.api.heygen().args(words).run().ends_with(0);
    assert_eq!(done.object()["size_bytes"], 3);
    let found = fs::symlink_metadata("/dev/null").unwrap();
    assert!(found.file_type().is_char_device());
}
