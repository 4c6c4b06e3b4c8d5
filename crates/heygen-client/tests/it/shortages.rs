//! A machine that has no file descriptor left, or no thread, and reads that are interrupted.

use std::{
    io,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
};

use heygen_client::{AccountId, types::MediaType};
use heygen_client::{
    Checksum, Claim, ErrorKind, Fingerprint, Journal, JournalError, JournalKey, JournalRecord,
    MemoryJournal, OpenSource, Progress, Route, Source, TransportError, TransportErrorKind,
    is_local_shortage,
    types::{ByteSize, Sha256Digest},
};

use crate::script::{Answer, World, block_on};

/// Longer than what is read ahead.
const SIZE: usize = 700_001;

fn content() -> Vec<u8> {
    let mut content = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    content.extend((content.len()..SIZE).map(|index| (index % 251) as u8));
    content
}

fn shortage() -> io::Error {
    io::Error::from_raw_os_error(libc::EMFILE)
}

/// Says no so many times, at each of its methods, in a way of its own.
#[derive(Clone)]
struct Scarce {
    content: Arc<Vec<u8>>,
    problem: fn() -> io::Error,
    opens: Arc<AtomicU32>,
    looks: Arc<AtomicU32>,
}

impl Scarce {
    fn new(problem: fn() -> io::Error, opens: u32, looks: u32) -> Self {
        Self {
            content: Arc::new(content()),
            problem,
            opens: Arc::new(opens.into()),
            looks: Arc::new(looks.into()),
        }
    }

    fn refuse(&self, left: &AtomicU32) -> io::Result<()> {
        let fewer = |left: u32| left.checked_sub(1);
        match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer) {
            Ok(_) => Err((self.problem)()),
            Err(_) => Ok(()),
        }
    }
}

impl OpenSource for Scarce {
    fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
        self.refuse(&self.opens)?;
        Ok(Box::new(Interrupted {
            content: Arc::clone(&self.content),
            at: 0,
            is_interrupted: false,
        }))
    }

    fn fingerprint(&self) -> io::Result<Fingerprint> {
        self.refuse(&self.looks)?;
        Ok(Fingerprint::new(self.content.len() as u64))
    }
}

/// Interrupts every other read, that of the end as well.
struct Interrupted {
    content: Arc<Vec<u8>>,
    at: usize,
    is_interrupted: bool,
}

impl io::Read for Interrupted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.is_interrupted = !self.is_interrupted;
        if self.is_interrupted {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let read = io::Read::read(&mut &self.content[self.at..], buffer)?;
        self.at += read;
        Ok(read)
    }
}

/// A server that takes everything.
fn server() -> World {
    World::serving(|sent| {
        let asset = format!(
            r#"{{"data":{{"asset_id":"a","mime_type":"image/png","size_bytes":{SIZE},"status":"processing","url":"https://f/a"}}}}"#
        );
        match (sent.method.as_str(), sent.uri.ends_with("direct-uploads")) {
            (_, true) => Answer::json(
                200,
                r#"{"data":{"asset_id":"a","upload_url":"https://s.example/k","upload_headers":{},"expires_in_seconds":3600,"max_bytes":9000000,"status":"pending_upload"}}"#,
            ),
            ("PUT", _) => Answer::json(200, ""),
            ("GET", _) => Answer::json(
                200,
                r#"{"data":{"id":"a","name":"a.png","owner":"o","space_id":"s","type":"image","uploaded_at":1}}"#,
            ),
            _ => Answer::json(200, &asset),
        }
    })
}

#[test]
fn reads_and_looks_that_are_interrupted_are_repeated() {
    let interrupted = || io::ErrorKind::Interrupted.into();
    for (route, checksum) in [
        (Route::Single, Checksum::Off),
        (Route::Single, Checksum::Completion),
        (Route::Direct, Checksum::Declared),
        (Route::Direct, Checksum::Completion),
    ] {
        let world = server();
        let source = Source::reader("a.png", Scarce::new(interrupted, 3, 5));
        let upload = world.client().assets().upload(source);
        let upload = upload.route(route).checksum(checksum);
        let asset = block_on(async { upload.await }).unwrap();
        assert_eq!(asset.attempts, 1, "{route:?} {checksum:?}");
        let sent = world.sent();
        let body = &sent.iter().max_by_key(|sent| sent.body.len()).unwrap().body;
        let whole = content();
        assert!(
            body.windows(SIZE).any(|window| window == whole),
            "{route:?}"
        );
    }
}

#[test]
fn what_is_interrupted_every_time_ends_in_an_error() {
    /// Opens, and is then read in vain.
    #[derive(Clone)]
    struct Endless;
    impl io::Read for Endless {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::Interrupted.into())
        }
    }
    impl OpenSource for Endless {
        fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
            Ok(Box::new(self.clone()))
        }

        fn fingerprint(&self) -> io::Result<Fingerprint> {
            Ok(Fingerprint::new(SIZE as u64))
        }
    }
    let interrupted = || io::ErrorKind::Interrupted.into();
    for source in [
        Source::reader("a.png", Scarce::new(interrupted, u32::MAX, 0)),
        Source::reader("a.png", Scarce::new(interrupted, 0, u32::MAX)),
        Source::reader("a.png", Endless),
    ] {
        let world = server();
        let upload = world.client().assets().upload(source);
        let error = block_on(async { upload.await }).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Source, "{error}");
        assert!(world.sent().is_empty());
    }
}

#[test]
fn a_file_is_opened_again_when_there_is_a_descriptor_for_it() {
    for (route, checksum) in [
        (Route::Single, Checksum::Off),
        (Route::Direct, Checksum::Declared),
        (Route::Direct, Checksum::Off),
    ] {
        // Whatever opens the file first, second and third: the look, the hash, the body.
        for (opens, looks) in [(1, 0), (6, 0), (0, 6), (8, 0)] {
            let world = server();
            let waits = Arc::new(Mutex::new(0));
            let seen = Arc::clone(&waits);
            let source = Source::reader("a.png", Scarce::new(shortage, opens, looks));
            let upload = world.client().assets().upload(source).route(route);
            let upload = upload
                .checksum(checksum)
                .observer(move |progress: &Progress<'_>| {
                    *seen.lock().unwrap() += u32::from(matches!(
                        progress,
                        Progress::LocalResources { .. } | Progress::Retrying { .. }
                    ));
                });
            let asset = block_on(async { upload.await }).unwrap();
            assert_eq!(asset.attempts, 1, "a shortage is no attempt");
            assert_eq!(*waits.lock().unwrap(), opens + looks, "{route:?}");
        }
    }
}

#[test]
fn a_shortage_that_lasts_is_an_error_of_this_machine() {
    let world = server();
    let source = Source::reader("a.png", Scarce::new(shortage, u32::MAX, 0));
    let upload = world.client().assets().upload(source);
    let error = block_on(async { upload.await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LocalResources);
    assert!(
        error.is_retryable() && error.hint().contains("ulimit -n"),
        "{}",
        error.hint()
    );
    assert!(error.to_string().ends_with("nothing was sent"), "{error}");
    assert!(is_local_shortage(&error), "the cause is below it");
    assert!(world.sent().is_empty());

    // The same while the bytes are sent: opened once, by the look at its first bytes.
    #[derive(Clone)]
    struct Once(Scarce);
    impl OpenSource for Once {
        fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
            let is_first = self.0.opens.fetch_add(1, Ordering::Relaxed) == 0;
            if is_first {
                return Ok(Box::new(io::Cursor::new(content())));
            }
            Err(shortage())
        }

        fn fingerprint(&self) -> io::Result<Fingerprint> {
            self.0.fingerprint()
        }
    }
    let world = server();
    let source = Source::reader("a.png", Once(Scarce::new(shortage, 0, 0)));
    let upload = world.client().assets().upload(source);
    let upload = upload.route(Route::Direct).checksum(Checksum::Off);
    let error = block_on(async { upload.await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LocalResources);
    let text = error.to_string();
    assert!(
        text.contains("step put") && text.ends_with("nothing was stored"),
        "{text}"
    );
}

#[test]
fn a_socket_that_cannot_be_had_is_no_failed_attempt() {
    for kind in [TransportErrorKind::Connect, TransportErrorKind::Request] {
        let error = TransportError::with_source(kind, io::Error::other(shortage()));
        assert_eq!(error.kind(), TransportErrorKind::LocalResources);
    }
    // What was sent may have arrived, whatever ended it.
    let error = TransportError::with_source(TransportErrorKind::Interrupted, shortage());
    assert_eq!(error.kind(), TransportErrorKind::Interrupted);
    let refused = io::Error::from(io::ErrorKind::ConnectionRefused);
    let error = TransportError::with_source(TransportErrorKind::Connect, refused);
    assert_eq!(error.kind(), TransportErrorKind::Connect);

    let mut left = 10;
    let world = World::serving(move |sent| match left {
        0 => Answer::json(
            200,
            format!(
                r#"{{"data":{{"asset_id":"a","mime_type":"image/png","size_bytes":{},"url":"https://f/a"}}}}"#,
                sent.body.len().min(16)
            ),
        ),
        _ => {
            left -= 1;
            // Not all of them in a row.
            Answer::Error(match left {
                5 => TransportErrorKind::Interrupted,
                _ => TransportErrorKind::LocalResources,
            })
        }
    });
    let source = Source::bytes("a.png", content()[..16].to_vec());
    let upload = world
        .client()
        .assets()
        .upload(source)
        .media_type(MediaType::Png);
    let asset = block_on(async { upload.await }).unwrap();
    assert_eq!(asset.attempts, 2);
    let keys: Vec<_> = world
        .sent()
        .iter()
        .map(|sent| sent.header("idempotency-key").map(str::to_owned))
        .collect();
    assert!(
        keys[0].is_some() && keys.iter().all(|key| *key == keys[0]),
        "{keys:?}"
    );
}

/// A journal that cannot open its files at first.
#[derive(Debug)]
struct Starved {
    journal: MemoryJournal,
    claims: AtomicU32,
    questions: AtomicU32,
}

fn refuse(left: &AtomicU32) -> Result<(), JournalError> {
    let fewer = |left: u32| left.checked_sub(1);
    match left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, fewer) {
        Ok(_) => Err(JournalError::new(shortage())),
        Err(_) => Ok(()),
    }
}

impl Journal for Starved {
    fn claim(&self, key: &JournalKey) -> Result<Claim, JournalError> {
        refuse(&self.claims)?;
        self.journal.claim(key)
    }

    fn has_finished(&self, account: &AccountId, size: ByteSize) -> Result<bool, JournalError> {
        refuse(&self.questions)?;
        self.journal.has_finished(account, size)
    }

    fn finished(
        &self,
        account: &AccountId,
        size: ByteSize,
        digest: &Sha256Digest,
    ) -> Result<Vec<JournalRecord>, JournalError> {
        self.journal.finished(account, size, digest)
    }

    fn forget(
        &self,
        account: &AccountId,
        upload_id: heygen_client::UploadId,
    ) -> Result<(), JournalError> {
        self.journal.forget(account, upload_id)
    }
}

#[test]
fn a_journal_without_a_descriptor_is_waited_for_and_nothing_is_sent_twice() {
    let world = server();
    let journal = MemoryJournal::new();
    let upload = |claims: u32, questions: u32| {
        let journal = Arc::new(Starved {
            journal: journal.clone(),
            claims: claims.into(),
            questions: questions.into(),
        });
        let told = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&told);
        let upload = world
            .client()
            .assets()
            .upload(Source::bytes("a.png", content()))
            .journal(journal)
            .observer(move |progress: &Progress<'_>| match progress {
                Progress::LocalResources { .. } => seen.lock().unwrap().push("waits"),
                Progress::NotRemembered { .. } => seen.lock().unwrap().push("not remembered"),
                Progress::AlreadyStored { .. } => seen.lock().unwrap().push("stored"),
                _ => {}
            });
        let end = block_on(async { upload.await });
        let told = told.lock().unwrap().clone();
        end.map(|_| told)
    };
    // What lasts ends the upload: without the journal this file would be sent again and again.
    for (claims, questions) in [(u32::MAX, 0), (0, u32::MAX)] {
        let error = upload(claims, questions).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::LocalResources);
        assert!(error.is_retryable() && is_local_shortage(&error));
        assert!(error.to_string().ends_with("nothing was sent"), "{error}");
        assert!(world.sent().is_empty());
    }
    assert_eq!(upload(3, 2).unwrap(), ["waits"; 5]);
    assert_eq!(upload(1, 0).unwrap(), ["waits", "stored"]);
}

#[test]
fn a_place_that_cannot_be_told_for_want_of_a_descriptor_is_asked_for_again() {
    /// Content with a place that can only be told later.
    #[derive(Clone)]
    struct Placed(Scarce);
    impl OpenSource for Placed {
        fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
            Ok(Box::new(io::Cursor::new(content())))
        }

        fn fingerprint(&self) -> io::Result<Fingerprint> {
            let mut fingerprint = Fingerprint::new(SIZE as u64);
            fingerprint.modified_ns = Some(1);
            Ok(fingerprint)
        }

        fn place(&self) -> io::Result<Option<String>> {
            self.0.refuse(&self.0.looks)?;
            Ok(Some("/a.png".to_owned()))
        }
    }
    let world = server();
    let journal = Arc::new(MemoryJournal::new());
    let upload = |refusals: u32| {
        let source = Source::reader("a.png", Placed(Scarce::new(shortage, 0, refusals)));
        let upload = world.client().assets().upload(source);
        // Without a digest the place is all that leads to what is stored.
        let upload = upload.checksum(Checksum::Off).journal(journal.clone());
        block_on(async { upload.await })
    };
    let error = upload(u32::MAX).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::LocalResources);
    assert!(world.sent().is_empty());
    upload(3).unwrap();
    let sent = world.sent().len();
    upload(3).unwrap();
    let again = &world.sent()[sent..];
    assert!(again.iter().all(|sent| sent.method == "GET"), "{again:?}");
}
