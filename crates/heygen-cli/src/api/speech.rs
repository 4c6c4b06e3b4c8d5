//! `models audio tts stream`: speech into a file or a pipe, while it is generated.

use std::path::PathBuf;

use clap::ArgMatches;
use heygen_client::{Client, ErrorKind, RawEvents, RawRequest, SpeechWav};
use heygen_types::{
    Json, Streamed as _,
    models::{SpeechEvent, StreamModelSpeech},
    table::OperationEntry,
};
use serde::Serialize;

use super::{
    run::{Scene, flag},
    sink::{self, Sink, Wanted},
    unknown,
    verb::ids,
};
use crate::{
    args::OutputFormat,
    environment::Environment,
    escape,
    exit::Exit,
    failure::{Failure, steps},
    report::json::{FileFields, line},
};

/// Where speech goes, checked before anything is sent.
#[derive(Debug)]
pub(super) struct Plan {
    /// `None` for the events themselves.
    out: Option<PathBuf>,
    force: bool,
}

impl Plan {
    pub(super) fn new(matches: &ArgMatches, environment: &Environment) -> Result<Self, Failure> {
        let plan = Self {
            out: matches.get_one::<PathBuf>(ids::OUT).cloned(),
            force: flag(matches, ids::FORCE),
        };
        if plan.is_stdout() && environment.stdout_is_terminal && !plan.force {
            return Err(Failure::usage(
                "sound would only disturb the terminal; nothing was sent",
                "name a file with --out FILE, pipe it into a program, or insist with --force",
            ));
        }
        if let Some(wanted) = plan.wanted() {
            sink::check(&wanted, plan.force)?;
        }
        Ok(plan)
    }

    fn is_stdout(&self) -> bool {
        self.out.as_ref().is_some_and(|out| out.as_os_str() == "-")
    }

    fn wanted(&self) -> Option<Wanted> {
        let path = self.out.clone().filter(|_| !self.is_stdout())?;
        Some(Wanted {
            path,
            is_given: true,
            undone: "nothing was sent",
        })
    }

    pub(super) async fn carry_out(
        &self,
        client: &Client,
        request: &RawRequest,
        operation: &OperationEntry,
        scene: &Scene,
    ) -> Result<Exit, Failure> {
        let failure = |error: &heygen_client::Error| unknown::failure(error, operation, &[]);
        let mut sink = match &self.out {
            Some(_) => Some(Sink::open(self.wanted(), self.force).await?),
            None => None,
        };
        let begun = client.stream_raw(request).await;
        let mut events = begun.map_err(|error| failure(&error))?;
        let mut wav = SpeechWav::new();
        while let Some(data) = next(&mut events).await.map_err(|error| failure(&error))? {
            let event = read(&data).map_err(|problem| {
                let message = format!("an event of the stream {}", escape::message(&problem));
                broken(ErrorKind::Protocol, message)
            })?;
            if let Some(reason) = StreamModelSpeech::failure(&event) {
                let reason = escape::message(reason);
                let message = format!("the server could not finish the speech: {reason}");
                return Err(broken(ErrorKind::Processing, message));
            }
            match (&mut sink, &event) {
                (Some(sink), SpeechEvent::Audio(piece)) => {
                    let bytes = wav.push(piece).map_err(|error| failure(&error))?;
                    sink.write(bytes.into()).await?;
                }
                // Standard output is for the sound alone.
                _ if self.is_stdout() => {}
                _ => scene.console.answer(data.as_bytes()),
            }
        }
        let Some(mut sink) = sink else {
            return Ok(Exit::Success);
        };
        let Some(header) = wav.header() else {
            let message = "the stream ended without any sound".to_owned();
            return Err(broken(ErrorKind::Protocol, message));
        };
        sink.replace_beginning(&header)?;
        let (path, size_bytes) = sink.finish()?;
        if let Some(path) = path {
            let seconds = wav.seconds();
            let text = match scene.console.format {
                OutputFormat::Human => {
                    let size = indicatif::HumanBytes(size_bytes);
                    let name = escape::name(path.as_os_str());
                    format!("{name}  {size}  {seconds:.1} s\n")
                }
                OutputFormat::Json => line(&Spoken {
                    file: path.as_path().into(),
                    size_bytes,
                    seconds,
                }),
            };
            scene.console.result(&text);
        }
        Ok(Exit::Success)
    }
}

async fn next(events: &mut RawEvents) -> Result<Option<String>, heygen_client::Error> {
    events.next().await.transpose()
}

/// Reads an event, or says what is wrong with it.
fn read(data: &str) -> Result<SpeechEvent, String> {
    let value: Json =
        serde_json::from_str(data).map_err(|error| format!("is not JSON: {error}"))?;
    StreamModelSpeech::event(&value).map_err(|invalid| format!("cannot be read: {invalid}"))
}

/// Reports speech that is not whole, although the connection was.
fn broken(kind: ErrorKind, message: String) -> Failure {
    let message = format!("{message}; the request was carried out");
    let hint = "run the same command again, which carries it out once more";
    Failure::new(Exit::Api, kind.as_str(), message, hint).at(steps::REQUEST)
}

/// Speech that was written to a file.
#[derive(Serialize)]
struct Spoken<'a> {
    #[serde(flatten)]
    file: FileFields<'a>,
    size_bytes: u64,
    seconds: f64,
}
