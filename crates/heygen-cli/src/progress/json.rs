use std::{path::Path, time::Duration};

use heygen_client::{
    Progress, Route,
    types::{AssetId, MediaType},
};
use serde::Serialize;

use super::{Meter, Phase, shortage};
use crate::{
    console::Console,
    failure::steps,
    report::json::{FileFields, line},
};

/// One JSON object per event on standard error.
#[derive(Debug, Default)]
pub(super) struct Json {
    phase: Option<Phase>,
}

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    event: Event<'a>,
    #[serde(flatten)]
    file: FileFields<'a>,
}

#[derive(Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Event<'a> {
    Planned {
        mime_type: &'a MediaType,
        size_bytes: u64,
        route: Route,
    },
    Elsewhere,
    AlreadyStored {
        asset_id: &'a AssetId,
    },
    Resumed {
        stored: bool,
    },
    Hashing(Count),
    Sending(Count),
    Finishing,
    Waiting,
    Retrying {
        step: &'static str,
        message: String,
        wait_ms: u128,
    },
    GoingDirect,
    NewUrl,
}

#[derive(Serialize)]
struct Count {
    done_bytes: u64,
    total_bytes: u64,
}

impl Meter for Json {
    fn show(&mut self, file: &Path, progress: &Progress<'_>, console: Console) {
        if let Some(event) = self.event(progress) {
            let file = file.into();
            console.passing_message(&line(&Line { event, file }));
        }
    }
}

impl Json {
    fn event<'a>(&mut self, progress: &Progress<'a>) -> Option<Event<'a>> {
        Some(match progress {
            Progress::Planned {
                media_type,
                size,
                route,
                ..
            } => Event::Planned {
                mime_type: media_type,
                size_bytes: size.bytes(),
                route: *route,
            },
            Progress::Elsewhere => Event::Elsewhere,
            Progress::AlreadyStored { asset_id } => Event::AlreadyStored { asset_id },
            Progress::Resumed { stored } => Event::Resumed { stored: *stored },
            Progress::Hashing { done, total } => {
                Event::Hashing(self.count("hashing", (done.bytes(), total.bytes()))?)
            }
            Progress::Sending { done, total } => {
                Event::Sending(self.count("sending", (done.bytes(), total.bytes()))?)
            }
            Progress::Finishing => Event::Finishing,
            Progress::Waiting => Event::Waiting,
            Progress::Retrying {
                step,
                failure,
                wait,
            } => Event::Retrying {
                step: step.as_str(),
                message: failure.to_string(),
                wait_ms: wait.as_millis(),
            },
            Progress::LocalResources { error, wait } => Event::Retrying {
                step: steps::PREPARE,
                message: shortage(*error, *wait),
                wait_ms: wait.as_millis(),
            },
            Progress::GoingDirect => Event::GoingDirect,
            Progress::NewUrl => Event::NewUrl,
            _ => return None,
        })
    }

    fn count(&mut self, name: &'static str, count: (u64, u64)) -> Option<Count> {
        Phase::is_due(&mut self.phase, name, count, PAUSE).then_some(Count {
            done_bytes: count.0,
            total_bytes: count.1,
        })
    }
}

const PAUSE: Duration = Duration::from_millis(100);
