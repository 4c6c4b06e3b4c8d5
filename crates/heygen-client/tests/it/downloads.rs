//! Files that the API gave a URL of.

use heygen_client::{Download, DownloadRequest, Error, ErrorKind, TransportErrorKind, types::Url};

use crate::script::{Answer, World, block_on};

fn url() -> Url {
    "https://files.example/v.mp4?X-Signature=canary"
        .parse()
        .unwrap()
}

async fn rest(download: &mut Download) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = download.chunk().await? {
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

#[test]
fn a_download_carries_no_credential() {
    let world = World::new([Answer::json(200, "content")
        .with("content-length", "7")
        .with("etag", "\"1\"")]);
    let content = block_on(async {
        let mut download = world
            .client()
            .download(&DownloadRequest::new(url()))
            .await
            .unwrap();
        assert_eq!((download.from(), download.total()), (0, Some(7)));
        assert_eq!(download.version(), Some("\"1\""));
        rest(&mut download).await
    });
    assert_eq!(content.unwrap(), b"content");
    let sent = &world.sent()[0];
    assert_eq!(sent.uri, url().as_str());
    assert_eq!(sent.header("x-api-key"), None);
    assert_eq!(sent.header("authorization"), None);
    assert_eq!(sent.header("range"), None);
}

/// What follows the third byte of `content`, of a file of this version and size.
fn part(version: &str, total: u64) -> Answer {
    Answer::json(206, "tent")
        .with("content-range", format!("bytes 3-6/{total}"))
        .with("etag", version)
}

#[test]
fn the_rest_is_asked_for_by_range_and_version() {
    let world = World::new([part("\"1\"", 7)]);
    let request = DownloadRequest::new(url())
        .resume(3, Some("\"1\""))
        .total(Some(7));
    let content = block_on(async {
        let mut download = world.client().download(&request).await.unwrap();
        assert_eq!((download.from(), download.total()), (3, Some(7)));
        rest(&mut download).await
    });
    assert_eq!(content.unwrap(), b"tent");
    let sent = &world.sent()[0];
    assert_eq!(sent.header("range"), Some("bytes=3-"));
    assert_eq!(sent.header("if-range"), Some("\"1\""));
}

#[test]
fn the_rest_of_another_version_is_not_joined_to_what_is_there() {
    for other in [
        part("\"2\"", 7),
        part("W/\"1\"", 7),
        part("\"1\"", 8),
        // Nothing says of which version it is.
        Answer::json(206, "tent").with("content-range", "bytes 3-6/7"),
    ] {
        let whole = Answer::json(200, "CONTENT").with("etag", "\"2\"");
        let world = World::new([other.clone(), whole]);
        let request = DownloadRequest::new(url())
            .resume(3, Some("\"1\""))
            .total(Some(7));
        let content = block_on(async {
            let mut download = world.client().download(&request).await.unwrap();
            assert_eq!((download.from(), download.version()), (0, Some("\"2\"")));
            rest(&mut download).await
        });
        assert_eq!(content.unwrap(), b"CONTENT", "{other:?}");
        assert_eq!(world.sent()[1].header("range"), None);
    }
    // Without a version nothing but the whole is asked for.
    let world = World::new([Answer::json(200, "content")]);
    let request = DownloadRequest::new(url()).resume(3, None);
    let download = block_on(world.client().download(&request)).unwrap();
    assert_eq!(download.from(), 0);
    assert_eq!(world.sent()[0].header("range"), None);
}

#[test]
fn a_server_without_ranges_gives_all_of_it() {
    let world = World::new([Answer::json(200, "content")]);
    let request = DownloadRequest::new(url()).resume(3, Some("\"1\""));
    let download = block_on(world.client().download(&request)).unwrap();
    assert_eq!((download.from(), download.total()), (0, None));
}

#[test]
fn a_range_of_no_use_has_the_whole_asked_for() {
    for useless in [
        Answer::json(416, ""),
        Answer::json(416, "<Error><Code>InvalidRange</Code></Error>"),
        Answer::json(206, "nt").with("content-range", "bytes 5-6/7"),
        Answer::json(206, "nt"),
    ] {
        let world = World::new([useless.clone(), Answer::json(200, "CONTENT")]);
        let request = DownloadRequest::new(url()).resume(3, Some("\"1\""));
        let content = block_on(async {
            let mut download = world.client().download(&request).await.unwrap();
            assert_eq!(download.from(), 0);
            rest(&mut download).await
        });
        assert_eq!(content.unwrap(), b"CONTENT", "{useless:?}");
        assert_eq!(world.sent()[1].header("range"), None);
    }
}

#[test]
fn a_page_and_nothing_are_no_files() {
    for answer in [
        Answer::json(200, "<p>log in").with("content-type", "text/html; charset=utf-8"),
        Answer::json(200, "\u{feff} <!DOCTYPE HTML><title>log in</title>"),
        Answer::json(200, "<html>log in</html>"),
        Answer::json(200, "x").with("content-type", "application/json"),
        Answer::json(200, r#"{"error":"no"}"#),
        Answer::json(200, ""),
        Answer::json(200, "").with("content-length", "0"),
    ] {
        let world = World::new([answer.clone()]);
        let end = block_on(async {
            let request = DownloadRequest::new(url());
            rest(&mut world.client().download(&request).await?).await
        });
        let error = end.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{answer:?}");
        assert!(error.to_string().contains("instead of the file"), "{error}");
    }
}

#[test]
fn a_file_that_breaks_off_is_no_end() {
    let world = World::new([Answer::json(200, "cont").with("content-length", "7")]);
    let end = block_on(async {
        let request = DownloadRequest::new(url());
        let mut download = world.client().download(&request).await.unwrap();
        rest(&mut download).await
    });
    let error = end.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Network);
    assert!(error.is_retryable());
}

#[test]
fn an_expired_url_is_told_by_its_status_and_never_shown() {
    let world = World::new([Answer::json(
        403,
        "<Error><Code>AccessDenied</Code></Error>",
    )]);
    let request = DownloadRequest::new(url());
    let error = block_on(world.client().download(&request)).unwrap_err();
    assert_eq!(
        (error.kind(), error.status()),
        (ErrorKind::Rejected, Some(403))
    );
    // The credential was not sent there.
    assert!(!error.to_string().contains("credential"), "{error}");
    assert!(error.hint().contains("expired"), "{}", error.hint());
    assert!(!format!("{error} {error:?} {request:?}").contains("canary"));
}

#[test]
fn what_fails_for_a_moment_is_asked_for_again() {
    let world = World::new([
        Answer::json(503, ""),
        Answer::Error(TransportErrorKind::Interrupted),
        Answer::json(302, "").with("location", "https://elsewhere.example/v"),
        Answer::json(200, "content"),
    ]);
    block_on(world.client().download(&DownloadRequest::new(url()))).unwrap();
    let sent = world.sent();
    assert_eq!(sent.len(), 4);
    assert_eq!(sent[3].uri, "https://elsewhere.example/v");
}

#[test]
fn redirects_end_somewhere() {
    let again = || Answer::json(302, "").with("location", "/v.mp4");
    let world = World::new(std::iter::repeat_with(again).take(6));
    let error = block_on(world.client().download(&DownloadRequest::new(url()))).unwrap_err();
    assert_eq!(world.sent().len(), 6);
    assert_eq!(error.kind(), ErrorKind::Protocol);
    for target in ["https://e.example:99999/v", "file:///etc/passwd"] {
        let world = World::new([Answer::json(302, "").with("location", target)]);
        let error = block_on(world.client().download(&DownloadRequest::new(url()))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{error}");
        // Neither is the user's.
        assert!(!error.hint().contains("API key"), "{}", error.hint());
    }
}

#[test]
fn a_size_is_asked_for_once_and_may_stay_unknown() {
    let world = World::new([Answer::json(200, "").with("content-length", "40000000")]);
    let size = block_on(world.client().remote_size(&url()));
    assert_eq!(size, Some(40_000_000));
    assert_eq!(world.sent()[0].method, "HEAD");
    assert_eq!(world.sent()[0].header("x-api-key"), None);
    for answer in [
        Answer::json(405, ""),
        Answer::json(200, ""),
        Answer::Error(TransportErrorKind::Connect),
    ] {
        let world = World::new([answer]);
        assert_eq!(block_on(world.client().remote_size(&url())), None);
    }
}
