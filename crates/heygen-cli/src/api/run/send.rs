use std::time::Duration;

use clap::ArgMatches;
use heygen_client::{Client, RawResponse};
use heygen_types::{Envelope, Json, Method, table::OperationEntry};

use super::{Effect, Scene, flag};
use crate::{
    api::{
        answer, pages,
        request::Request,
        speech, unknown, upload,
        verb::ids,
        wait::{self, Targets},
    },
    args::{GlobalArgs, JournalFlags, TimeLimit},
    config::JournalUse,
    environment::Environment,
    exit::Exit,
    failure::Failure,
};

/// What an operation does beyond its one request.
pub(super) struct Options {
    all: bool,
    wait: bool,
    wait_limit: Option<Duration>,
    journal: JournalUse,
    speech: Option<speech::Plan>,
}

impl Options {
    pub(super) fn read(
        matches: &ArgMatches,
        global: &GlobalArgs,
        environment: &Environment,
        operation: &OperationEntry,
    ) -> Result<Self, Failure> {
        let is_stream = operation.envelope == Envelope::Stream;
        let speech = is_stream.then(|| speech::Plan::new(matches, environment));
        let limit = matches.try_get_one::<TimeLimit>(ids::WAIT_TIMEOUT);
        let journal = JournalFlags {
            fresh: flag(matches, ids::FRESH),
            no_journal: flag(matches, ids::NO_JOURNAL),
        };
        Ok(Self {
            all: flag(matches, ids::ALL),
            wait: flag(matches, ids::WAIT),
            wait_limit: limit.ok().flatten().map(|limit| limit.0),
            journal: JournalUse::new(journal, global, environment),
            speech: speech.transpose()?,
        })
    }
}

/// Sends the request of an operation, and does what was asked for around it.
pub(super) async fn send(
    client: &Client,
    mut request: Request,
    options: &Options,
    scene: &Scene,
) -> Result<Exit, Failure> {
    let console = scene.console;
    let operation = request.operation;
    if options.all {
        let pages = pages::all(client, request, console);
        return scene
            .interruptible(Effect::Reads, pages)
            .await
            .map(|()| Exit::Success);
    }
    if options.wait && operation.method == Method::Get {
        let targets = Targets::Parameters(&request.parameters);
        return wait::all(client, operation, targets, options.wait_limit, scene).await;
    }
    let mut body = None;
    if let Some(written) = request.body.take() {
        let warning = async {
            upload::warn_of_large_urls(client, &written.urls, console).await;
            Ok(())
        };
        scene.interruptible(Effect::Reads, warning).await?;
        body = Some(upload::complete(client, written, &options.journal, scene).await?);
    }
    let json = body.as_ref().map(|body| &body.json);
    let effect = Effect::of(operation.method);
    if let (Some(speech), Some(json)) = (&options.speech, json) {
        let raw = request.head().json(bytes(json));
        let speech = speech.carry_out(client, &raw, operation, scene);
        return scene.interruptible(effect, speech).await;
    }
    let sent = exchange(client, &request, json);
    let sent = scene.interruptible(effect, sent).await;
    let answer = sent.map_err(|failure| match &body {
        Some(body) => body.explain(failure),
        None => failure,
    })?;
    if options.wait {
        let targets = Targets::Answer(&answer.body);
        return wait::all(client, operation, targets, options.wait_limit, scene).await;
    }
    if let Some(note) = answer::print(console, Some(operation), &answer.body) {
        console.note(&note);
    }
    if wait::lacks_id(operation, &answer.body) {
        return Err(wait::no_id(operation));
    }
    Ok(Exit::Success)
}

async fn exchange(
    client: &Client,
    request: &Request,
    body: Option<&Json>,
) -> Result<RawResponse, Failure> {
    let failure = |error| Failure::of_request(&error);
    let mut raw = request.head();
    if let Some(mut body) = body.cloned() {
        if let (Json::Object(members), Some(field)) = (&mut body, request.operation.body_key) {
            if !members.contains_key(field) {
                let key = client.fresh_key().map_err(failure)?;
                members.insert(field.to_owned(), Json::String(key.into()));
                raw = raw.key_is_forgotten();
            }
            raw = raw.key_in_body();
        }
        raw = raw.json(bytes(&body));
    }
    if request.operation.idempotency_key {
        let key = match &request.key {
            Some(key) => key.clone(),
            None => {
                raw = raw.key_is_forgotten();
                client.fresh_key().map_err(failure)?
            }
        };
        raw = raw.idempotency_key(key);
    }
    let answer = client.send_raw(&raw).await;
    answer.map_err(|error| unknown::failure(&error, request.operation, &request.parameters))
}

fn bytes(body: &Json) -> Vec<u8> {
    serde_json::to_vec(body).expect("JSON that was read can be written")
}
