//! `models audio tts stream`: speech into a file or a pipe, while it is generated.

use std::path::PathBuf;

use clap::ArgMatches;
use heygen_client::{Client, ErrorKind, RawRequest, SpeechWav};
use heygen_types::{
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
        while let Some(data) = events.next().await {
            let data = data.map_err(|error| failure(&error))?;
            let event = events.decode::<StreamModelSpeech>(&data);
            match (&mut sink, event.map_err(|error| failure(&error))?) {
                (Some(sink), SpeechEvent::Audio(piece)) => {
                    let bytes = wav.push(&piece).map_err(|error| spoken(failure(&error)))?;
                    sink.write(bytes.into()).await.map_err(spoken)?;
                    if sink.is_closed() {
                        return Ok(Exit::Success);
                    }
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
            let kind = ErrorKind::Protocol.as_str();
            let message = "the stream ended without any sound";
            let silent = Failure::new(Exit::Api, kind, message, AGAIN).at(steps::REQUEST);
            return Err(spoken(silent));
        };
        sink.replace_beginning(&header).map_err(spoken)?;
        let (path, size_bytes) = sink.finish().map_err(spoken)?;
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

/// Says of a failure that the speech was made all the same, and that no file holds it.
fn spoken(mut failure: Failure) -> Failure {
    failure
        .message
        .push_str("; the request was carried out, and no sound was kept");
    failure
}

const AGAIN: &str = "run the same command again, which carries it out once more";

/// Speech that was written to a file.
#[derive(Serialize)]
struct Spoken<'a> {
    #[serde(flatten)]
    file: FileFields<'a>,
    size_bytes: u64,
    seconds: f64,
}
