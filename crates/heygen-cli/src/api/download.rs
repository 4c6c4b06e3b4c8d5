//! `videos download`: a result into a file, whatever happens to its URL on the way.

mod args;

use std::{path::PathBuf, time::Duration};

use heygen_client::{Client, Download, DownloadRequest, ErrorKind, RawRequest};
use heygen_types::{Json, Method, OperationId, Url, table};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::{
    run::{Effect, Scene},
    sink::{self, Sink, Wanted},
    unknown, wait,
};
use crate::{
    args::OutputFormat,
    config::ProgressForm,
    environment::Environment,
    escape,
    exit::Exit,
    failure::{Failure, steps},
    output::bars,
    report::json::{FileFields, line},
};

pub(crate) use args::DownloadArgs;

/// A download that was checked.
#[derive(Debug)]
pub(super) struct Plan {
    video_id: String,
    field: &'static str,
    extension: &'static str,
    to: Option<PathBuf>,
    force: bool,
    wait: bool,
    wait_limit: Option<Duration>,
}

impl Plan {
    pub(super) fn new(args: DownloadArgs, environment: &Environment) -> Result<Self, Failure> {
        let (field, extension) = args.what();
        let plan = Self {
            field,
            extension,
            force: args.force,
            wait: args.wait,
            wait_limit: args.wait_timeout.map(|limit| limit.0),
            video_id: args.video_id,
            to: args.to,
        };
        // What is known now is said now, and not after a wait of minutes.
        if let Some(to) = plan.to.as_ref().filter(|to| !to.is_dir()) {
            let wanted = Wanted {
                path: to.clone(),
                is_given: true,
                undone: NOTHING_FETCHED,
            };
            sink::check(&wanted, plan.force)?;
            if to.as_os_str() == "-" && environment.stdout_is_terminal && !plan.force {
                return Err(Failure::usage(
                    "a download would only disturb the terminal; nothing was sent",
                    "name a file with -o FILE, pipe it into a program, or insist with --force",
                ));
            }
        }
        Ok(plan)
    }

    pub(super) async fn carry_out(&self, client: &Client, scene: &Scene) -> Result<Exit, Failure> {
        if self.wait {
            wait::video(client, &self.video_id, self.wait_limit, scene).await?;
        }
        let download = self.download(client, scene);
        scene.interruptible(Effect::Reads, download).await
    }

    async fn download(&self, client: &Client, scene: &Scene) -> Result<Exit, Failure> {
        let url = self.url(client).await?;
        let mut sink = Sink::open(self.wanted(&url), self.force).await?;
        let bar = bar(scene.progress, &self.video_id);
        let end = self.fetch(client, url, &mut sink, &bar).await;
        bar.finish_and_clear();
        end?;
        let (path, size_bytes) = sink.finish()?;
        if let Some(path) = path {
            let text = match scene.console.format {
                OutputFormat::Human => {
                    let size = indicatif::HumanBytes(size_bytes);
                    format!("{}  {size}\n", escape::name(path.as_os_str()))
                }
                OutputFormat::Json => line(&Downloaded {
                    video_id: &self.video_id,
                    file: path.as_path().into(),
                    size_bytes,
                }),
            };
            scene.console.result(&text);
        }
        Ok(Exit::Success)
    }

    /// Fetches all of it. When it breaks off, the record is read again for a fresh URL, and the
    /// rest is asked for.
    async fn fetch(
        &self,
        client: &Client,
        mut url: Url,
        sink: &mut Sink,
        bar: &ProgressBar,
    ) -> Result<(), Failure> {
        let (mut version, mut total): (Option<String>, Option<u64>) = (None, None);
        let failure = |error: &heygen_client::Error| Failure::of_request(error);
        let mut retries = client.download_retries().map_err(|error| failure(&error))?;
        let mut expired = 0;
        loop {
            let before = sink.written();
            let request = DownloadRequest::new(url);
            let request = request.resume(before, version.as_deref()).total(total);
            let error = match client.download(&request).await {
                Ok(mut download) => {
                    let is_same = version.is_some() && version.as_deref() == download.version();
                    sink.begin(download.from(), is_same)?;
                    version = download.version().map(str::to_owned);
                    total = download.total();
                    match read(&mut download, sink, bar).await? {
                        None => return Ok(()),
                        Some(error) => error,
                    }
                }
                Err(error) if is_expired(error.status()) && expired < EXPIRED_MAX => {
                    expired += 1;
                    error
                }
                Err(error) => return Err(failure(&error)),
            };
            let len_bytes = sink.written().saturating_sub(before);
            if len_bytes > 0 {
                expired = 0;
            }
            match retries.next_pause(len_bytes) {
                Some(pause) => tokio::time::sleep(pause).await,
                None => return Err(failure(&error)),
            }
            url = self.url(client).await?;
        }
    }

    /// Reads the record, and returns the URL in it.
    async fn url(&self, client: &Client) -> Result<Url, Failure> {
        let operation = table::operation(OperationId::GetVideo);
        let request = RawRequest::new(Method::Get, operation.fill_path(&[&self.video_id]));
        let answer = client.send_raw(&request.about(operation.path)).await;
        let id = std::slice::from_ref(&self.video_id);
        let answer = answer.map_err(|error| unknown::failure(&error, operation, id))?;
        let record: Json = serde_json::from_slice(&answer.body).unwrap_or_default();
        let member = |name: &str| record.member("data")?.member(name)?.as_str();
        if let Some(url) = member(self.field).and_then(|url| url.parse().ok()) {
            return Ok(url);
        }
        let status = escape::message(member("status").unwrap_or("of an unknown status"));
        let hint = match status.as_str() {
            "completed" => "the video was made without it; see heygen-rs videos get".to_owned(),
            "failed" => "see the record: heygen-rs videos get".to_owned(),
            _ => "add --wait to wait until it is made".to_owned(),
        };
        let message = format!("the video has no {}: it is {status}", self.field);
        Err(Failure::new(Exit::Api, "not_available", message, hint).at(steps::REQUEST))
    }

    /// Returns where to put it; `None` is standard output.
    fn wanted(&self, url: &Url) -> Option<Wanted> {
        let extension = url.without_query().rsplit('/').next();
        let extension = extension.and_then(|name| Some(name.rsplit_once('.')?.1));
        let extension = extension
            .filter(|text| text.len() <= 4 && text.bytes().all(|byte| byte.is_ascii_alphanumeric()))
            .unwrap_or(self.extension);
        let name = format!("{}.{extension}", self.video_id);
        let (path, is_given) = match &self.to {
            Some(to) if to.as_os_str() == "-" => return None,
            Some(to) if to.is_dir() => (to.join(name), false),
            Some(to) => (to.clone(), true),
            None => (name.into(), false),
        };
        Some(Wanted {
            path,
            is_given,
            undone: NOTHING_FETCHED,
        })
    }
}

/// Reads until the end, or until it breaks off.
async fn read(
    download: &mut Download,
    sink: &mut Sink,
    bar: &ProgressBar,
) -> Result<Option<heygen_client::Error>, Failure> {
    if let Some(total) = download.total() {
        bar.set_length(total);
    }
    loop {
        match download.chunk().await {
            Ok(Some(chunk)) => {
                sink.write(chunk).await?;
                if sink.is_closed() {
                    return Ok(None);
                }
            }
            Ok(None) => return Ok(None),
            // It did not break off: it is no file at all.
            Err(error) if error.kind() == ErrorKind::Protocol => {
                return Err(Failure::of_request(&error));
            }
            Err(error) => return Ok(Some(error)),
        }
        bar.set_position(sink.written());
    }
}

/// Storage refuses a URL after its time with 403, and some with 400 or 410.
const fn is_expired(status: Option<u16>) -> bool {
    matches!(status, Some(400 | 403 | 410))
}

fn bar(form: ProgressForm, id: &str) -> ProgressBar {
    if form != ProgressForm::Bars {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template(
        "{prefix:28!} [{bar:24}] {binary_bytes}/{binary_total_bytes}  {binary_bytes_per_sec}  {eta} left",
    );
    let bar = ProgressBar::new(0)
        .with_style(style.expect("the template is valid").progress_chars("=> "))
        .with_prefix(escape::message(id));
    bars().add(bar)
}

/// A file that was downloaded.
#[derive(Serialize)]
struct Downloaded<'a> {
    video_id: &'a str,
    #[serde(flatten)]
    file: FileFields<'a>,
    size_bytes: u64,
}

const NOTHING_FETCHED: &str = "nothing was fetched";

/// A fresh URL that is refused so often in a row is not refused for its age.
const EXPIRED_MAX: u32 = 2;

#[cfg(test)]
mod tests {
    use clap::FromArgMatches as _;

    use super::*;

    #[test]
    fn a_terminal_is_no_place_for_a_video() {
        let plan = |is_terminal, words: &[&str]| {
            let words = [&["download", "v"], words].concat();
            let matches = DownloadArgs::command().get_matches_from(words);
            let mut environment = Environment::default();
            environment.stdout_is_terminal = is_terminal;
            let plan = Plan::new(
                DownloadArgs::from_arg_matches(&matches).unwrap(),
                &environment,
            );
            plan.map(|_| ()).map_err(|failure| failure.exit)
        };
        assert_eq!(plan(true, &["-o", "-"]), Err(Exit::Usage));
        assert_eq!(plan(true, &["-o", "-", "--force"]), Ok(()));
        assert_eq!(plan(false, &["-o", "-"]), Ok(()));
        assert_eq!(plan(true, &[]), Ok(()));
    }
}
