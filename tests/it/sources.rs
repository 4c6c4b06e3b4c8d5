//! What can be wrong with a file, and what can happen to it while it is sent.

use std::{
    fs,
    io::{self, Write as _},
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use heygen_e2e::{Bench, media, mp4_of, png_of};
use heygen_sdk::{
    Asset, Checksum, Error, ErrorKind, Fingerprint, OpenSource, Progress, Route, Source,
    types::MediaType, types::Sha256Digest,
};

#[tokio::test]
async fn every_kind_of_file_goes_up_by_both_routes() {
    for (name, media_type) in [
        ("image.png", MediaType::Png),
        ("photo.jpg", MediaType::Jpeg),
        ("clip.mp4", MediaType::Mp4),
        ("clip.webm", MediaType::Webm),
        ("tone.mp3", MediaType::Mp3),
        ("tone.wav", MediaType::Wav),
        ("report.pdf", MediaType::Pdf),
        ("captions.srt", MediaType::Srt),
        ("project.zip", MediaType::Zip),
    ] {
        for route in [Route::Auto, Route::Direct] {
            let bench = Bench::start().await;
            let asset = bench
                .client
                .assets()
                .upload(media(name))
                .route(route)
                .await
                .unwrap_or_else(|error| panic!("{name}: {error:?}"));
            assert_eq!(asset.media_type, media_type, "{name}");
            bench.assert_stored(&asset, &fs::read(media(name)).unwrap());
            assert_eq!(bench.emulator.assets()[0].name, name);
        }
    }
}

async fn refused(source: impl Into<Source>) -> Error {
    let bench = Bench::start().await;
    let error = bench.client.assets().upload(source).await.unwrap_err();
    assert!(bench.emulator.requests().is_empty(), "something was sent");
    assert!(error.to_string().contains("nothing was sent"), "{error}");
    error
}

#[tokio::test]
async fn a_file_that_cannot_go_up_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let empty = folder.path().join("empty.mp4");
    fs::write(&empty, b"").unwrap();
    let gif = folder.path().join("renamed.png");
    fs::write(&gif, b"GIF89a\x01\x00\x01\x00\x00\x00\x00;").unwrap();

    assert_eq!(
        refused(folder.path().join("missing")).await.kind(),
        ErrorKind::Source
    );
    assert_eq!(refused(folder.path()).await.kind(), ErrorKind::Source);
    assert_eq!(
        refused(Path::new("/dev/null")).await.kind(),
        ErrorKind::Source
    );
    assert_eq!(refused(empty).await.kind(), ErrorKind::InvalidInput);
    let error = refused(gif).await;
    assert_eq!(error.kind(), ErrorKind::UnsupportedType);
    assert!(error.to_string().contains("image/gif"), "{error}");
}

#[tokio::test]
async fn no_name_breaks_the_request() {
    for name in [
        "with space.png",
        "quote\".png",
        "semi;colon.png",
        "pér\u{1F600}.png",
        "new\nline\r\n.png",
        "nul\0.png",
        "back\\slash.png",
        "per%cent.png",
        &"long".repeat(60),
    ] {
        for route in [Route::Single, Route::Direct] {
            let bench = Bench::start().await;
            let content = png_of(5_000);
            let source = Source::bytes(name, content.clone());
            let upload = bench.client.assets().upload(source).route(route);
            let asset = upload
                .await
                .unwrap_or_else(|error| panic!("{name:?}: {error:?}"));
            bench.assert_stored(&asset, &content);
        }
    }
}

/// Uploads a file that somebody touches as soon as the first of its bytes are under way.
async fn touched(
    checksum: Checksum,
    route: Route,
    change: impl Fn(&Path) + Send + Sync + 'static,
) -> (Bench, Result<Asset, Error>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clip.mp4");
    fs::write(&path, mp4_of(6_000_000)).unwrap();
    let bench = Bench::start().await;
    let done = AtomicBool::new(false);
    let changing = path.clone();
    let upload = bench
        .client
        .assets()
        .upload(path.as_path())
        .route(route)
        .checksum(checksum)
        .observer(move |progress: &Progress<'_>| {
            if matches!(progress, Progress::Sending { .. }) && !done.swap(true, Ordering::SeqCst) {
                change(&changing);
            }
        });
    let end = upload.await;
    (bench, end)
}

/// Uploads a file that somebody changes while it is sent.
async fn changed(
    checksum: Checksum,
    route: Route,
    change: impl Fn(&Path) + Send + Sync + 'static,
) -> Error {
    let (bench, end) = touched(checksum, route, change).await;
    let error = end.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SourceChanged, "{error:?}");
    assert!(
        bench
            .emulator
            .assets()
            .iter()
            .all(|asset| !asset.is_finalised)
    );
    assert!(std::error::Error::source(&error).is_some());
    error
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_sent_is_not_stored() {
    for route in [Route::Single, Route::Direct] {
        for checksum in [Checksum::Declared, Checksum::Completion, Checksum::Off] {
            changed(checksum, route, |path| {
                let mut file = fs::OpenOptions::new().append(true).open(path).unwrap();
                file.write_all(b"more").unwrap();
            })
            .await;
            changed(checksum, route, |path| {
                let file = fs::OpenOptions::new().write(true).open(path).unwrap();
                file.set_len(4_000_000).unwrap();
            })
            .await;
            changed(checksum, route, |path| {
                let other = path.with_extension("new");
                fs::write(&other, mp4_of(6_000_000)).unwrap();
                fs::rename(other, path).unwrap();
            })
            .await;
        }
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_whose_time_is_put_back_while_it_is_sent_is_not_stored() {
    for (checksum, route) in [
        (Checksum::Declared, Route::Single),
        (Checksum::Completion, Route::Single),
        (Checksum::Completion, Route::Direct),
    ] {
        changed(checksum, route, |path| {
            let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
            let time = file.metadata().unwrap().modified().unwrap();
            let mut content = mp4_of(6_000_000);
            content[1000..].fill(7);
            file.write_all(&content).unwrap();
            file.set_modified(time).unwrap();
        })
        .await;
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_hard_link_that_is_made_while_a_file_is_sent_changes_nothing() {
    for route in [Route::Single, Route::Direct] {
        for checksum in [Checksum::Declared, Checksum::Completion, Checksum::Off] {
            let link = |path: &Path| fs::hard_link(path, path.with_extension("link")).unwrap();
            let (bench, end) = touched(checksum, route, link).await;
            bench.assert_stored(&end.unwrap(), &mp4_of(6_000_000));
        }
    }
}

#[tokio::test]
async fn a_wrong_digest_is_told_from_a_changed_file() {
    let bench = Bench::start().await;
    let upload = bench
        .client
        .assets()
        .upload(Source::bytes("clip.mp4", mp4_of(100_000)))
        .route(Route::Direct)
        .digest(Sha256Digest::from_bytes([1; 32]));
    // Storage refuses the bytes, and reading the source again shows that the digest is not theirs.
    let error = upload.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::SourceChanged, "{error:?}");
}

/// A reader of the user's own, which fails in the middle the first time.
struct Flaky {
    content: Vec<u8>,
    opened: Arc<AtomicUsize>,
    fails_at: Option<usize>,
}

impl OpenSource for Flaky {
    fn open(&self) -> io::Result<Box<dyn io::Read + Send>> {
        self.opened.fetch_add(1, Ordering::SeqCst);
        let content = io::Cursor::new(self.content.clone());
        Ok(match self.fails_at {
            Some(bytes) => Box::new(io::Read::chain(
                io::Read::take(content, bytes as u64),
                Broken,
            )),
            None => Box::new(content),
        })
    }

    fn fingerprint(&self) -> io::Result<Fingerprint> {
        Ok(Fingerprint::new(self.content.len() as u64))
    }
}

struct Broken;

impl io::Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is gone"))
    }
}

#[tokio::test]
async fn a_reader_of_ones_own_is_opened_for_every_attempt() {
    let bench = Bench::start().await;
    bench.emulator.fault(heygen_emulator::Fault::reset(
        heygen_emulator::Endpoint::StoragePut,
        100_000,
    ));
    let opened = Arc::new(AtomicUsize::new(0));
    let content = mp4_of(3_000_000);
    let source = Flaky {
        content: content.clone(),
        opened: Arc::clone(&opened),
        fails_at: None,
    };
    let upload = bench
        .client
        .assets()
        .upload(Source::reader("clip.mp4", source))
        .route(Route::Direct);
    let asset = upload.await.unwrap();
    bench.assert_stored(&asset, &content);
    // To look at it, to hash it, and for two attempts.
    assert_eq!(opened.load(Ordering::SeqCst), 4);
}

#[tokio::test]
async fn a_reader_that_fails_ends_the_upload() {
    let bench = Bench::start().await;
    let source = Flaky {
        content: mp4_of(3_000_000),
        opened: Arc::default(),
        fails_at: Some(1_000_000),
    };
    let upload = bench
        .client
        .assets()
        .upload(Source::reader("clip.mp4", source));
    let error = upload.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Source);
    let mut cause: &dyn std::error::Error = &error;
    while let Some(next) = cause.source() {
        cause = next;
    }
    assert_eq!(cause.to_string(), "the disk is gone");
}

/// Neither the readers of the files nor the emulator that writes them keep a thread while they wait
/// for one another: with one thread for all of them nobody would ever go on.
#[test]
fn one_blocking_thread_is_enough_for_any_number_of_uploads() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    let folder = tempfile::tempdir().unwrap();
    runtime.block_on(async {
        let bench = Bench::start().await;
        let upload = async |index: usize| {
            let content = mp4_of(3_000_000 + index);
            let path = folder.path().join(format!("{index}.mp4"));
            fs::write(&path, &content).unwrap();
            let upload = bench.client.assets().upload(path);
            let asset = upload.route(Route::Direct).await.unwrap();
            assert_eq!(asset.sha256, Some(heygen_e2e::sha256(&content)));
        };
        tokio::join!(upload(0), upload(1), upload(2), upload(3), upload(4));
        let assets = bench.emulator.assets();
        assert_eq!(assets.iter().filter(|asset| asset.is_finalised).count(), 5);
    });
}
