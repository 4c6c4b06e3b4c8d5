use heygen_client::{
    ApiKey, Body, Cancellation, Client, Transport, TransportError, TransportErrorKind,
    TransportFuture,
};
use heygen_hyper::TokioRuntime;

use super::one_file::set_up;
use crate::{
    config::{FileSettings, UploadConfig},
    console::Console,
    exit::Exit,
    failure::Failure,
    files,
    progress::Display,
    report::Planned,
};

/// Shows what would be sent. It needs no key and no network.
pub(super) async fn run(config: UploadConfig, console: Console) -> Exit {
    let items = files::collect(config.paths, config.is_recursive);
    let display = Display::new(crate::config::ProgressForm::None, console, items.len());
    let client = client();
    let mut ends = Vec::with_capacity(items.len());
    for item in items {
        let (paths, problem) = item.into_file();
        let end = match problem {
            Ok(()) => plan(&client, &config.settings, &display, &paths.first).await,
            Err(failure) => Err(failure),
        };
        for path in std::iter::once(&paths.first).chain(&paths.others) {
            display.console().planned(path, &end);
        }
        ends.push(end.err().map_or(Exit::Success, |failure| failure.exit));
    }
    Exit::of_files(&ends)
}

/// Begins an upload that is cancelled already: it is planned as any other and goes no further.
async fn plan(
    client: &Client,
    settings: &FileSettings,
    display: &Display,
    path: &std::path::PathBuf,
) -> Result<Planned, Failure> {
    let cancelled = Cancellation::new();
    cancelled.cancel();
    let watch = display.watch(path);
    let end = set_up(client, settings, path, &watch)
        .cancellation(&cancelled)
        .await;
    match (watch.planned(), end) {
        (Some(planned), _) => Ok(planned),
        (None, Err(error)) => Err(Failure::of_upload(&error, watch.step())),
        (None, Ok(_)) => unreachable!("no upload ends well without a plan"),
    }
}

fn client() -> Client {
    let key: ApiKey = "none".parse().expect("it is visible ASCII");
    Client::builder(Nowhere, TokioRuntime::new())
        .credential(key)
        .build()
        .expect("the default base URL is https")
}

/// A transport that sends nothing, whatever it is asked.
#[derive(Debug)]
struct Nowhere;

impl Transport for Nowhere {
    fn send(&self, _: http::Request<Body>) -> TransportFuture<'_> {
        Box::pin(async { Err(TransportError::new(TransportErrorKind::Request)) })
    }
}
