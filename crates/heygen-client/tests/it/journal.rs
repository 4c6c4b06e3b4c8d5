//! What an upload does with what is remembered, in virtual time.

use std::{
    fs, io,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use heygen_client::{
    AccountId, Cancellation, Checksum, Claim, ErrorKind, Fingerprint, Journal, JournalEntry,
    JournalError, JournalKey, JournalRecord, MemoryJournal, OpenSource, Progress, Route, Runtime,
    Sleep, Source, Stored, TransportErrorKind, Upload, WaitPolicy,
    types::{ByteSize, Sha256Digest},
};

use crate::script::{Answer, Sent, World, block_on};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// A server that stores whatever it is given.
fn server(sent: &Sent) -> Answer {
    let path = sent.uri.split('?').next().unwrap();
    match (sent.method.as_str(), path) {
        ("POST", "https://api.heygen.com/v3/assets") => Answer::json(
            200,
            r#"{"data":{"asset_id":"a","mime_type":"image/png","size_bytes":16,"url":"https://f/a"}}"#,
        ),
        ("POST", "https://api.heygen.com/v3/assets/direct-uploads") => Answer::json(
            200,
            r#"{"data":{"asset_id":"a","upload_url":"https://s.example/b?X-Amz-Signature=canary","upload_headers":{},"expires_in_seconds":60,"max_bytes":100,"status":"pending_upload"}}"#,
        ),
        ("PUT", _) => Answer::json(200, ""),
        ("POST", "https://api.heygen.com/v3/assets/a/complete") => Answer::json(
            200,
            r#"{"data":{"asset_id":"a","mime_type":"image/png","size_bytes":16,"status":"processing","url":"https://f/a"}}"#,
        ),
        ("GET", "https://api.heygen.com/v3/assets/a") => Answer::json(
            200,
            r#"{"data":{"id":"a","name":"a.png","owner":"o","space_id":"s","type":"image","uploaded_at":1,"url":"https://f/a"}}"#,
        ),
        other => panic!("nothing answers {other:?}"),
    }
}

/// One that can process nothing of what it stores.
fn server_without_luck(sent: &Sent) -> Answer {
    match sent.uri.contains("statuses") {
        true => Answer::json(
            200,
            r#"{"data":[{"video_id":"a","status":"failed"}],"has_more":false,"next_token":null}"#,
        ),
        false => server(sent),
    }
}

/// A file that is gone at the end of the test.
struct File {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl File {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.png");
        fs::write(&path, PNG).unwrap();
        Self {
            _folder: folder,
            path,
        }
    }

    /// Sets up its upload by the client of a world.
    fn upload(&self, world: &World, journal: &MemoryJournal) -> Upload {
        let upload = world.client().assets().upload(Source::path(&self.path));
        upload.journal(journal.clone())
    }
}

/// Uploads a file and tells what the observer saw of the journal.
fn upload(upload: Upload) -> (Result<String, ErrorKind>, Vec<String>) {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let saw = Arc::clone(&seen);
    let upload = upload.observer(move |progress: &Progress<'_>| {
        let word = match progress {
            Progress::Elsewhere => "elsewhere".to_owned(),
            Progress::AlreadyStored { asset_id } => format!("already {asset_id}"),
            Progress::Resumed { stored } => format!("resumed {stored}"),
            Progress::NotRemembered { error } => error.to_string(),
            _ => return,
        };
        saw.lock().unwrap().push(word);
    });
    let end = block_on(async { upload.await });
    let seen = std::mem::take(&mut *seen.lock().unwrap());
    let end = end.map(|asset| asset.asset_id.to_string());
    (end.map_err(|error| error.kind()), seen)
}

/// Returns what the upload of a file is remembered by.
fn key_of(file: &File, world: &World) -> JournalKey {
    JournalKey::new(
        block_on(async { world.client().account().await }).unwrap(),
        fs::canonicalize(&file.path).unwrap().to_str().unwrap(),
    )
}

/// Has a record come from a version that is not known yet.
fn of_another_version(mut record: JournalRecord) -> JournalRecord {
    let mut checkpoint = serde_json::to_value(&record.checkpoint).unwrap();
    checkpoint["version"] = 999.into();
    record.checkpoint = serde_json::from_value(checkpoint).unwrap();
    record
}

fn steps(world: &World) -> Vec<String> {
    let sent = world.sent();
    let step = |sent: &Sent| {
        let path = sent.uri.split('?').next().unwrap();
        let name = path.rsplit('/').next().unwrap();
        format!("{} {name}", sent.method)
    };
    sent.iter().map(step).collect()
}

#[test]
fn what_is_stored_already_is_not_sent_again() {
    for route in [Route::Single, Route::Direct] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let world = World::serving(server);
        let again = || {
            let source = Source::path(&file.path);
            let upload = world.client().assets().upload(source);
            upload.route(route).journal(journal.clone())
        };
        assert_eq!(upload(again()), (Ok("a".to_owned()), vec![]));
        let before = world.sent().len();
        // The one check, and nothing else.
        let (end, seen) = upload(again());
        assert_eq!(
            (end, seen),
            (Ok("a".to_owned()), vec!["already a".to_owned()])
        );
        assert_eq!(steps(&world)[before..], ["GET a"]);
        // The same bytes under another name are the same bytes.
        let copy = Source::bytes("copy.png", PNG);
        let copied = world
            .client()
            .assets()
            .upload(copy)
            .journal(journal.clone());
        assert_eq!(upload(copied).1, ["already a"]);
    }
}

#[test]
fn fresh_and_other_bytes_and_other_accounts_are_sent() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server);
    let other = world
        .builder()
        .credential("other-key".parse::<heygen_client::ApiKey>().unwrap());
    let other = other.build().unwrap();
    let by = |client: &heygen_client::Client| {
        let upload = client.assets().upload(Source::path(&file.path));
        upload.journal(journal.clone())
    };
    upload(by(&world.client())).0.unwrap();
    upload(by(&world.client()).fresh(true)).0.unwrap();
    upload(by(&other)).0.unwrap();
    let mut changed = PNG.to_vec();
    changed[15] = b'r';
    fs::write(&file.path, changed).unwrap();
    upload(by(&world.client())).0.unwrap();
    assert_eq!(steps(&world), ["POST assets"; 4]);
}

#[test]
fn an_asset_that_is_gone_is_uploaded_again() {
    for status in [404, 410] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let world = World::serving(move |sent| match sent.method.as_str() {
            "GET" => Answer::json(
                status,
                r#"{"error":{"code":"asset_not_found","message":"none"}}"#,
            ),
            _ => server(sent),
        });
        let again = || file.upload(&world, &journal);
        upload(again()).0.unwrap();
        assert_eq!(upload(again()), (Ok("a".to_owned()), vec![]));
        assert_eq!(steps(&world), ["POST assets", "GET a", "POST assets"]);
    }
}

#[test]
fn what_a_gateway_says_of_a_stored_file_neither_doubles_nor_forgets_it() {
    for status in [401, 403, 404, 409, 410] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let gateway = World::serving(move |sent| match sent.method.as_str() {
            "GET" => Answer::page(status),
            _ => server(sent),
        });
        upload(file.upload(&gateway, &journal)).0.unwrap();
        let error = block_on(async { file.upload(&gateway, &journal).await }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Network, "{error}");
        let text = error.to_string();
        assert!(
            text.contains("as asset a") && text.contains("firewall"),
            "{text}"
        );
        assert!(error.hint().contains("firewall"), "{}", error.hint());
        assert_eq!(steps(&gateway)[1..], ["GET a"; 4], "{status}");
        // It is still known once the way is free.
        let world = World::serving(server);
        let (_, seen) = upload(file.upload(&world, &journal));
        assert_eq!(seen, ["already a"], "{status}");
        assert_eq!(steps(&world), ["GET a"]);
    }
}

#[test]
fn an_answer_about_another_asset_is_not_taken_for_the_stored_file() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server);
    upload(file.upload(&world, &journal)).0.unwrap();
    let confused = World::serving(|sent| match server(sent) {
        Answer::Response(status, headers, body) => {
            Answer::Response(status, headers, body.replace(r#""id":"a""#, r#""id":"b""#))
        }
        other => other,
    });
    let error = block_on(async { file.upload(&confused, &journal).await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Integrity);
    let text = error.to_string();
    assert!(
        text.contains("asset a") && text.contains("about b"),
        "{text}"
    );
    assert_eq!(steps(&confused), ["GET a"]);
    assert_eq!(upload(file.upload(&world, &journal)).1, ["already a"]);
}

/// Has the answers to some requests be about other assets.
fn confused(at: &'static str, from: &'static str, to: &'static str) -> World {
    World::serving(move |sent| match server(sent) {
        Answer::Response(status, headers, body) if sent.uri.ends_with(at) => {
            Answer::Response(status, headers, body.replace(from, to))
        }
        other => other,
    })
}

#[test]
fn an_answer_about_another_asset_is_remembered_nowhere() {
    let id = r#""asset_id":"a""#;
    for (route, world, rest) in [
        (
            Route::Direct,
            confused("/complete", id, r#""asset_id":"b""#),
            &["POST complete"][..],
        ),
        (
            Route::Direct,
            confused("/complete", id, r#""id":"b""#),
            &["POST complete"],
        ),
        (
            Route::Direct,
            confused("/complete", id, r#""asset_id":"a","id":"b""#),
            &["POST complete"],
        ),
        // A single request is only known by its key, which leads to what it became.
        (
            Route::Single,
            confused("/assets", r#""size_bytes":16"#, r#""size_bytes":17"#),
            &["POST assets"],
        ),
        (
            Route::Single,
            confused("/assets", "image/png", "video/webm"),
            &["POST assets"],
        ),
    ] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let by = |world: &World| file.upload(world, &journal).route(route);
        assert_eq!(upload(by(&world)).0, Err(ErrorKind::Integrity));
        let key = key_of(&file, &world);
        let Claim::Held(entry) = journal.claim(&key).unwrap() else {
            panic!("nobody else is at it");
        };
        assert!(entry.finished().unwrap().is_empty());
        let begun = entry.begun().unwrap().expect("it can be resumed");
        let begun = serde_json::to_string(&begun.checkpoint).unwrap();
        assert!(!begun.contains(r#""b""#), "{begun}");
        drop(entry);
        // The same upload again sends nothing twice.
        let honest = World::serving(server);
        assert_eq!(upload(by(&honest)).0, Ok("a".to_owned()));
        assert_eq!(steps(&honest), rest);
        let key = |world: &World| world.sent()[0].header("idempotency-key").map(str::to_owned);
        if route == Route::Single {
            assert_eq!(key(&honest), key(&world));
        }
    }
}

#[test]
fn what_was_begun_on_one_route_goes_on_when_the_route_is_left_open() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let gateway = World::serving(move |sent| match sent.uri.ends_with("complete") {
        true => Answer::page(502),
        false => server(sent),
    });
    let direct = file.upload(&gateway, &journal).route(Route::Direct);
    assert_eq!(upload(direct).0, Err(ErrorKind::Network));
    let world = World::serving(server);
    assert_eq!(upload(file.upload(&world, &journal)).0, Ok("a".to_owned()));
    assert_eq!(steps(&world), ["POST complete"]);
}

#[test]
fn an_asset_that_failed_while_it_was_completed_is_not_remembered() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let failing = confused("/complete", "processing", "failed");
    let by = |world: &World| file.upload(world, &journal).route(Route::Direct);
    assert_eq!(upload(by(&failing)).0, Err(ErrorKind::Processing));
    let world = World::serving(server);
    assert_eq!(upload(by(&world)).0, Ok("a".to_owned()));
    assert!(steps(&world).len() > 2, "{:?}", steps(&world));
}

#[test]
fn the_failure_of_another_asset_makes_nothing_forgotten() {
    let list = |entries: &str| {
        let body = format!(r#"{{"data":[{entries}],"has_more":false,"next_token":null}}"#);
        Answer::json(200, body)
    };
    const OTHER: &str = r#"{"video_id":"b","status":"failed"}"#;
    const OWN: &str = r#"{"video_id":"a","status":"completed"}"#;
    for (entries, end) in [
        (format!("{OTHER},{OWN}"), Ok("a".to_owned())),
        (format!("{OWN},{OTHER}"), Ok("a".to_owned())),
        (OTHER.to_owned(), Err(ErrorKind::Integrity)),
    ] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let world = World::serving(move |sent| match sent.uri.contains("statuses") {
            true => list(&entries),
            false => server(sent),
        });
        let waiting = file.upload(&world, &journal).wait(WaitPolicy::default());
        assert_eq!(upload(waiting).0, end);
        assert_eq!(upload(file.upload(&world, &journal)).1, ["already a"]);
    }
}

#[test]
fn a_gateway_does_not_have_an_accepted_put_thrown_away() {
    for status in [401, 403, 404, 409, 410, 413] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let gateway = World::serving(move |sent| match sent.uri.ends_with("complete") {
            true => Answer::page(status),
            false => server(sent),
        });
        let by = |world: &World| file.upload(world, &journal).route(Route::Direct);
        assert_eq!(upload(by(&gateway)).0, Err(ErrorKind::Network), "{status}");
        let puts = steps(&gateway)
            .iter()
            .filter(|step| step.starts_with("PUT"))
            .count();
        assert_eq!(puts, 1, "{status}");
        let world = World::serving(server);
        assert_eq!(upload(by(&world)).0, Ok("a".to_owned()));
        assert_eq!(steps(&world), ["POST complete"], "{status}");
    }
}

#[test]
fn a_finished_upload_of_a_newer_version_is_neither_doubled_nor_forgotten() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server);
    let again = || file.upload(&world, &journal);
    upload(again()).0.unwrap();
    let key = key_of(&file, &world);
    let Claim::Held(entry) = journal.claim(&key).unwrap() else {
        panic!("nobody else is at it");
    };
    let record = entry.finished().unwrap().remove(0);
    let newer = of_another_version(record);
    entry.save(&newer).unwrap();
    drop(entry);
    assert_newer(&upload(again()));
    assert_eq!(steps(&world)[..1], ["POST assets"]);
    assert_eq!(steps(&world)[1..], ["GET a"]);
    let size = ByteSize::new(PNG.len() as u64);
    let digest = newer.checkpoint.digest().unwrap();
    let kept = journal.finished(&key.account, size, &digest).unwrap();
    assert_eq!(kept, [newer]);
    assert_eq!(upload(again().fresh(true)).0, Ok("a".to_owned()));
}

/// Checks that an upload ended before anything was sent because a newer version knows more.
#[track_caller]
fn assert_newer((end, seen): &(Result<String, ErrorKind>, Vec<String>)) {
    assert_eq!(*end, Err(ErrorKind::NewerJournal));
    assert_eq!(seen[..], [""; 0]);
}

#[test]
fn a_check_that_fails_ends_the_upload_rather_than_doubling_it() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(|sent| match sent.method.as_str() {
        "GET" => Answer::json(403, r#"{"error":{"code":"forbidden","message":"no"}}"#),
        _ => server(sent),
    });
    let again = || file.upload(&world, &journal);
    upload(again()).0.unwrap();
    let error = block_on(async { again().await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Permission);
    assert!(error.to_string().contains("as asset a"), "{error}");
    assert!(error.hint().contains("a fresh upload"), "{}", error.hint());
}

#[test]
fn an_accepted_put_is_only_completed() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let dead = World::serving(|sent| match sent.uri.ends_with("complete") {
        true => Answer::Error(TransportErrorKind::Interrupted),
        false => server(sent),
    });
    let by = |world: &World| file.upload(world, &journal).route(Route::Direct);
    assert_eq!(upload(by(&dead)).0, Err(ErrorKind::Network));
    let alive = World::serving(server);
    let (end, seen) = upload(by(&alive));
    assert_eq!(
        (end, seen),
        (Ok("a".to_owned()), vec!["resumed true".to_owned()])
    );
    assert_eq!(steps(&alive), ["POST complete"]);
}

#[test]
fn an_accepted_put_outlives_a_completion_that_is_refused() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let refuses = World::serving(|sent| match sent.uri.ends_with("complete") {
        true => Answer::json(
            402,
            r#"{"error":{"code":"insufficient_credit","message":"no"}}"#,
        ),
        false => server(sent),
    });
    let by = |world: &World| file.upload(world, &journal).route(Route::Direct);
    for _ in 0..2 {
        assert_eq!(upload(by(&refuses)).0, Err(ErrorKind::Rejected));
    }
    let puts = refuses
        .sent()
        .iter()
        .filter(|sent| sent.method == "PUT")
        .count();
    assert_eq!(puts, 1);
    let alive = World::serving(server);
    assert_eq!(upload(by(&alive)).0, Ok("a".to_owned()));
    assert_eq!(steps(&alive), ["POST complete"]);
}

#[test]
fn other_bytes_that_look_the_same_from_outside_begin_anew_where_their_digest_is_known() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let dead = World::serving(|sent| match sent.uri.ends_with("complete") {
        true => Answer::Error(TransportErrorKind::Interrupted),
        false => server(sent),
    });
    let by = |world: &World| file.upload(world, &journal).route(Route::Direct);
    upload(by(&dead)).0.unwrap_err();
    let digest = "00".repeat(32).parse().unwrap();
    let alive = World::serving(server);
    let (_, seen) = upload(by(&alive).digest(digest));
    assert_eq!(seen, Vec::<String>::new(), "it is another upload");
}

#[test]
fn a_request_that_may_have_been_carried_out_goes_on_under_its_key() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let dead = World::serving(|_| Answer::Error(TransportErrorKind::Interrupted));
    let by = |world: &World| file.upload(world, &journal);
    upload(by(&dead)).0.unwrap_err();
    let alive = World::serving(server);
    assert_eq!(upload(by(&alive)).1, ["resumed false"]);
    let key = |world: &World| world.sent()[0].header("idempotency-key").map(str::to_owned);
    assert!(key(&dead).is_some());
    assert_eq!(key(&dead), key(&alive));
}

#[test]
fn an_answer_in_which_nothing_stands_completes_no_upload() {
    for body in [
        r#"{"message":"Forbidden"}"#,
        r#"{"data":{}}"#,
        r#"{"data":null}"#,
        "{}",
        "",
    ] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let by = |world: &World| file.upload(world, &journal).route(Route::Direct);
        let blocked = World::serving(move |sent| match sent.uri.ends_with("complete") {
            true => Answer::json(200, body),
            false => server(sent),
        });
        assert_eq!(upload(by(&blocked)).0, Err(ErrorKind::Protocol), "{body}");
        // The bytes that storage has are not sent again.
        let alive = World::serving(server);
        assert_eq!(upload(by(&alive)).0, Ok("a".to_owned()), "{body}");
        assert_eq!(steps(&alive), ["POST complete"], "{body}");
    }
}

#[test]
fn what_a_gateway_says_in_a_success_does_not_have_the_key_forgotten() {
    for body in [
        r#"{"success":false,"message":"try again"}"#,
        r#"{"error":"try again"}"#,
    ] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let blocked = World::serving(move |_| Answer::json(200, body));
        let by = |world: &World| file.upload(world, &journal);
        let error = block_on(async { by(&blocked).await }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol);
        assert_eq!(error.stored(), Some(&Stored::Unknown), "it may have passed");
        assert!(error.to_string().contains("try again"), "{error}");
        let alive = World::serving(server);
        assert_eq!(upload(by(&alive)).1, ["resumed false"]);
        let key = |world: &World| world.sent()[0].header("idempotency-key").map(str::to_owned);
        assert_eq!(key(&blocked), key(&alive));
    }
}

#[test]
fn another_version_of_the_file_or_other_settings_begin_anew() {
    let dead = World::serving(|_| Answer::Error(TransportErrorKind::Interrupted));
    let alive = World::serving(server);
    type Change = fn(&File, Upload) -> Upload;
    let changes: [Change; 3] = [
        |file, upload| {
            fs::write(&file.path, PNG).unwrap();
            let time = std::time::SystemTime::UNIX_EPOCH + Duration::from_nanos(1);
            fs::File::options()
                .write(true)
                .open(&file.path)
                .unwrap()
                .set_modified(time)
                .unwrap();
            upload
        },
        |_, upload| upload.route(Route::Direct),
        |_, upload| upload.fresh(true),
    ];
    for change in changes {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let by = |world: &World| file.upload(world, &journal);
        upload(by(&dead)).0.unwrap_err();
        assert_eq!(
            upload(change(&file, by(&alive))),
            (Ok("a".to_owned()), vec![])
        );
    }
}

#[test]
fn what_a_newer_version_began_is_left_to_it() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let dead = World::serving(|_| Answer::Error(TransportErrorKind::Interrupted));
    let by = |world: &World| file.upload(world, &journal);
    upload(by(&dead)).0.unwrap_err();
    let Claim::Held(entry) = journal.claim(&key_of(&file, &dead)).unwrap() else {
        panic!("nobody else is at it");
    };
    let record = entry.begun().unwrap().unwrap();
    entry.save(&of_another_version(record)).unwrap();
    drop(entry);
    let alive = World::serving(server);
    assert_newer(&upload(by(&alive)));
    assert_eq!(steps(&alive), [""; 0]);
    assert_eq!(upload(by(&alive).fresh(true)).0, Ok("a".to_owned()));
}

/// What another program does to a file between two runs.
type Touch = fn(&File);

/// Writes other bytes and puts the time of modification back.
fn edit_in_secret(file: &File) {
    file.until_it_is_noticed(|path| {
        let time = fs::metadata(path).unwrap().modified().unwrap();
        fs::write(path, EDITED).unwrap();
        let opened = fs::File::options().write(true).open(path).unwrap();
        opened.set_modified(time).unwrap();
    });
}

/// Makes a hard link, as a backup does.
fn link(file: &File) {
    file.until_it_is_noticed(|path| {
        let _ = fs::remove_file(path.with_extension("link"));
        fs::hard_link(path, path.with_extension("link")).unwrap();
    });
}

/// Puts another file of the same bytes and the same time in its place.
fn replace(file: &File) {
    file.until_it_is_noticed(|path| {
        let time = fs::metadata(path).unwrap().modified().unwrap();
        let other = path.with_extension("new");
        fs::write(&other, PNG).unwrap();
        let opened = fs::File::options().write(true).open(&other).unwrap();
        opened.set_modified(time).unwrap();
        fs::rename(&other, path).unwrap();
    });
}

impl File {
    /// Does something to the file until its time of change is another: the clock of a file system
    /// stands still for some milliseconds.
    fn until_it_is_noticed(&self, touch: impl Fn(&std::path::Path)) {
        let changed = || Source::path(&self.path).fingerprint().unwrap().changed_ns;
        let before = changed();
        while changed() == before {
            touch(&self.path);
        }
    }
}

const EDITED: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDr";

/// Where an upload stops whose process dies.
type Death = fn(&Sent) -> bool;

#[cfg(unix)]
#[test]
fn a_file_that_looks_the_same_is_read_before_what_was_begun_goes_on() {
    use Checksum::{Completion, Declared, Off};
    let stored: Death = |sent| sent.uri.ends_with("complete");
    let asked: Death = |sent| sent.method == "PUT" || sent.uri.ends_with("complete");
    let single: Death = |sent| sent.uri.ends_with("/assets");
    let direct = ["POST direct-uploads", "PUT b", "POST complete"];
    let complete = ["POST complete"];
    let cases: &[(Route, Death, Checksum, Touch, &[&str])] = &[
        // Stored bytes that are not those of the file are not completed.
        (Route::Direct, stored, Declared, edit_in_secret, &direct),
        (Route::Direct, stored, Completion, edit_in_secret, &direct),
        (Route::Direct, stored, Off, edit_in_secret, &direct),
        (Route::Direct, asked, Declared, edit_in_secret, &direct),
        (Route::Direct, asked, Completion, edit_in_secret, &direct),
        (Route::Direct, asked, Off, edit_in_secret, &direct),
        (
            Route::Single,
            single,
            Declared,
            edit_in_secret,
            &["POST assets"],
        ),
        (Route::Single, single, Off, edit_in_secret, &["POST assets"]),
        // What changes nothing of the bytes costs a look at them, where there is a digest.
        (Route::Direct, stored, Declared, link, &complete),
        (Route::Direct, stored, Completion, link, &complete),
        (Route::Direct, stored, Declared, replace, &complete),
        (Route::Direct, stored, Off, link, &direct),
        (Route::Single, single, Declared, link, &["POST assets"]),
    ];
    for (number, (route, death, checksum, touch, expected)) in cases.iter().enumerate() {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let death = *death;
        let dead = World::serving(move |sent| match death(sent) {
            true => Answer::Error(TransportErrorKind::Interrupted),
            false => server(sent),
        });
        let by = |world: &World| {
            let upload = file.upload(world, &journal);
            upload.route(*route).checksum(*checksum)
        };
        upload(by(&dead)).0.unwrap_err();
        touch(&file);
        let alive = World::serving(server);
        assert_eq!(upload(by(&alive)).0, Ok("a".to_owned()), "case {number}");
        assert_eq!(steps(&alive), *expected, "case {number}");
        let now = fs::read(&file.path).unwrap();
        let sends = |sent: &&Sent| sent.method == "PUT" || sent.uri.ends_with("/assets");
        for sent in alive.sent().iter().filter(sends) {
            let is_sent = sent.body.windows(now.len()).any(|bytes| bytes == now);
            assert!(is_sent, "case {number}: {:?}", sent.body);
        }
        // A key stands for one content.
        let key = |world: &World| world.sent()[0].header("idempotency-key").map(str::to_owned);
        let goes_on = now == PNG && *checksum != Off && *route == Route::Single;
        assert!(!goes_on || key(&dead) == key(&alive), "case {number}");
        assert!(now == PNG || key(&dead) != key(&alive), "case {number}");
    }
}

#[cfg(unix)]
#[cfg(unix)]
#[test]
fn a_file_of_another_digest_is_not_sent_to_its_last_byte() {
    let digest = "b9b5daa2c4a2f3e1f6d1c1c4e6f7a3b2c1d0e9f8a7b6c5d4e3f2a1b0c9d8e7f6";
    for route in [Route::Single, Route::Auto] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let world = World::serving(server);
        let upload = file.upload(&world, &journal).route(route);
        let error = block_on(async { upload.digest(digest.parse().unwrap()).await }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::SourceChanged);
        // Else it would be stored, nobody would know of it, and the next run would store it again.
        assert_eq!(error.stored(), Some(&Stored::Nothing), "{error}");
        assert!(world.sent().is_empty(), "no request is whole");
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_ends_before_it_has_read_the_file_does_not_vouch_for_it() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let dead = World::serving(|_| Answer::Error(TransportErrorKind::Interrupted));
    let by = |world: &World| file.upload(world, &journal).route(Route::Single);
    upload(by(&dead)).0.unwrap_err();
    edit_in_secret(&file);
    let alive = World::serving(server);
    let cancellation = Cancellation::new();
    let switch = cancellation.clone();
    let cancelled =
        by(&alive)
            .cancellation(&cancellation)
            .observer(move |progress: &Progress<'_>| {
                if matches!(progress, Progress::Resumed { .. }) {
                    switch.cancel();
                }
            });
    let error = block_on(async { cancelled.await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    // What was begun is still known to be of another version, perhaps.
    assert_eq!(upload(by(&alive)).0, Ok("a".to_owned()));
    let now = fs::read(&file.path).unwrap();
    let [sent] = &alive.sent()[..] else {
        panic!("one request is enough")
    };
    assert!(sent.body.windows(now.len()).any(|bytes| bytes == now));
    let key = |sent: &Sent| sent.header("idempotency-key").map(str::to_owned);
    assert_ne!(key(sent), key(&dead.sent()[0]));
}

#[test]
fn without_a_checksum_a_finished_upload_is_found_while_the_file_was_not_touched() {
    let touches: [Touch; 3] = [edit_in_secret, link, replace];
    for touch in touches {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let world = World::serving(server);
        let again = || file.upload(&world, &journal).checksum(Checksum::Off);
        upload(again()).0.unwrap();
        assert_eq!(upload(again()).1, ["already a"]);
        touch(&file);
        assert_eq!(upload(again()).1, Vec::<String>::new());
    }
}

#[test]
fn a_checkpoint_is_resumed_with_the_bytes_that_it_is_of_and_with_no_others() {
    let dead = World::serving(|sent| match sent.uri.ends_with("complete") {
        true => Answer::Error(TransportErrorKind::Interrupted),
        false => server(sent),
    });
    let by = |world: &World, content: &'static [u8]| {
        let upload = world
            .client()
            .assets()
            .upload(Source::bytes("a.png", content));
        upload.route(Route::Direct)
    };
    let error = block_on(async { by(&dead, PNG).await }).unwrap_err();
    let checkpoint = error.checkpoint().unwrap();
    assert!(checkpoint.is_stored());
    let alive = World::serving(server);
    let other = upload(by(&alive, EDITED).resume(checkpoint.clone()));
    assert_eq!(other.0, Err(ErrorKind::SourceChanged));
    assert_eq!(steps(&alive), [""; 0]);
    upload(by(&alive, PNG).resume(checkpoint.clone()))
        .0
        .unwrap();
    assert_eq!(steps(&alive), ["POST complete"]);
}

#[test]
fn what_failed_for_good_is_forgotten() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let refuses = World::serving(|_| {
        Answer::json(
            400,
            r#"{"error":{"code":"invalid_parameter","message":"no"}}"#,
        )
    });
    let by = |world: &World| file.upload(world, &journal);
    assert_eq!(upload(by(&refuses)).0, Err(ErrorKind::Rejected));
    let alive = World::serving(server);
    assert_eq!(upload(by(&alive)), (Ok("a".to_owned()), vec![]));
}

#[test]
fn an_asset_that_is_stored_is_not_uploaded_again_because_its_status_is_not_known() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(|sent| match sent.uri.contains("statuses") {
        true => Answer::json(404, r#"{"error":{"code":"not_found","message":"no"}}"#),
        false => server(sent),
    });
    let again = || {
        let upload = world.client().assets().upload(Source::path(&file.path));
        upload.wait(WaitPolicy::default()).journal(journal.clone())
    };
    assert_eq!(upload(again()).0, Err(ErrorKind::Rejected));
    let (end, seen) = upload(again());
    assert_eq!(
        (end, seen),
        (Err(ErrorKind::Rejected), vec!["already a".to_owned()])
    );
}

#[test]
fn an_asset_that_could_not_be_processed_is_uploaded_again() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server_without_luck);
    let again = || file.upload(&world, &journal);
    // The journal knows it as stored; that it is of no use comes out later.
    upload(again()).0.unwrap();
    let waits = || again().wait(WaitPolicy::default());
    let (end, seen) = upload(waits());
    assert_eq!(
        (end, seen),
        (Err(ErrorKind::Processing), vec!["already a".to_owned()])
    );
    assert_eq!(upload(waits()), (Err(ErrorKind::Processing), vec![]));
}

#[test]
fn an_asset_whose_processing_failed_is_never_found_again() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server_without_luck);
    let again = || file.upload(&world, &journal);
    let waits = again().wait(WaitPolicy::default());
    assert_eq!(upload(waits), (Err(ErrorKind::Processing), vec![]));
    assert_eq!(upload(again()), (Ok("a".to_owned()), vec![]));
}

#[test]
fn one_upload_of_a_file_waits_for_the_other() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(|sent| match sent.method.as_str() {
        "GET" => server(sent),
        _ => server(sent).after(Duration::from_secs(5)),
    });
    let seen = Arc::new(Mutex::new(0));
    let one = || {
        let seen = Arc::clone(&seen);
        let upload = world.client().assets().upload(Source::path(&file.path));
        let upload = upload.journal(journal.clone());
        upload.observer(move |progress: &Progress<'_>| {
            *seen.lock().unwrap() += usize::from(matches!(progress, Progress::Elsewhere));
        })
    };
    let (first, second) = block_on(async {
        futures_util::future::join(one().into_future(), one().into_future()).await
    });
    assert_eq!(first.unwrap().asset_id, second.unwrap().asset_id);
    assert_eq!(*seen.lock().unwrap(), 1, "who waits is told once");
    assert_eq!(steps(&world), ["POST assets", "GET a"]);
}

#[test]
fn waiting_for_another_ends_with_the_deadline_or_the_switch() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server);
    let held = journal.claim(&key_of(&file, &world)).unwrap();
    let waiting = || file.upload(&world, &journal);
    let (end, _) = upload(waiting().deadline(Duration::from_secs(30)));
    assert_eq!(end, Err(ErrorKind::TimedOut));
    let switch = Cancellation::new();
    switch.cancel();
    let (end, _) = upload(waiting().cancellation(&switch));
    assert_eq!(end, Err(ErrorKind::Cancelled));
    assert_eq!(world.sent().len(), 0);
    drop(held);
    upload(waiting()).0.unwrap();
}

#[test]
fn a_file_that_was_edited_while_it_waited_for_the_other_is_looked_at_anew() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server);
    let held = Mutex::new(Some(journal.claim(&key_of(&file, &world)).unwrap()));
    let path = file.path.clone();
    let waiting = file.upload(&world, &journal);
    let waiting = waiting.observer(move |progress: &Progress<'_>| {
        if matches!(progress, Progress::Elsewhere) {
            fs::write(&path, EDITED).unwrap();
            drop(held.lock().unwrap().take());
        }
    });
    block_on(async { waiting.await }).unwrap();
    let [sent] = &world.sent()[..] else {
        panic!("one request was sent")
    };
    assert!(sent.body.windows(4).any(|bytes| bytes == b"IHDr"));
}

/// A journal on a disk that is full.
#[derive(Debug)]
struct Broken(fn() -> Result<Claim, JournalError>);

impl Journal for Broken {
    fn claim(&self, _: &JournalKey) -> Result<Claim, JournalError> {
        (self.0)()
    }

    fn has_finished(&self, _: &AccountId, _: ByteSize) -> Result<bool, JournalError> {
        Err(JournalError::new("the disk is full"))
    }

    fn finished(
        &self,
        _: &AccountId,
        _: ByteSize,
        _: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        Err(JournalError::new("the disk is full"))
    }

    fn forget(&self, _: &AccountId, _: heygen_client::UploadId) -> Result<(), JournalError> {
        Err(JournalError::new("the disk is full"))
    }
}

/// A runtime whose threads for blocking work stand still from some time on.
#[derive(Clone, Debug)]
struct Stuck {
    world: World,
    is_stuck: Arc<AtomicBool>,
}

impl Runtime for Stuck {
    fn now(&self) -> Duration {
        self.world.now()
    }

    fn wall_clock(&self) -> Duration {
        self.world.wall_clock()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.world.sleep(duration)
    }

    fn spawn_blocking(&self, work: Box<dyn FnOnce() + Send>) {
        match self.is_stuck.load(Ordering::Relaxed) {
            // Who waits for it waits for ever.
            true => std::mem::forget(work),
            false => work(),
        }
    }
}

#[test]
fn a_journal_that_does_not_answer_holds_up_no_cancellation() {
    for is_sent in [false, true] {
        let (file, world) = (File::new(), World::serving(server));
        let runtime = Stuck {
            world: world.clone(),
            is_stuck: Arc::default(),
        };
        let key: heygen_client::ApiKey = "key".parse().unwrap();
        let builder = heygen_client::Client::builder(world.clone(), runtime.clone());
        let client = builder.credential(key).build().unwrap();
        let switch = Cancellation::new();
        let (throw, began) = (switch.clone(), Arc::new(Mutex::new(Duration::ZERO)));
        let at = Arc::clone(&began);
        let stop = move || {
            runtime.is_stuck.store(true, Ordering::Relaxed);
            *at.lock().unwrap() = runtime.now();
            throw.cancel();
        };
        let upload = client.assets().upload(Source::path(&file.path));
        let upload = upload.route(Route::Direct).cancellation(&switch);
        let end = if is_sent {
            let journal = MemoryJournal::new();
            let upload = upload
                .journal(journal)
                .observer(move |progress: &Progress<'_>| {
                    if matches!(progress, Progress::Sending { .. }) {
                        stop();
                    }
                });
            block_on(async { upload.await })
        } else {
            let journal = Claiming(Mutex::new(Box::new(stop)));
            block_on(async { upload.journal(journal).await })
        };
        assert_eq!(end.unwrap_err().kind(), ErrorKind::Cancelled);
        let took = world.now() - *began.lock().unwrap();
        assert!(took <= Duration::from_secs(3), "{took:?}");
    }
}

/// A journal that does something when it is first asked.
struct Claiming(Mutex<Box<dyn Fn() + Send>>);

impl std::fmt::Debug for Claiming {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Claiming")
    }
}

impl Journal for Claiming {
    fn claim(&self, _: &JournalKey) -> Result<Claim, JournalError> {
        (self.0.lock().unwrap())();
        Ok(Claim::Held(Arc::new(Full)))
    }

    fn has_finished(&self, _: &AccountId, _: ByteSize) -> Result<bool, JournalError> {
        unreachable!("its thread stands still")
    }

    fn finished(
        &self,
        _: &AccountId,
        _: ByteSize,
        _: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        unreachable!("its thread stands still")
    }

    fn forget(&self, _: &AccountId, _: heygen_client::UploadId) -> Result<(), JournalError> {
        unreachable!("its thread stands still")
    }
}

#[derive(Debug)]
struct Full;

impl JournalEntry for Full {
    fn begun(&self) -> Result<Option<JournalRecord>, JournalError> {
        Err(JournalError::new("the disk is full"))
    }

    fn finished(&self) -> Result<Vec<JournalRecord>, JournalError> {
        Err(JournalError::new("the disk is full"))
    }

    fn save(&self, _: &JournalRecord) -> Result<(), JournalError> {
        Err(JournalError::new("the disk is full"))
    }

    fn discard(&self) -> Result<(), JournalError> {
        Err(JournalError::new("the disk is full"))
    }
}

#[test]
fn a_journal_that_cannot_be_used_stops_nothing() {
    let claims: [fn() -> Result<Claim, JournalError>; 2] = [
        || Err(JournalError::new("the disk is full")),
        || Ok(Claim::Held(Arc::new(Full))),
    ];
    for claim in claims {
        let file = File::new();
        let world = World::serving(server);
        let broken = world.client().assets().upload(Source::path(&file.path));
        let (end, seen) = upload(broken.journal(Broken(claim)));
        assert_eq!(end, Ok("a".to_owned()));
        assert_eq!(seen[0], "the journal could not be used");
    }
}

#[test]
fn without_a_checksum_only_the_same_version_of_the_file_is_the_same() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(server);
    let by = |source: Source| {
        let upload = world.client().assets().upload(source);
        upload.checksum(Checksum::Off).journal(journal.clone())
    };
    upload(by(Source::path(&file.path))).0.unwrap();
    let (end, seen) = upload(by(Source::path(&file.path)));
    assert_eq!(
        (end, seen),
        (Ok("a".to_owned()), vec!["already a".to_owned()])
    );
    assert_eq!(steps(&world), ["POST assets", "GET a"]);

    // The bytes are the same here: without reading them nobody knows.
    let time = std::time::SystemTime::UNIX_EPOCH;
    let opened = fs::File::options().write(true).open(&file.path).unwrap();
    opened.set_modified(time).unwrap();
    assert_eq!(upload(by(Source::path(&file.path))).1, Vec::<String>::new());
    let bytes = || Source::bytes("a.png", PNG);
    for _ in 0..2 {
        assert_eq!(upload(by(bytes())).1, Vec::<String>::new());
    }
    assert_eq!(steps(&world)[2..], ["POST assets"; 3]);
}

#[test]
fn an_asset_that_is_gone_gives_way_to_an_earlier_one_of_the_same_file() {
    for checksum in [Checksum::Declared, Checksum::Off] {
        let (file, journal) = (File::new(), MemoryJournal::new());
        let ids = Mutex::new(["a", "b"].into_iter());
        let world = World::serving(move |sent| match (sent.method.as_str(), &*sent.uri) {
            ("POST", _) => {
                let id = ids.lock().unwrap().next().expect("nothing more is sent");
                let asset = format!(
                    r#"{{"data":{{"asset_id":"{id}","mime_type":"image/png","size_bytes":16,"url":"https://f/{id}"}}}}"#
                );
                Answer::json(200, &asset)
            }
            ("GET", "https://api.heygen.com/v3/assets/b") => {
                Answer::refusal(404, "asset_not_found")
            }
            _ => server(sent),
        });
        let by = || file.upload(&world, &journal).checksum(checksum);
        upload(by()).0.unwrap();
        upload(by().fresh(true)).0.unwrap();
        let (end, seen) = upload(by());
        assert_eq!(
            (end, seen),
            (Ok("a".to_owned()), vec!["already a".to_owned()]),
            "{checksum:?}"
        );
        assert_eq!(steps(&world)[2..], ["GET b", "GET a"]);
    }
}

/// Content at a place, which tells nothing of its versions.
struct Blob(Mutex<&'static [u8]>);

impl OpenSource for Blob {
    fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
        Ok(Box::new(*self.0.lock().unwrap()))
    }

    fn fingerprint(&self) -> io::Result<Fingerprint> {
        Ok(Fingerprint::new(self.0.lock().unwrap().len() as u64))
    }

    fn place(&self) -> io::Result<Option<String>> {
        Ok(Some("bucket/a.png".to_owned()))
    }
}

#[test]
fn content_without_a_time_is_known_by_its_digest_wherever_it_is() {
    let journal = MemoryJournal::new();
    let dead = World::serving(|sent| match sent.uri.ends_with("complete") {
        true => Answer::Error(TransportErrorKind::Interrupted),
        false => server(sent),
    });
    let by = |world: &World, content| {
        let source = Source::reader("a.png", Blob(Mutex::new(content)));
        let upload = world.client().assets().upload(source);
        upload.route(Route::Direct).journal(journal.clone())
    };
    upload(by(&dead, PNG)).0.unwrap_err();
    let alive = World::serving(server);
    let (_, seen) = upload(by(&alive, EDITED));
    assert_eq!(seen, Vec::<String>::new(), "other bytes are another upload");
    assert_eq!(upload(by(&alive, PNG)).1, ["resumed true"]);
}

#[test]
fn the_deadline_holds_before_the_first_byte_too_and_is_named_as_it_was_given() {
    let (file, journal) = (File::new(), MemoryJournal::new());
    let world = World::serving(|sent| match sent.method.as_str() {
        "GET" => server(sent).after(Duration::from_secs(50)),
        _ => server(sent),
    });
    let again = || file.upload(&world, &journal);
    upload(again()).0.unwrap();
    let late = again().deadline(Duration::from_secs(20));
    let error = block_on(async { late.await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    let text = error.to_string();
    assert!(
        text.contains("20s") && text.contains("nothing was sent"),
        "{text}"
    );
    assert!(error.is_retryable());
}

#[test]
fn an_account_is_told_by_server_and_credential_and_shows_neither() {
    let world = World::new([]);
    let account =
        |client: heygen_client::Client| block_on(async move { client.account().await }).unwrap();
    let with = |key: &str, url: &str| {
        let key: heygen_client::ApiKey = key.parse().unwrap();
        let builder = world
            .builder()
            .credential(key)
            .base_url(url.parse().unwrap());
        account(builder.build().unwrap())
    };
    let one = with("canary-key", "https://api.heygen.com");
    assert_eq!(one, with("canary-key", "https://api.heygen.com"));
    assert_ne!(one, with("other-key", "https://api.heygen.com"));
    assert_ne!(one, with("canary-key", "https://other.example"));
    assert!(!format!("{one:?}").contains("canary"));
}
