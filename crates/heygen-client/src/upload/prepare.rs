//! Looking at the source, and deciding what to ask of the machine.

use std::{io, io::Read as _, sync::Arc};

use heygen_types::{ByteSize, MediaType};
use heygen_upload_core::{Plan, Route, Timestamp, Upload as Machine};

use super::Settings;
use crate::{
    Client, Error, ErrorKind, Fingerprint, Observer, Progress, Source,
    client::Shared,
    media::{self, Detection, SNIFF_BYTES},
    source::Content,
};

/// One upload with everything that its steps need.
pub(super) struct Job {
    pub(super) machine: Machine,
    pub(super) clock: Clock,
    pub(super) hands: Arc<Hands>,
}

/// What a step works with.
pub(super) struct Hands {
    pub(super) shared: Arc<Shared>,
    pub(super) content: Content,
    pub(super) fingerprint: Fingerprint,
    pub(super) observer: Option<Arc<dyn Observer>>,
}

impl Hands {
    pub(super) fn observe(&self, progress: &Progress<'_>) {
        if let Some(observer) = &self.observer {
            observer.observe(progress);
        }
    }
}

/// The time of one upload: the wall clock is read once, and the monotonic one from there on.
pub(super) struct Clock {
    shared: Arc<Shared>,
    offset: std::time::Duration,
}

impl Clock {
    fn new(shared: Arc<Shared>) -> Self {
        let offset = shared
            .runtime
            .wall_clock()
            .saturating_sub(shared.runtime.now());
        Self { shared, offset }
    }

    pub(super) fn now(&self) -> Timestamp {
        Timestamp::from_unix(self.offset + self.shared.runtime.now())
    }

    /// Ends at `until`, never when there is no such time.
    pub(super) async fn sleep_until(&self, until: Option<Timestamp>) {
        match until {
            Some(until) => self.shared.runtime.sleep(until.since(self.now())).await,
            None => std::future::pending().await,
        }
    }
}

impl Job {
    pub(super) async fn new(
        client: &Client,
        source: &Source,
        settings: &Settings,
    ) -> Result<Self, Error> {
        source.check_path()?;
        let shared = &client.shared;
        let content = source.content.clone();
        let look = move || look(&content);
        let (fingerprint, head) = crate::blocking::run(&*shared.runtime, look)
            .await
            .unwrap_or_else(|| Err(io::Error::other("its reader stopped")))
            .map_err(Error::source_unreadable)?;
        let size = ByteSize::new(fingerprint.size_bytes);
        let clock = Clock::new(Arc::clone(shared));
        let config = settings.config(client)?;
        let mut contradicted = None;
        let machine = match settings.resume.clone() {
            Some(checkpoint) => {
                if checkpoint.plan().size != size {
                    return Err(Error::local(
                        ErrorKind::SourceChanged,
                        "the file is not the one whose upload was begun: its size differs",
                        "upload it anew",
                    ));
                }
                Machine::resume(checkpoint, config, clock.now()).map_err(|error| {
                    Error::local(ErrorKind::InvalidInput, error.to_string(), "upload it anew")
                })?
            }
            None => {
                let detection = media::detect(&head, source.name());
                contradicted = detection.contradicted_extension().cloned();
                let plan = plan(source, size, detection, settings)?;
                Machine::new(plan, config, crate::client::fresh_id()?, clock.now())
            }
        };
        let hands = Hands {
            shared: Arc::clone(shared),
            content: source.content.clone(),
            fingerprint,
            observer: settings.observer.clone(),
        };
        hands.observe(&Progress::Planned {
            media_type: &machine.plan().media_type,
            contradicted_name: contradicted.as_ref(),
            size,
            route: machine.route(),
        });
        Ok(Self {
            machine,
            clock,
            hands: Arc::new(hands),
        })
    }
}

fn plan(
    source: &Source,
    size: ByteSize,
    detection: Detection,
    settings: &Settings,
) -> Result<Plan, Error> {
    let detected = || detection.into_media_type();
    let media_type = match settings.media_type.clone().or_else(detected) {
        // An empty file has no type; that it is empty is the better thing to say.
        _ if size.bytes() == 0 => MediaType::from("application/octet-stream"),
        Some(media_type) if media_type.is_accepted_in_direct_upload() => media_type,
        other => return Err(Error::unsupported(other.as_ref())),
    };
    if settings.route == Route::Single && !media_type.is_accepted_in_single_request() {
        return Err(Error::local(
            ErrorKind::UnsupportedType,
            format!("{media_type} is not taken in a single request; nothing was sent"),
            "use the direct route, or leave the choice of the route to the client",
        ));
    }
    let file_name = source.name().filter(|name| !name.is_empty());
    let file_name = file_name.map_or_else(
        || format!("upload.{}", media_type.extension().unwrap_or("bin")),
        str::to_owned,
    );
    let mut plan = Plan::new(file_name, media_type, size)?;
    plan.route = settings.route;
    plan.checksum = settings.checksum;
    plan.digest = settings.digest;
    Ok(plan)
}

/// Reads what identifies the source, and its first bytes.
fn look(content: &Content) -> io::Result<(Fingerprint, Vec<u8>)> {
    let fingerprint = content.fingerprint()?;
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    content
        .open()?
        .take(SNIFF_BYTES as u64)
        .read_to_end(&mut head)?;
    Ok((fingerprint, head))
}
