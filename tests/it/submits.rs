//! Requests with local files, and the wait for what they start.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    net::TcpListener,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use heygen_e2e::{Bench, media};
use heygen_sdk::{FileInput, Outcome, Route, SubmitProgress, types::lipsyncs::ListLipsyncs};

/// Answers one HEAD for a file that is too large to be fetched, and gives the request's head.
fn large_file() -> (String, thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/large.mp4?signed", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut head = String::new();
        let mut reader = BufReader::new(connection.try_clone().unwrap());
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head}");
        }
        let answer = "HTTP/1.1 200 OK\r\ncontent-length: 99000000\r\nconnection: close\r\n\r\n";
        connection.write_all(answer.as_bytes()).unwrap();
        head
    });
    (url, served)
}

#[tokio::test]
async fn local_files_are_uploaded_and_their_session_is_waited_for() {
    let bench = Bench::configured(|settings| {
        settings.agent_thinking_time = Duration::ZERO;
        settings.agent_generating_time = Duration::ZERO;
    })
    .await;
    let outcome = bench
        .client
        .video_agents()
        .create("Present these")
        .file(media("report.pdf"))
        .file(media("clip.mp4"))
        .file(FileInput::inline(media("image.png")))
        .each_upload(|upload| upload.route(Route::Direct))
        .wait()
        .await
        .unwrap();
    let Outcome::Completed(session) = outcome else {
        panic!("{outcome:?}");
    };
    assert!(session.video_id.is_some());
    assert_eq!(bench.emulator.assets().len(), 2);
    assert!(bench.emulator.leaks().is_empty());
}

#[tokio::test]
async fn every_kind_of_job_takes_local_files_and_ends() {
    let bench = Bench::configured(|settings| settings.job_time = Duration::ZERO).await;
    let client = &bench.client;
    let (clip, tone, photo) = (media("clip.mp4"), media("tone.mp3"), media("photo.jpg"));

    let lipsync = client.lipsyncs().create(clip.clone(), tone.clone());
    let lipsync = lipsync.wait().await.unwrap().into_result().unwrap();
    assert!(lipsync.video_url.is_some());

    let translations = client.video_translations();
    let languages = ["German", "French"];
    let both = translations.create(clip.clone(), languages).wait_all();
    let both = both.await.unwrap();
    assert_eq!(both.len(), languages.len());
    assert!(both.iter().all(Outcome::is_completed), "{both:?}");

    let avatar = client.avatars().create_photo(photo.clone(), "Ann");
    let avatar = avatar.wait().await.unwrap().into_result().unwrap();

    let spoken = client.videos().create_avatar(avatar.id).audio(tone);
    let spoken = spoken.wait().await.unwrap().into_result().unwrap();
    assert!(spoken.video_url.is_some());

    let removal = client.background_removals().create(clip.clone());
    assert!(removal.wait().await.unwrap().is_completed());

    let lipsyncs = client.lipsyncs();
    let item = || lipsyncs.create(clip.clone(), media("tone.wav"));
    let batch = lipsyncs.batches().create().lipsync(item()).lipsync(item());
    let before = bench.emulator.assets().len();
    let batch = batch.wait().await.unwrap().into_result().unwrap();
    assert_eq!(batch.items.len(), 2);
    assert_eq!(
        bench.emulator.assets().len() - before,
        2,
        "each file went up once"
    );

    let listed = lipsyncs.items(ListLipsyncs::new()).collect_up_to(10).await;
    assert_eq!(listed.unwrap().len(), 3);
    assert!(bench.emulator.leaks().is_empty());
}

#[tokio::test]
async fn the_host_of_a_url_is_asked_without_the_credential() {
    let bench = Bench::start().await;
    let (url, served) = large_file();
    let warned = Arc::new(Mutex::new(None));
    let warning = Arc::clone(&warned);
    let error = bench
        .client
        .video_agents()
        .create("Present these")
        .file(media("report.pdf"))
        .file(FileInput::url(&url).unwrap())
        .observer(move |progress: &SubmitProgress<'_>| {
            if let SubmitProgress::LargeUrl { index, size, .. } = progress {
                *warning.lock().unwrap() = Some((*index, size.bytes()));
            }
        })
        .await
        .unwrap_err();
    // The URL is passed through, and it is the server that does not like plain http.
    assert_eq!(error.api_error().unwrap().code, "invalid_parameter");
    assert_eq!(error.uploaded().len(), 1);
    assert_eq!(*warned.lock().unwrap(), Some((1, 99_000_000)));
    let head = served.join().unwrap();
    assert!(
        head.starts_with("HEAD /large.mp4?signed HTTP/1.1\r\n"),
        "{head}"
    );
    let head = head.to_ascii_lowercase();
    let secrets = ["x-api-key", "authorization"];
    assert!(!secrets.iter().any(|name| head.contains(name)), "{head}");
}
