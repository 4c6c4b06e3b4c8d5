use std::{
    future::IntoFuture as _,
    path::PathBuf,
    sync::{Arc, Mutex},
    time::Duration,
};

use heygen_client::{
    Cancellation, ErrorKind, FileInput, MemoryJournal, Outcome, PollPolicy, Progress, Source,
    SubmitProgress, TransportErrorKind, UploadedFile,
    types::{AssetId, AssetInput, MediaType, video_agents::CreateVideoAgent},
};

use crate::{
    clock,
    script::{Answer, Sent, World, block_on},
    stored::{asset, file_name, image},
};

/// Uploads succeed; a session is created and completed.
fn serve(sent: &Sent) -> Answer {
    let path = sent.uri.strip_prefix("https://api.heygen.com").unwrap();
    match (sent.method.as_str(), path) {
        ("POST", "/v3/assets") => asset(sent),
        ("POST", "/v3/video-agents") => session("thinking"),
        ("GET", "/v3/video-agents/s1") => session("completed"),
        other => panic!("unexpected: {other:?}"),
    }
}

fn session(status: &str) -> Answer {
    let body = format!(r#"{{"data":{{"created_at":1,"session_id":"s1","status":"{status}"}}}}"#);
    Answer::json(200, body)
}

fn created(world: &World) -> CreateVideoAgent {
    let sent = world.sent();
    let create = sent
        .iter()
        .find(|sent| sent.uri.ends_with("/v3/video-agents"));
    serde_json::from_slice(&create.expect("the request was sent").body).unwrap()
}

fn media(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/media")).join(name)
}

#[test]
fn upload_then_generate_then_wait_is_one_expression() {
    let world = World::serving(serve);
    let client = world.client();
    let outcome = block_on(async {
        client
            .video_agents()
            .create("Present this report")
            .file(media("report.pdf"))
            .wait()
            .await
    })
    .unwrap();
    assert!(matches!(outcome, Outcome::Completed(session) if session.session_id.as_str() == "s1"));
    assert_eq!(
        created(&world),
        CreateVideoAgent::new("Present this report")
            .with_files(["id-report.pdf".parse::<AssetId>().unwrap()])
    );
}

#[test]
fn every_kind_of_file_keeps_its_place() {
    let world = World::serving(serve);
    let asset: AssetId = "asset_1".parse().unwrap();
    let url = "https://files.example/c.pdf?secret";
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .file(image("a.png"))
        .file(asset.clone())
        .file(FileInput::url(url).unwrap())
        .file(FileInput::inline(image("d.png")))
        .file(AssetInput::asset("asset_2".parse().unwrap()))
        .file(image("e.png"));
    block_on(submit.into_future()).unwrap();
    let png = "iVBORw0KGgoAAAANSUhEUg==";
    let expected = [
        AssetInput::asset("id-a.png".parse().unwrap()),
        AssetInput::asset(asset),
        AssetInput::url(url.parse().unwrap()),
        AssetInput::base64(MediaType::Png, heygen_client::types::Base64Data::new(png)),
        AssetInput::asset("asset_2".parse().unwrap()),
        AssetInput::asset("id-e.png".parse().unwrap()),
    ];
    assert_eq!(created(&world).files.unwrap(), expected);
    assert_eq!(
        world.sent().len(),
        3,
        "two uploads and the request; nobody asked for the URL"
    );
}

#[test]
fn what_is_wrong_is_said_before_anything_is_uploaded() {
    let world = World::new([]);
    let client = world.client();
    let agent = |prompt: &str| client.video_agents().create(prompt).file(image("a.png"));
    let many = (0..20).fold(agent("x"), |submit, _| submit.file(image("b.png")));
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");
    let url = "https://files.example/a.pdf?canary";
    for (submit, kind, says) in [
        (agent(""), ErrorKind::InvalidInput, "prompt"),
        (many, ErrorKind::InvalidInput, "files: has 21 items"),
        (agent("x").file(""), ErrorKind::Source, "does not exist"),
        (
            agent("x").file("no/such.pdf"),
            ErrorKind::Source,
            "no/such.pdf: the file does not exist",
        ),
        (
            agent("x").file(manifest),
            ErrorKind::UnsupportedType,
            "Cargo.toml: the file is text/x-toml",
        ),
        (
            agent("x").file(url),
            ErrorKind::InvalidInput,
            "looks like a URL",
        ),
        (
            agent("x").file(FileInput::inline(url)),
            ErrorKind::InvalidInput,
            "\"https://files.example/a.pdf\" looks like a URL",
        ),
        (
            agent("x").file(FileInput::inline(Source::bytes("e.png", Vec::new()))),
            ErrorKind::InvalidInput,
            "e.png: the file is empty",
        ),
        (
            agent("x").file(FileInput::inline(Source::bytes(
                "l.png",
                vec![0; 32_000_001],
            ))),
            ErrorKind::TooLarge,
            "l.png: the file is larger than the 32000000 bytes",
        ),
        (
            agent("x").file(FileInput::inline(manifest)),
            ErrorKind::UnsupportedType,
            "Cargo.toml: the file is text/x-toml",
        ),
    ] {
        let error = block_on(submit.into_future()).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        let text = error.to_string();
        assert!(
            text.contains(says) && text.contains("nothing was sent"),
            "{text}"
        );
        assert!(!text.contains("canary"), "{text}");
        assert!(error.uploaded().is_empty());
    }
    assert!(world.sent().is_empty());
}

#[test]
fn an_upload_of_what_looks_like_a_url_says_so_too() {
    let world = World::new([]);
    for path in ["https://x/y.pdf", "S3://bucket/key", "file:///tmp/x"] {
        let upload = world.client().assets().upload(path);
        let error = block_on(upload.into_future()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidInput, "{error}");
        assert!(error.hint().contains("FileInput::url"));
    }
    // A drive, and a path that says that it is one.
    for path in ["C://x/y.pdf", "./https://x/y.pdf", "a b://x"] {
        let upload = world.client().assets().upload(path);
        let error = block_on(upload.into_future()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Source, "{error}");
    }
}

#[test]
fn files_go_up_several_at_a_time_but_not_all() {
    let running = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&running);
    let world = World::serving(move |sent| {
        if sent.uri.ends_with("/v3/assets") {
            seen.lock().unwrap().push(clock::now().as_secs());
            // The first takes longest, so they do not end in their order.
            let seconds = if file_name(sent) == "0.png" { 25 } else { 10 };
            return serve(sent).after(Duration::from_secs(seconds));
        }
        serve(sent)
    });
    let submit = world.client().video_agents().create("x");
    let submit = (0..5).fold(submit, |submit, n| submit.file(image(&format!("{n}.png"))));
    block_on(submit.concurrency(2).into_future()).unwrap();
    assert_eq!(*running.lock().unwrap(), [0, 0, 10, 20, 25]);
    let files = created(&world).files.unwrap();
    let expected =
        [0, 1, 2, 3, 4].map(|n| AssetInput::asset(format!("id-{n}.png").parse().unwrap()));
    assert_eq!(files, expected);
}

#[test]
fn a_look_that_fails_says_of_which_file_and_of_which_asset() {
    let world = World::serving(|sent| match sent.method.as_str() {
        "GET" => Answer::json(403, r#"{"error":{"code":"forbidden","message":"no"}}"#),
        _ => serve(sent),
    });
    let journal = MemoryJournal::new();
    let again = || {
        let journal = journal.clone();
        let submit = world.client().video_agents().create("x");
        submit
            .file(image("a.png"))
            .each_upload(move |upload| upload.journal(journal.clone()))
            .into_future()
    };
    block_on(again()).unwrap();
    let error = block_on(again()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("a.png: the journal has these bytes as asset id-a.png, and"),
        "{text}"
    );
}

#[test]
fn a_deadline_of_an_upload_counts_from_its_turn() {
    let world = World::serving(|sent| match sent.uri.ends_with("/v3/assets") {
        true => serve(sent).after(Duration::from_secs(40)),
        false => serve(sent),
    });
    let submit = world.client().video_agents().create("x");
    let submit = (0..3).fold(submit, |submit, n| submit.file(image(&format!("{n}.png"))));
    let submit = submit.each_upload(|upload| upload.deadline(Duration::from_secs(60)));
    block_on(submit.concurrency(1).into_future()).unwrap();
}

#[test]
fn a_failed_upload_ends_it_and_says_what_is_stored_by_then() {
    let world = World::serving(|sent| match file_name(sent).as_str() {
        "b.png" => Answer::json(
            400,
            r#"{"error":{"code":"invalid_parameter","message":"no such type"}}"#,
        )
        .after(Duration::from_secs(5)),
        "c.png" => Answer::Silence,
        _ => serve(sent),
    });
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .file(image("a.png"))
        .file(image("b.png"))
        .file(image("c.png"));
    let error = block_on(submit.into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Rejected);
    let text = error.to_string();
    assert!(
        text.starts_with("b.png: upload failed at step single"),
        "{text}"
    );
    assert!(
        text.ends_with("; already uploaded: a.png as id-a.png"),
        "{text}"
    );
    let [UploadedFile { file, asset_id, .. }] = error.uploaded() else {
        panic!("{:?}", error.uploaded());
    };
    assert_eq!((file.as_str(), asset_id.as_str()), ("a.png", "id-a.png"));
    assert!(
        world
            .sent()
            .iter()
            .all(|sent| sent.uri.ends_with("/v3/assets"))
    );
}

#[test]
fn a_failed_request_says_what_is_stored_and_is_sent_once_without_a_key() {
    let world = World::serving(|sent| match sent.uri.ends_with("/v3/assets") {
        true => serve(sent),
        false => Answer::Error(TransportErrorKind::Interrupted),
    });
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .file(image("a.png"))
        .file(image("b.png"));
    let error = block_on(submit.into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(
        error
            .to_string()
            .ends_with("; already uploaded: a.png as id-a.png, b.png as id-b.png"),
        "{error}"
    );
    assert_eq!(world.sent().len(), 3);
}

#[test]
fn an_observer_is_told_of_every_file_and_warned_of_large_urls() {
    let world = World::serving(|sent| match sent.method.as_str() {
        "HEAD" => {
            assert_eq!(
                sent.header("x-api-key"),
                None,
                "no credential for anybody's host"
            );
            assert_eq!(sent.header("authorization"), None);
            let head =
                |status, length: &str| Answer::json(status, "").with("content-length", length);
            match sent.uri.as_str() {
                "https://f.example/large?canary" => head(200, "32000001"),
                "https://f.example/small" => head(200, "32000000"),
                "https://f.example/gone" => head(404, "99999999"),
                "https://f.example/odd" => head(200, "many"),
                "https://f.example/silent" => Answer::Silence,
                _ => Answer::Error(TransportErrorKind::Connect),
            }
        }
        _ => serve(sent),
    });
    let told = Arc::new(Mutex::new(Vec::new()));
    let telling = Arc::clone(&told);
    let names = ["large?canary", "small", "gone", "odd", "silent", "dead"];
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .file(image("a.png"));
    let submit = names.iter().fold(submit, |submit, name| {
        submit.file(FileInput::url(&format!("https://f.example/{name}")).unwrap())
    });
    let submit = submit.observer(move |progress: &SubmitProgress<'_>| {
        let text = match progress {
            SubmitProgress::Uploading {
                index,
                file,
                progress: Progress::Planned { .. },
                ..
            } => {
                format!("{index} {file} planned")
            }
            SubmitProgress::Uploaded {
                index, file, asset, ..
            } => {
                format!("{index} {file} is {}", asset.asset_id)
            }
            SubmitProgress::LargeUrl {
                index,
                url,
                size,
                limit,
                ..
            } => {
                format!("{index} {} {size} {limit}", url.without_query())
            }
            SubmitProgress::Sending => "sending".to_owned(),
            _ => return,
        };
        assert!(!format!("{progress:?}").contains("canary"));
        telling.lock().unwrap().push(text);
    });
    let before = clock::now();
    block_on(submit.into_future()).unwrap();
    assert_eq!(
        *told.lock().unwrap(),
        [
            "0 a.png planned",
            "0 a.png is id-a.png",
            "1 https://f.example/large 32.0 MB 32.0 MB",
            "sending"
        ]
    );
    assert!(
        clock::now() - before <= Duration::from_secs(10),
        "the silent one is given up"
    );
    assert_eq!(
        created(&world).files.unwrap().len(),
        7,
        "a warning stops nothing"
    );
}

#[test]
fn a_switch_ends_it_at_every_stage() {
    for (stage, says) in [
        ("/v3/assets", "a.png: the upload was cancelled"),
        (
            "/v3/video-agents",
            "whether it was carried out is not known; already uploaded: a.png",
        ),
        (
            "/v3/video-agents/s1",
            "the wait was cancelled; the job itself goes on",
        ),
    ] {
        let switch = Cancellation::new();
        let thrown = switch.clone();
        let world = World::serving(move |sent| {
            if sent.uri.ends_with(stage) {
                thrown.cancel();
                return Answer::Silence;
            }
            serve(sent)
        });
        let submit = world
            .client()
            .video_agents()
            .create("x")
            .file(image("a.png"));
        let error = block_on(submit.cancellation(&switch).wait().into_future()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Cancelled, "{stage}: {error}");
        assert!(error.to_string().contains(says), "{stage}: {error}");
    }
    let switch = Cancellation::new();
    switch.cancel();
    let world = World::new([]);
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .cancellation(&switch);
    let error = block_on(submit.into_future()).unwrap_err();
    assert!(
        error.to_string().contains("before the request was sent"),
        "{error}"
    );
}

#[test]
fn a_switch_ends_the_question_about_a_url_at_once() {
    let switch = Cancellation::new();
    let thrown = switch.clone();
    let world = World::serving(move |_| {
        thrown.cancel();
        Answer::Silence
    });
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .file(FileInput::url("https://f.example/silent").unwrap())
        .observer(|_: &SubmitProgress<'_>| {})
        .cancellation(&switch);
    let before = clock::now();
    let error = block_on(submit.into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Cancelled);
    assert_eq!(clock::now(), before, "nobody waited for the server");
    assert_eq!(world.sent().len(), 1, "the request was not sent");
}

#[test]
fn the_answer_is_there_before_the_wait_ends() {
    let world = World::serving(|sent| match sent.method.as_str() {
        "GET" => session("generating"),
        _ => serve(sent),
    });
    let (id, looks) = (Arc::new(Mutex::new(String::new())), Arc::new(Mutex::new(0)));
    let (saving, counting) = (Arc::clone(&id), Arc::clone(&looks));
    let policy = PollPolicy::default().with_deadline(Duration::from_secs(60));
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .on_created(move |created| *saving.lock().unwrap() = created.session_id.to_string())
        .wait()
        .policy(policy)
        .on_poll(move |_| *counting.lock().unwrap() += 1);
    let outcome = block_on(submit.into_future()).unwrap();
    assert!(matches!(outcome, Outcome::TimedOut { last: Some(_) }));
    assert_eq!(*id.lock().unwrap(), "s1");
    assert!(*looks.lock().unwrap() > 3);
}

#[test]
fn a_file_in_several_places_is_uploaded_once() {
    let world = World::serving(serve);
    let path = media("report.pdf");
    let submit = world
        .client()
        .video_agents()
        .create("x")
        .file(path.clone())
        .file(image("a.png"))
        .file(path.clone())
        .file(Source::path(path).with_name("other.pdf"));
    block_on(submit.into_future()).unwrap();
    let expected = ["id-report.pdf", "id-a.png", "id-report.pdf", "id-other.pdf"]
        .map(|id| AssetInput::asset(id.parse().unwrap()));
    assert_eq!(created(&world).files.unwrap(), expected);
    assert_eq!(world.sent().len(), 4, "three uploads and the request");
}

#[cfg(unix)]
#[test]
fn a_file_under_several_paths_is_uploaded_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.pdf");
    std::fs::copy(media("report.pdf"), &path).unwrap();
    std::os::unix::fs::symlink(&path, folder.path().join("link.pdf")).unwrap();
    std::fs::hard_link(&path, folder.path().join("hard.pdf")).unwrap();
    let world = World::serving(serve);
    let mut submit = world.client().video_agents().create("x");
    for name in ["report.pdf", "./report.pdf", "link.pdf", "hard.pdf"] {
        submit = submit.file(folder.path().join(name));
    }
    block_on(submit.into_future()).unwrap();
    let report = || AssetInput::asset("id-report.pdf".parse().unwrap());
    assert_eq!(
        created(&world).files.unwrap(),
        [report(), report(), report(), report()]
    );
    assert_eq!(world.sent().len(), 2, "one upload and the request");
}
