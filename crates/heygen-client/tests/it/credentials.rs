use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use heygen_client::{
    AccessToken, Client, Credential, ErrorKind, Source, TokenFuture, TokenProvider,
    TransportErrorKind,
    types::{
        ByteSize, MediaType,
        assets::{CreateDirectUpload, GetAsset},
    },
};

use crate::script::{Answer, World, block_on};

const RECORD: &str =
    r#"{"data":{"id":"a","name":"n","owner":"o","space_id":"s","type":"video","uploaded_at":1}}"#;

/// Gives `token-0`, and after every refresh the next one.
#[derive(Default)]
struct Tokens {
    refreshes: AtomicUsize,
    refuses: bool,
}

impl TokenProvider for Tokens {
    fn token(&self) -> TokenFuture<'_, AccessToken> {
        let token = format!("token-{}", self.refreshes.load(Ordering::SeqCst));
        Box::pin(async move { Ok(token.parse()?) })
    }

    fn refresh(&self) -> TokenFuture<'_, ()> {
        self.refreshes.fetch_add(1, Ordering::SeqCst);
        let refuses = self.refuses;
        Box::pin(async move {
            if refuses {
                return Err("signed out".into());
            }
            Ok(())
        })
    }
}

fn client(world: &World, tokens: Tokens) -> Client {
    let credential = Credential::Bearer(Arc::new(tokens));
    world.builder().credential(credential).build().unwrap()
}

#[test]
fn a_refused_token_is_refreshed_once() {
    let world = World::new([Answer::json(401, ""), Answer::json(200, RECORD)]);
    let get = GetAsset::new("a".parse().unwrap());
    block_on(client(&world, Tokens::default()).send(&get)).unwrap();
    let sent = world.sent();
    assert_eq!(sent[0].header("authorization"), Some("Bearer token-0"));
    assert_eq!(sent[1].header("authorization"), Some("Bearer token-1"));
    assert!(
        sent.iter()
            .all(|request| request.header("x-api-key").is_none())
    );

    let refuses = |answer: Answer| {
        let world = World::serving(move |_| answer.clone());
        let error = block_on(client(&world, Tokens::default()).send(&get)).unwrap_err();
        (error.kind(), world.sent().len())
    };
    let refused = refuses(Answer::refusal(401, "unauthorized"));
    assert_eq!(refused, (ErrorKind::Authentication, 2));
    // What is no word of the API says nothing of the token.
    assert_eq!(refuses(Answer::page(401)), (ErrorKind::Network, 5));
}

#[test]
fn a_refresh_that_fails_does_not_make_a_lost_answer_forgotten() {
    let create = CreateDirectUpload::new("a.png", MediaType::Png, ByteSize::new(5));
    let world = World::new([
        Answer::Error(TransportErrorKind::Interrupted),
        Answer::refusal(401, "unauthorized"),
    ]);
    let tokens = Tokens {
        refuses: true,
        ..Tokens::default()
    };
    let error = block_on(client(&world, tokens).send(&create)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert!(error.may_have_been_carried_out(), "{error}");
    assert!(!error.is_retryable() && error.shown_by().is_some());
    let cause = std::error::Error::source(&error).unwrap();
    let cause = cause.source().unwrap().to_string();
    assert_eq!(cause, "signed out");
}

#[test]
fn an_upload_refreshes_its_token_too() {
    let answer =
        r#"{"data":{"asset_id":"a","mime_type":"image/png","size_bytes":12,"url":"https://f/"}}"#;
    let world = World::new([Answer::json(401, ""), Answer::json(200, answer)]);
    let source = || Source::bytes("a.png", &b"\x89PNG\r\n\x1a\n\0\0\0\r"[..]);
    let asset = block_on(async {
        client(&world, Tokens::default())
            .assets()
            .upload(source())
            .await
    })
    .unwrap();
    assert_eq!(asset.asset_id.as_str(), "a");
    let sent = world.sent();
    assert_eq!(
        sent[0].header("idempotency-key"),
        sent[1].header("idempotency-key")
    );
    assert_eq!(sent[1].header("authorization"), Some("Bearer token-1"));

    let world = World::new([Answer::json(401, "")]);
    let tokens = Tokens {
        refuses: true,
        ..Tokens::default()
    };
    let error =
        block_on(async { client(&world, tokens).assets().upload(source()).await }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    let cause = std::error::Error::source(&error).expect("the cause is told");
    assert_eq!(
        cause.source().expect("so is its own").to_string(),
        "signed out"
    );
}
