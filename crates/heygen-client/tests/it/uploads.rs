use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use heygen_client::{
    Checksum, ErrorKind, Progress, Route, Source, Stored, TransportErrorKind, WaitPolicy,
    types::batches::ItemStatus,
};

use crate::script::{Answer, World, block_on};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn source() -> Source {
    Source::bytes("a.png", PNG)
}

fn uploaded() -> Answer {
    Answer::json(
        200,
        r#"{"data":{"asset_id":"a","mime_type":"image/png","size_bytes":16,"url":"https://f/a?canary"}}"#,
    )
}

fn slot() -> Answer {
    Answer::json(
        200,
        r#"{"data":{"asset_id":"a","upload_url":"https://s.example/b/k?X-Amz-Signature=canary","upload_headers":{"content-type":"image/png","x-amz-checksum-sha256":"canary"},"expires_in_seconds":60,"max_bytes":100,"status":"pending_upload"}}"#,
    )
}

fn completed() -> Answer {
    Answer::json(
        200,
        r#"{"data":{"asset_id":"a","mime_type":"image/png","size_bytes":16,"status":"processing","url":"https://f/a"}}"#,
    )
}

#[test]
fn a_single_request_is_multipart_of_an_exact_length() {
    let world = World::new([uploaded()]);
    block_on(async { world.client().assets().upload(source()).await }).unwrap();
    let sent = &world.sent()[0];
    let boundary = sent
        .header("content-type")
        .unwrap()
        .strip_prefix("multipart/form-data; boundary=")
        .unwrap();
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\
         Content-Type: image/png\r\n\r\n"
    );
    let expected = [
        head.as_bytes(),
        PNG,
        format!("\r\n--{boundary}--\r\n").as_bytes(),
    ]
    .concat();
    assert_eq!(sent.body, expected);
}

#[test]
fn the_put_carries_what_was_given_and_no_credential() {
    let world = World::new([slot(), Answer::json(200, ""), completed()]);
    let upload = || async {
        world
            .client()
            .assets()
            .upload(source())
            .route(Route::Direct)
            .await
    };
    let asset = block_on(upload()).unwrap();
    assert_eq!(asset.status, Some(ItemStatus::Processing));
    let put = &world.sent()[1];
    assert_eq!(put.uri, "https://s.example/b/k?X-Amz-Signature=canary");
    assert_eq!(put.body, PNG);
    let mut names: Vec<_> = put.headers.keys().map(|name| name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, ["content-type", "x-amz-checksum-sha256"]);
    assert!(put.headers["x-amz-checksum-sha256"].is_sensitive());
}

/// A gateway that answers with an empty object has completed nothing.
#[test]
fn an_upload_is_completed_by_an_answer_that_says_so() {
    for nothing in [r#"{"data":{}}"#, "{}", r#"{"data":null}"#, ""] {
        let nothing = || Answer::json(200, nothing);
        let upload = |ends: &[Answer]| {
            let answers = [slot(), Answer::json(200, "")].into_iter();
            let world = World::new(answers.chain(ends.iter().cloned()));
            let upload = world.client().assets().upload(source());
            block_on(async { upload.route(Route::Direct).await })
        };
        upload(&[nothing(), completed()]).unwrap();
        let error = upload(&[nothing(), nothing()]).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
    }
}

#[test]
fn nothing_that_is_shown_holds_a_secret() {
    let refusal = "<Error><Code>AccessDenied</Code><Message>no</Message><StringToSign>canary</StringToSign></Error>";
    for end in [
        Answer::json(403, refusal),
        Answer::Error(TransportErrorKind::Untrusted),
        Answer::json(400, "canary"),
    ] {
        let world = World::serving(move |sent| match sent.method.as_str() {
            "PUT" => end.clone(),
            _ if sent.uri.ends_with("complete") => Answer::refusal(409, "conflict"),
            _ => slot(),
        });
        let seen = Arc::new(Mutex::new(String::new()));
        let seeing = Arc::clone(&seen);
        let upload = world
            .client()
            .assets()
            .upload(source())
            .route(Route::Direct)
            .on_checkpoint({
                let seen = Arc::clone(&seen);
                move |checkpoint| seen.lock().unwrap().push_str(&format!("{checkpoint:?}"))
            })
            .observer(move |progress: &Progress<'_>| {
                seeing.lock().unwrap().push_str(&format!("{progress:?}"));
            });
        let error = block_on(async { upload.await }).unwrap_err();
        let shown = format!(
            "{error} {error:?} {} {}",
            error.hint(),
            seen.lock().unwrap()
        );
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("put"), "{shown}");
    }
}

#[test]
fn the_deadline_ends_an_upload_that_waits() {
    let busy = Answer::json(429, "").with("retry-after", "60");
    let world = World::new([busy]);
    let upload = world
        .client()
        .assets()
        .upload(source())
        .deadline(Duration::from_secs(30));
    let error = block_on(async { upload.await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TimedOut);
    assert_eq!(error.stored(), Some(&Stored::Nothing));
    assert!(error.to_string().contains("30s"), "{error}");
}

#[test]
fn waiting_asks_until_the_asset_is_processed() {
    let status = |status: &str| {
        Answer::json(
            200,
            format!(
                r#"{{"data":[{{"status":"{status}","video_id":"a"}}],"has_more":false,"next_token":null}}"#
            ),
        )
    };
    let world = World::new([
        slot(),
        Answer::json(200, ""),
        completed(),
        status("processing"),
        status("something_new"),
        status("completed"),
    ]);
    let upload = || async {
        let upload = world.client().assets().upload(source());
        upload
            .route(Route::Direct)
            .wait(WaitPolicy::default())
            .await
    };
    let asset = block_on(upload()).unwrap();
    assert_eq!(asset.status, Some(ItemStatus::Completed));
    let sent = world.sent();
    assert_eq!(
        sent[3].uri,
        "https://api.heygen.com/v3/assets/statuses?asset_ids=a"
    );
    assert!(sent[5].at >= sent[3].at + Duration::from_secs(6));
}

#[test]
fn progress_tells_every_phase_in_its_order() {
    let world = World::new([slot(), Answer::json(200, ""), completed()]);
    let phases = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&phases);
    let upload = world
        .client()
        .assets()
        .upload(Source::bytes("a.mp4", PNG))
        .route(Route::Direct)
        .checksum(Checksum::Declared)
        .observer(move |progress: &Progress<'_>| {
            seen.lock().unwrap().push(match progress {
                Progress::Planned {
                    contradicted_name: Some(name),
                    ..
                } => format!("planned, not {name}"),
                Progress::Hashing { done, total } => {
                    format!("hashed {}/{}", done.bytes(), total.bytes())
                }
                Progress::Sending { done, total } => {
                    format!("sent {}/{}", done.bytes(), total.bytes())
                }
                Progress::Finishing => "finishing".to_owned(),
                other => panic!("unexpected: {other:?}"),
            });
        });
    block_on(async { upload.await }).unwrap();
    assert_eq!(
        *phases.lock().unwrap(),
        [
            "planned, not video/mp4",
            "hashed 16/16",
            "sent 16/16",
            "finishing"
        ]
    );
}

#[test]
fn an_error_names_the_file() {
    for (source, kind, says) in [
        (
            Source::path("no/nope.mp4"),
            ErrorKind::Source,
            "no/nope.mp4: the file does not exist",
        ),
        (
            Source::path("src"),
            ErrorKind::Source,
            "src: this is a directory",
        ),
        (
            Source::bytes("e.png", ""),
            ErrorKind::InvalidInput,
            "e.png: the file is empty; nothing",
        ),
        (
            Source::bytes("t.txt", "text"),
            ErrorKind::UnsupportedType,
            "t.txt: ",
        ),
        (
            source(),
            ErrorKind::Rejected,
            "a.png: upload failed at step single",
        ),
    ] {
        let world = World::new([Answer::json(400, r#"{"error":{"code":"c","message":"m"}}"#)]);
        let upload = async { world.client().assets().upload(source).await };
        let error = block_on(upload).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
        assert!(error.to_string().starts_with(says), "{error}");
        let file = error.file().unwrap();
        assert!(says.starts_with(file), "{file}: {error}");
    }
}

#[test]
fn a_file_that_cannot_be_what_its_name_says_is_refused_before_anything_is_sent() {
    const LFS: &[u8] = b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n";
    for (name, content, problem, hint) in [
        (
            "a.mp4",
            LFS,
            "video/mp4, but it is a Git LFS pointer",
            "git lfs pull",
        ),
        ("a.png", b"<svg xmlns=\"\"/>", "an SVG image", "PNG"),
        ("a.jpg", b"{\"message\":\"no\"}", "JSON text", "download"),
        ("a.pdf", &[0; 9000], "nothing but zero bytes", "again"),
        ("a.zip", b"\x1F\x8B\x08\0\0", "application/gzip", "unpack"),
        (
            "a.webm",
            b"\x01\x02\x03",
            "data of an unknown kind",
            "convert",
        ),
    ] {
        for route in [Route::Auto, Route::Direct] {
            let world = World::new([]);
            let source = Source::bytes(name, content);
            let upload = world.client().assets().upload(source).route(route);
            let error = block_on(async { upload.await }).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::UnsupportedType, "{name}");
            let message = error.to_string();
            assert!(
                message.contains(problem) && message.ends_with("nothing was sent"),
                "{message}"
            );
            assert!(error.hint().contains(hint), "{}", error.hint());
            assert!(!error.is_retryable() && world.sent().is_empty(), "{name}");
        }
    }
}

#[test]
fn a_type_that_is_asked_for_is_sent_and_its_contradiction_told() {
    let contents_of = |content: &'static [u8], media_type: &str| {
        let world = World::new([uploaded()]);
        let told = Arc::new(Mutex::new(None));
        let seen = Arc::clone(&told);
        let upload = world
            .client()
            .assets()
            .upload(Source::bytes("a.bin", content))
            .media_type(media_type.into())
            .observer(move |progress: &Progress<'_>| {
                if let Progress::Planned {
                    contradicted_contents,
                    ..
                } = progress
                {
                    *seen.lock().unwrap() = contradicted_contents.map(str::to_owned);
                }
            });
        // What the answer says of the file is of no matter here.
        let _ = block_on(async { upload.await });
        let body = String::from_utf8_lossy(&world.sent()[0].body).into_owned();
        assert!(
            body.contains(&format!("Content-Type: {media_type}\r\n")),
            "{body}"
        );
        told.lock().unwrap().take()
    };
    assert_eq!(contents_of(PNG, "image/png"), None);
    assert_eq!(
        contents_of(b"\0\0\0\x08free\0\0\0\x08skip", "video/mp4"),
        None
    );
    assert_eq!(contents_of(PNG, "video/mp4").unwrap(), "image/png");
    assert_eq!(contents_of(b"{}", "image/png").unwrap(), "JSON text");
    assert_eq!(
        contents_of(b"GIF89a\x01\0\x01\0", "image/png").unwrap(),
        "image/gif"
    );
}
