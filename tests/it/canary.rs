//! Canaries: known values in the place of every secret, and a look everywhere that they must not
//! show. Two transports, success and every kind of failure, with all logs on.

mod eyes;
mod server;

use std::{
    error::Error as _,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    time::Duration,
};

use heygen_sdk::{
    AccessToken, ApiKey, Client, ClientBuilder, Credential, Error, HyperTransport, Progress,
    RawRequest, RetryPolicy, Route, Source, TokenFuture, TokenProvider, TokioRuntime,
    types::{Method, PresignedUrl, UploadHeaders, Url, webhooks::WebhookSecret},
    ureq::{ThreadRuntime, UreqTransport},
};
use heygen_testing::server::Server;

use eyes::{CANARY, Eyes};
use server::{CASES, Case};

#[tokio::test]
async fn nothing_shows_a_secret_over_hyper() {
    let transport = HyperTransport::builder()
        .no_proxy()
        .answer_timeout(LIMIT)
        .stall_timeout(LIMIT)
        .build()
        .unwrap();
    for case in CASES {
        play(
            case,
            Client::builder(transport.clone(), TokioRuntime::new()),
        )
        .await;
    }
}

#[tokio::test]
async fn nothing_shows_a_secret_over_ureq() {
    let transport = UreqTransport::builder()
        .no_proxy()
        .answer_timeout(LIMIT)
        .stall_timeout(LIMIT)
        .build()
        .unwrap();
    for case in CASES {
        play(
            case,
            Client::builder(transport.clone(), ThreadRuntime::new()),
        )
        .await;
    }
    assert!(eyes::seen_in_logs(eyes::PROBE), "the logs are not on");
}

/// Plays one case with each kind of credential.
async fn play(case: &'static Case, builder: ClientBuilder) {
    let key: ApiKey = CANARY.parse().unwrap();
    for credential in [key.into(), Credential::Bearer(Arc::new(Tokens))] {
        let eyes = Eyes::open(case.name);
        eyes.look("the credential", &credential);
        let server = server::start(case);
        let builder = builder.clone().credential(credential).retry(impatient());
        let builder = builder.base_url(server.url("").parse().unwrap());
        eyes.look("the builder", &builder);
        let client = builder.build().unwrap();
        eyes.look("the client", &client);
        upload(case, &client, &eyes).await;
        stays_with_the_api(&server);
    }
}

async fn upload(case: &Case, client: &Client, eyes: &Eyes) {
    let told = Arc::new(Mutex::new(String::new()));
    let (progress, checkpoints) = (Arc::clone(&told), Arc::clone(&told));
    let uploaded = client
        .assets()
        .upload(Source::bytes("clip.mp4", heygen_e2e::mp4_of(server::SIZE)))
        .route(Route::Direct)
        .observer(move |event: &Progress<'_>| {
            progress.lock().unwrap().push_str(&format!("{event:?}\n"));
        })
        .on_checkpoint(move |checkpoint| {
            checkpoints
                .lock()
                .unwrap()
                .push_str(&format!("{checkpoint:?}\n"));
        })
        .await;
    assert_eq!(
        uploaded.is_ok(),
        case.succeeds,
        "{}: {uploaded:?}",
        case.name
    );
    eyes.read("what observers were told", &told.lock().unwrap());
    match uploaded {
        Ok(asset) => eyes.look("the asset", &asset),
        Err(error) => look_at(error, eyes),
    }
}

/// Looks at an error from all sides.
fn look_at(error: Error, eyes: &Eyes) {
    eyes.look("the error", &error);
    eyes.read(
        "the message",
        &format!("{error} {error:#} {}", error.hint()),
    );
    let mut cause = error.source();
    while let Some(error) = cause {
        eyes.read("a cause", &format!("{error}"));
        eyes.look("a cause", error);
        cause = error.source();
    }
    eyes.look("the refusal", &error.api_error());
    eyes.look("the failure", &error.upload_failure());
    eyes.look("the checkpoint", &error.checkpoint());
    eyes.look("the answer", &error.answer());
    let panic = catch_unwind(AssertUnwindSafe(|| failed(error).unwrap())).unwrap_err();
    eyes.read("a panic", panic.downcast_ref::<String>().unwrap());
}

/// What a program has that unwraps it.
fn failed(error: Error) -> Result<(), Error> {
    Err(error)
}

/// The credential goes to the API only, as it must; and nothing else of it goes there.
fn stays_with_the_api(server: &Server) {
    for head in server.heads() {
        let is_storage = head.method() == b"PUT";
        for name in ["x-api-key", "authorization", "cookie"] {
            let is_there = !head.header(name).is_empty();
            assert!(!(is_storage && is_there), "{name} went to storage");
        }
    }
}

#[test]
fn values_that_hold_a_secret_do_not_show_it() {
    let eyes = Eyes::open("values");
    let url = format!("https://b.s3.example/k?X-Amz-Signature={CANARY}");
    eyes.look("a presigned URL", &PresignedUrl::new(url.as_str()));
    eyes.look("a URL", &url.parse::<Url>().unwrap());
    let headers = UploadHeaders::new().with("x-amz-security-token", CANARY);
    eyes.look("upload headers", &headers);
    let secret = WebhookSecret::new(CANARY);
    eyes.look("a webhook secret", &secret);
    let secret = heygen_sdk::webhooks::Secret::try_from(&secret).unwrap();
    eyes.look("the secret of a verifier", &secret);
    eyes.look("an API key", &CANARY.parse::<ApiKey>().unwrap());
    eyes.look("an access token", &CANARY.parse::<AccessToken>().unwrap());
    let broken = format!("{CANARY}\n");
    eyes.look("a broken key", &broken.parse::<ApiKey>());
    eyes.look("a broken token", &broken.parse::<AccessToken>());
    eyes.look(
        "a broken secret",
        &broken.parse::<heygen_sdk::webhooks::Secret>(),
    );
    eyes.look("a broken URL", &format!("ftp://{CANARY}").parse::<Url>());
    let proxied = format!("http://user:{CANARY}@proxy.example");
    eyes.look(
        "hyper's settings",
        &HyperTransport::builder().proxy(proxied.as_str()),
    );
    eyes.look(
        "ureq's settings",
        &UreqTransport::builder().proxy(proxied.as_str()),
    );
    eyes.look(
        "hyper",
        &HyperTransport::builder().proxy(proxied.as_str()).build(),
    );
    eyes.look("ureq", &UreqTransport::builder().proxy(proxied).build());
    let request = RawRequest::new(Method::Post, "/v3/x")
        .query("token", CANARY)
        .json(CANARY.as_bytes().to_vec());
    eyes.look("a request", &request);
}

/// The emulator's log of requests is for tests, and ends up in their output.
#[tokio::test]
async fn log_of_the_emulator_holds_no_secret() {
    let eyes = Eyes::open("the emulator");
    let emulator = heygen_emulator::Emulator::builder()
        .api_key(CANARY)
        .start()
        .await
        .unwrap();
    let mut slot = heygen_emulator::SlotOverride::default();
    slot.upload_headers = Some(UploadHeaders::new().with("x-amz-security-token", CANARY));
    emulator.fault(heygen_emulator::Fault::slot(slot));
    let client = heygen_e2e::client(emulator.url(), CANARY);
    let content = heygen_e2e::mp4_of(100_000);
    let upload = client.assets().upload(Source::bytes("clip.mp4", content));
    let uploaded = upload.route(Route::Direct).await;
    eyes.look("the outcome", &uploaded);
    let requests = emulator.requests();
    assert!(requests.iter().any(|request| request.method == "PUT"));
    for request in requests {
        eyes.look("a request", &request);
        eyes.look("its headers", &request.headers);
        for (name, value) in &request.query {
            let is_hidden = request.method != "PUT" || value == "[redacted]";
            assert!(is_hidden, "{name} is shown");
        }
    }
    eyes.look("the emulator", &emulator);
}

/// A provider of tokens whose refresh succeeds.
struct Tokens;

impl TokenProvider for Tokens {
    fn token(&self) -> TokenFuture<'_, AccessToken> {
        Box::pin(async { Ok(CANARY.parse()?) })
    }

    fn refresh(&self) -> TokenFuture<'_, ()> {
        Box::pin(async { Ok(()) })
    }
}

fn impatient() -> RetryPolicy {
    let mut retry = RetryPolicy::default();
    retry.max_attempts = 2;
    retry.base = Duration::from_millis(2);
    retry.cap = Duration::from_millis(10);
    retry
}

const LIMIT: Duration = Duration::from_millis(700);
