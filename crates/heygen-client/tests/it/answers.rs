//! What is believed of an answer, and what of it reaches the user.

use std::{future::IntoFuture as _, io::Write as _};

use flate2::{Compression, write::GzEncoder};
use heygen_client::{
    Error, ErrorKind, Outcome, RawRequest, Route, Source, TransportErrorKind,
    types::{
        ByteSize, MediaType, Method,
        assets::{CompleteUploadBatch, CreateDirectUpload, ListAssetStatuses},
        lipsyncs::UpdateLipsync,
        video_agents::CreateVideoAgent,
        videos::GetVideo,
    },
};

use crate::script::{Answer, World, block_on};

fn error_of<T: std::fmt::Debug>(
    answers: impl IntoIterator<Item = Answer>,
    ask: impl AsyncFnOnce(heygen_client::Client) -> Result<T, Error>,
) -> (Error, usize) {
    let world = World::new(answers);
    let error = block_on(ask(world.client())).unwrap_err();
    (error, world.sent().len())
}

#[test]
fn an_answer_about_something_else_is_an_error_and_not_asked_for_again() {
    let other = || {
        [Answer::json(
            200,
            r#"{"data":{"id":"theirs","session_id":"theirs","batch_id":"theirs","voice_id":"theirs"}}"#,
        )]
    };
    let all = [
        error_of(other(), async |client| {
            client.videos().get("mine".parse().unwrap()).await.map(drop)
        }),
        error_of(other(), async |client| {
            client
                .videos()
                .delete("mine".parse().unwrap())
                .await
                .map(drop)
        }),
        error_of(other(), async |client| {
            client.voices().get("mine".parse().unwrap()).await.map(drop)
        }),
        error_of(other(), async |client| {
            client
                .video_agents()
                .stop("mine".parse().unwrap())
                .await
                .map(drop)
        }),
        error_of(other(), async |client| {
            client
                .send(&UpdateLipsync::new("mine".parse().unwrap(), "t"))
                .await
                .map(drop)
        }),
        error_of(other(), async |client| {
            client
                .send(&CompleteUploadBatch::new("mine".parse().unwrap()))
                .await
                .map(drop)
        }),
        error_of(other(), async |client| {
            client
                .wait(GetVideo::new("mine".parse().unwrap()))
                .into_future()
                .await
                .map(drop)
        }),
        error_of(other(), async |client| {
            let request = RawRequest::new(Method::Get, "/v3/videos/mine");
            client
                .send_raw(&request.about("/v3/videos/{video_id}"))
                .await
                .map(drop)
        }),
    ];
    for (error, sent) in all {
        assert_eq!(
            (error.kind(), error.is_retryable(), sent),
            (ErrorKind::Integrity, false, 1),
            "{error}"
        );
        assert!(
            error.to_string().contains("about theirs, asked for mine"),
            "{error}"
        );
        assert!(error.answer().is_some());
    }
    // What is passed on as it is, is nobody's.
    let world = World::new(other());
    let request = RawRequest::new(Method::Get, "/v3/videos/mine");
    assert_eq!(
        block_on(world.client().send_raw(&request)).unwrap().status,
        200
    );
}

#[test]
fn entries_that_were_not_asked_for_are_left_out() {
    const BODY: &str = r#"{"data":[{"status":"failed","video_id":"theirs"},{"status":"completed","video_id":"mine"}],"has_more":false}"#;
    let world = World::new([Answer::json(200, BODY), Answer::json(200, BODY)]);
    let client = world.client();
    let list = ListAssetStatuses::new(vec!["mine".parse().unwrap()]);
    let entries = block_on(client.send(&list)).unwrap().data;
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].status.as_str(), "completed");
    let request = RawRequest::new(Method::Get, "/v3/assets/statuses").query("asset_ids", "mine");
    let answer = block_on(client.send_raw(&request.about("/v3/assets/statuses"))).unwrap();
    assert!(!String::from_utf8(answer.body).unwrap().contains("theirs"));
}

#[test]
fn a_request_whose_answer_was_lost_may_have_been_carried_out() {
    let lost = || Answer::Error(TransportErrorKind::Interrupted);
    let create =
        async |client: heygen_client::Client| client.send(&CreateVideoAgent::new("x")).await;
    for (answer, kind) in [
        (lost(), ErrorKind::Network),
        (
            Answer::Error(TransportErrorKind::AnswerTimeout),
            ErrorKind::TimedOut,
        ),
        (
            Answer::json(502, "<title>Bad gateway</title>"),
            ErrorKind::Network,
        ),
    ] {
        let (error, sent) = error_of([answer], create);
        assert_eq!((error.kind(), sent), (kind, 1), "{error}");
        assert!(
            error.may_have_been_carried_out() && !error.is_retryable(),
            "{error}"
        );
        assert!(
            error.to_string().contains("may have been carried out"),
            "{error}"
        );
        assert_eq!(error.shown_by(), Some("video_agents.list"));
        let hint = error.hint();
        assert!(
            hint.contains("client.video_agents().list(…), GET /v3/video-agents"),
            "{hint}"
        );
    }
    let (error, sent) = error_of(
        [Answer::json(200, r#"{"data":{"status":"thinking"}}"#)],
        create,
    );
    assert_eq!((error.kind(), sent), (ErrorKind::Protocol, 1));
    assert!(
        error.may_have_been_carried_out() && !error.is_retryable(),
        "{error}"
    );
    assert!(error.to_string().contains("was carried out"), "{error}");
    assert!(error.answer().unwrap().body.ends_with(b"}}"));

    // Nothing was sent.
    let refused = || std::iter::repeat_n(Answer::Error(TransportErrorKind::Connect), 8);
    let (error, _) = error_of(refused(), create);
    assert!(
        !error.may_have_been_carried_out() && error.is_retryable(),
        "{error}"
    );

    // A key helps as long as the caller has it.
    let keyed = CreateDirectUpload::new("a.png", MediaType::Png, ByteSize::new(5));
    let answers = || std::iter::repeat_n(lost(), 8);
    let (error, sent) = error_of(answers(), async |client| client.send(&keyed).await);
    assert!(
        error.may_have_been_carried_out() && !error.is_retryable(),
        "{error}"
    );
    assert_eq!(sent, 8);
    let (error, _) = error_of(answers(), async |client| {
        let key = client.fresh_key().unwrap();
        client.send_with_key(&keyed, &key).await
    });
    assert!(
        !error.may_have_been_carried_out() && error.is_retryable(),
        "{error}"
    );
    // Whose request it is, the API looks at before it looks at the key.
    let (error, sent) = error_of(
        [lost(), Answer::refusal(403, "forbidden")],
        async |client| client.send(&keyed).await,
    );
    assert_eq!((error.kind(), sent), (ErrorKind::Permission, 2), "{error}");
    assert!(
        error.may_have_been_carried_out() && error.shown_by().is_some(),
        "{error}"
    );
    // A firewall may have let the request pass, and blocked the answer.
    for (status, is_open) in [(403, true), (404, true), (413, false)] {
        let (error, sent) = error_of([Answer::page(status)], create);
        assert_eq!(sent, 1, "{status}");
        assert_eq!(error.may_have_been_carried_out(), is_open, "{error}");
        assert!(!error.is_retryable(), "{error}");
    }
    // Under a key one repeat is right.
    let odd = || std::iter::repeat_n(Answer::json(200, r#"{"data":{}}"#), 2);
    let (error, sent) = error_of(odd(), async |client| client.send(&keyed).await);
    assert_eq!((error.kind(), sent), (ErrorKind::Protocol, 2));
    assert!(
        error.may_have_been_carried_out() && error.answer().is_some(),
        "{error}"
    );
    // What was accepted was carried out, whoever has the key.
    let (error, sent) = error_of(odd(), async |client| {
        let key = client.fresh_key().unwrap();
        client.send_with_key(&keyed, &key).await
    });
    assert_eq!((error.kind(), sent), (ErrorKind::Protocol, 2));
    assert!(
        error.may_have_been_carried_out() && !error.is_retryable(),
        "{error}"
    );
    // What only reads carries nothing out.
    let (error, _) = error_of(odd(), async |client| {
        client.voices().get("v".parse().unwrap()).await
    });
    assert!(!error.may_have_been_carried_out(), "{error}");
}

#[test]
fn no_text_of_the_server_repeats_a_secret_of_the_request() {
    let canary = "canary-key";
    let envelope = format!(
        r#"{{"error":{{"code":"c-{canary}","message":"{canary} KEY {}","param":"{canary}","doc_url":"https://d.example/{canary}","errors":[{{"code":"{canary}","message":"{canary}"}}]}}}}"#,
        canary.to_uppercase()
    );
    for body in [
        &*envelope,
        canary,
        r#"{"error":"no canary-key here"}"#,
        r#"{"detail":[{"msg":"Canary-Key"}]}"#,
    ] {
        for status in [400, 200] {
            let answer = Answer::json(status, body).with("x-request-id", format!("r-{canary}"));
            let (error, _) = error_of(std::iter::repeat_n(answer, 4), async |client| {
                client.videos().get("v".parse().unwrap()).await
            });
            let shown = format!(
                "{error} {error:?} {} {} {:?} {:?}",
                error.hint(),
                error.code(),
                error.request_id(),
                error.api_error()
            );
            let cause = std::error::Error::source(&error).map(ToString::to_string);
            let shown = format!("{shown} {cause:?}").to_lowercase();
            assert!(!shown.contains(canary), "{shown}");
        }
    }
    let long = format!(
        r#"{{"error":{{"code":"c","message":"a\u001b[31m\nb{}"}}}}"#,
        "x".repeat(10_000)
    );
    let (error, _) = error_of([Answer::json(400, long)], async |client| {
        client.videos().get("v".parse().unwrap()).await
    });
    assert!(
        error.to_string().len() < 2_200 && error.to_string().contains("a[31m b"),
        "{error}"
    );
}

#[test]
fn no_target_of_a_redirect_repeats_a_secret_of_the_request() {
    let redirect = |status, to: &str| Answer::json(status, "").with("location", to);
    for status in [301, 302, 307, 308] {
        let answer = redirect(status, "https://b.example/v3/Canary-Key?x");
        let (error, _) = error_of([answer], async |client| {
            client.videos().get("v".parse().unwrap()).await
        });
        let shown = format!("{error} {error:?} {}", error.hint());
        assert!(!shown.to_lowercase().contains("canary"), "{shown}");
    }
    // Storage: that to the same scheme is followed, the next one and that to another are not.
    for target in [
        "https://t.example/canary-signature/k",
        "http://t.example/canary-signature/k",
    ] {
        let world = World::serving(move |sent| match sent.method.as_str() {
            "PUT" => redirect(307, target),
            _ => Answer::json(
                200,
                r#"{"data":{"asset_id":"a","upload_url":"https://s.example/k?X-Amz-Signature=canary-signature","upload_headers":{},"expires_in_seconds":60,"max_bytes":100,"status":"pending_upload"}}"#,
            ),
        });
        let source = Source::bytes("a.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]);
        let upload = world.client().assets().upload(source).route(Route::Direct);
        let error = block_on(upload.into_future()).unwrap_err();
        let puts = world.sent().into_iter().filter(|sent| sent.method == "PUT");
        let puts: Vec<String> = puts.map(|sent| sent.uri).collect();
        assert_eq!(puts.len(), if target.starts_with("https") { 2 } else { 1 });
        assert!(puts[1..].iter().all(|uri| uri == target));
        let shown = format!("{error} {error:?} {:?}", error.upload_failure());
        assert!(!shown.contains("canary"), "{shown}");
    }
}

#[test]
fn the_words_of_a_server_reach_the_user_in_any_form() {
    for (body, words) in [
        (r#"{"error":"no such voice"}"#, "no such voice"),
        (
            r#"{"detail":[{"loc":["body","prompt"],"msg":"field required","type":"missing"}]}"#,
            "body.prompt: missing: field required",
        ),
        (
            "<html><title>Blocked by policy</title></html>",
            "Blocked by policy",
        ),
        ("upstream is away", "upstream is away"),
    ] {
        let (error, _) = error_of(
            std::iter::repeat_n(Answer::json(422, body), 4),
            async |client| client.videos().get("v".parse().unwrap()).await,
        );
        assert!(error.to_string().contains(words), "{error}");
        assert!(error.api_error().is_none(), "no decision is made by it");
    }
    // A success that is no JSON.
    for (body, words) in [
        ("words of the server", "words of the server"),
        ("<html><title>Sign in</title></html>", "Sign in"),
    ] {
        let answers = std::iter::repeat_n(Answer::json(200, body), 2);
        let (error, _) = error_of(answers, async |client| {
            client.videos().get("v".parse().unwrap()).await
        });
        assert_eq!(error.kind(), ErrorKind::Protocol);
        assert!(error.to_string().contains(words), "{error}");
    }
    // A refusal of the API that says so in its body alone.
    let create =
        async |client: heygen_client::Client| client.send(&CreateVideoAgent::new("x")).await;
    let body = r#"{"error":{"code":"insufficient_credit","message":"top up"}}"#;
    let (error, sent) = error_of([Answer::json(200, body)], create);
    assert_eq!(
        (error.kind(), error.status(), sent),
        (ErrorKind::Rejected, Some(200), 1)
    );
    assert!(
        error.to_string().contains("insufficient_credit: top up"),
        "{error}"
    );
    assert!(!error.may_have_been_carried_out() && error.answer().is_some());
    // In any other words it is not the API that says so: the request may have passed.
    for (body, words) in [
        (r#"{"success":false,"message":"top up"}"#, "top up"),
        (
            r#"{"code":"insufficient_credit","message":"top up","data":null}"#,
            "insufficient_credit: top up",
        ),
        (r#"{"error":"top up"}"#, "top up"),
    ] {
        let (error, sent) = error_of([Answer::json(200, body)], create);
        assert_eq!((error.kind(), sent), (ErrorKind::Protocol, 1), "{error}");
        assert!(error.to_string().contains(words), "{error}");
        assert!(
            error.to_string().contains("may have been carried out"),
            "{error}"
        );
        assert!(error.may_have_been_carried_out() && !error.is_retryable());
        assert!(error.answer().is_some() && error.shown_by().is_some());
    }
}

#[test]
fn a_missing_scope_is_an_error_of_its_own_and_names_the_scope() {
    let refusal = |message: &str| {
        let code = "insufficient_api_key_scope";
        let body = format!(r#"{{"error":{{"code":"{code}","message":"{message}"}}}}"#);
        Answer::json(403, body)
    };
    let (error, sent) = error_of(
        [refusal(
            "Not with this key. Required scope: video_agent:write.",
        )],
        async |client| client.send(&CreateVideoAgent::new("x")).await,
    );
    assert_eq!(
        (error.kind(), error.status(), sent),
        (ErrorKind::InsufficientScope, Some(403), 1)
    );
    assert_eq!(error.missing_scope(), Some("video_agent:write"));
    for text in [error.to_string(), error.hint().to_owned()] {
        assert!(text.contains("video_agent:write"), "{text}");
    }
    assert!(!error.is_retryable() && !error.may_have_been_carried_out());
    // A message that does not name it.
    let (error, _) = error_of([refusal("no")], async |client| {
        client.send(&CreateVideoAgent::new("x")).await
    });
    assert_eq!(error.kind(), ErrorKind::InsufficientScope);
    assert_eq!(error.missing_scope(), None);
    assert!(error.hint().contains("scope"), "{}", error.hint());
}

#[test]
fn an_odd_look_does_not_end_a_wait() {
    let wait = |answers: Vec<Answer>| {
        let world = World::new(answers);
        let wait = world.client().video_agents().wait("s".parse().unwrap());
        (block_on(wait.into_future()), world.sent().len())
    };
    let look = |members: &str| Answer::json(200, format!(r#"{{"data":{{{members}}}}}"#));
    let done = || look(r#""session_id":"s","status":"completed","created_at":1"#);
    let (end, looks) = wait(vec![
        look(r#""status":"thinking""#),
        look(
            r#""session_id":"s","status":"generating","created_at":"2026-12-01T00:00:00Z","progress":{},"messages":"none""#,
        ),
        Answer::json(200, r#"{"data":[]}"#),
        Answer::json(200, "<html>back soon</html>"),
        Answer::json(200, ""),
        done(),
    ]);
    assert!(matches!(end, Ok(Outcome::Completed(_))), "{end:?}");
    assert_eq!(looks, 6);

    // Every look is asked for twice at once, and five of them in a row are enough.
    let (end, looks) = wait(vec![Answer::json(200, "nonsense"); 20]);
    let error = end.unwrap_err();
    assert_eq!((error.kind(), looks), (ErrorKind::Protocol, 10));
    assert!(
        error.to_string().contains("the job itself goes on"),
        "{error}"
    );
}

#[test]
fn a_body_may_be_packed_or_begin_with_a_mark() {
    const BODY: &str = "{\"data\":{\"id\":\"v\",\"status\":\"completed\"}}";
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(BODY.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let coding = || vec![("content-encoding", "gzip".to_owned())];
    for answer in [
        Answer::Bytes(200, coding(), packed.clone()),
        Answer::Bytes(200, Vec::new(), packed),
        Answer::Response(200, coding(), BODY.to_owned()),
        Answer::json(200, format!("\u{feff}{BODY}")),
        Answer::Bytes(
            200,
            Vec::new(),
            BODY.replace("\"v\"", "\"v\",\"title\":\"\u{1}\"")
                .into_bytes()
                .into_iter()
                .map(|byte| if byte == 1 { 0xC3 } else { byte })
                .collect(),
        ),
    ] {
        let world = World::new([answer]);
        let video = block_on(world.client().videos().get("v".parse().unwrap())).unwrap();
        assert_eq!(video.id.as_str(), "v");
        assert_eq!(world.sent()[0].header("accept-encoding"), Some("identity"));
    }
    let coding = vec![("content-encoding", "br".to_owned())];
    let answer = Answer::Bytes(200, coding, vec![1, 2, 3]);
    let (error, _) = error_of([answer.clone(), answer], async |client| {
        client.videos().get("v".parse().unwrap()).await
    });
    let cause = std::error::Error::source(&error).unwrap().to_string();
    assert!(cause.contains("packed as br"), "{cause}");
}

#[test]
fn a_request_without_a_file_is_not_called_a_file_that_is_too_large() {
    let (error, sent) = error_of([Answer::page(413)], async |client| {
        client.videos().get("v".parse().unwrap()).await
    });
    assert_eq!((error.kind(), sent), (ErrorKind::Rejected, 1));
    let shown = format!("{error} {}", error.hint());
    assert!(!shown.contains("file"), "{shown}");
    assert!(shown.contains("the request is larger"), "{shown}");
}
