use std::{
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, SystemTime},
};

use heygen_client::types::MediaType;
use heygen_emulator::{ApiKey, Emulator, EmulatorBuilder, Fault, RateLimit, Settings, TooLarge};

use crate::{
    args::{EmulatorArgs, GlobalArgs, TooLargeStatus},
    environment::{EMULATOR_API_KEY, Environment},
    failure::Failure,
};

/// What `heygen-rs emulator` is to serve.
#[derive(Debug)]
pub(crate) struct EmulatorConfig {
    pub(crate) listen: SocketAddr,
    pub(crate) data: Option<PathBuf>,
    settings: Settings,
    faults: Vec<Fault>,
    /// When the clock is to stand still.
    frozen_at: Option<Duration>,
}

impl EmulatorConfig {
    pub(crate) fn new(
        args: EmulatorArgs,
        global: &GlobalArgs,
        environment: &Environment,
    ) -> Result<Self, Failure> {
        if global.emulator {
            return Err(Failure::usage(
                "--emulator has no meaning with the command emulator",
                "leave out --emulator",
            ));
        }
        // The user's real key must not become the emulator's, which is printed.
        let api_key = environment.text(EMULATOR_API_KEY)?.map(ApiKey::from);
        let listen = args.listen.0;
        if api_key.is_none() && !listen.ip().is_loopback() {
            return Err(Failure::usage(
                format!("{listen} can be reached from other machines, and the key can be guessed"),
                format!("set the variable {EMULATOR_API_KEY}, or listen on 127.0.0.1"),
            ));
        }
        let mut settings = settings(&args);
        settings.api_key = api_key;
        let frozen_at = args
            .freeze_clock
            .map(|time| time.map_or_else(since_1970, |time| time.0));
        Ok(Self {
            listen,
            data: args.data,
            settings,
            faults: args.fault,
            frozen_at,
        })
    }

    pub(crate) fn builder(self) -> EmulatorBuilder {
        let mut builder = Emulator::builder()
            .settings(self.settings)
            .listen(self.listen);
        if let Some(folder) = self.data {
            builder = builder.data_dir(folder);
        }
        if let Some(time) = self.frozen_at {
            builder = builder.frozen_at(time);
        }
        self.faults
            .into_iter()
            .fold(builder, EmulatorBuilder::fault)
    }
}

fn since_1970() -> Duration {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default()
}

fn settings(args: &EmulatorArgs) -> Settings {
    let mut settings = Settings::default();
    settings.seed = args.seed;
    settings.public_url.clone_from(&args.public_url);
    settings.key_scopes = args.key_scopes.clone().unwrap_or_default();
    let durations = [
        (&mut settings.upload_url_lifetime, args.upload_url_lifetime),
        (
            &mut settings.download_url_lifetime,
            args.download_url_lifetime,
        ),
        (&mut settings.replay_lifetime, args.replay_lifetime),
        (&mut settings.processing_time, args.processing_time),
        (&mut settings.agent_thinking_time, args.agent_thinking_time),
        (
            &mut settings.agent_generating_time,
            args.agent_generating_time,
        ),
        (&mut settings.job_time, args.job_time),
    ];
    for (setting, given) in durations {
        if let Some(limit) = given {
            *setting = limit.0;
        }
    }
    if let Some(times) = args.complete_conflicts {
        settings.complete_conflicts = times;
    }
    settings.max_running_jobs = args.max_running_jobs;
    settings.rate_limit = args
        .rate_limit
        .map(|requests| RateLimit::new(requests.get(), args.rate_window.0));
    if let Some(requests) = args.speech_rate_limit {
        let minute = Duration::from_secs(60);
        settings.speech_rate_limit = Some(RateLimit::new(requests.get(), minute));
    }
    if let Some(slots) = args.voice_slots {
        settings.professional_voice_slots = slots;
    }
    settings.digital_twins_need_consent = args.require_consent;
    settings.refuses_unknown_ids = args.refuse_unknown_ids;
    if let Some(bytes) = args.single_request_max {
        settings.single_request_max_bytes = bytes;
    }
    if let Some(status) = args.single_request_too_large {
        settings.single_request_too_large = match status {
            TooLargeStatus::BadRequest => TooLarge::BadRequest,
            TooLargeStatus::PayloadTooLarge => TooLarge::PayloadTooLarge,
        };
    }
    if let Some(bytes) = args.direct_max {
        settings.max_bytes.default = bytes;
        if let Some(zip) = settings.max_bytes.by_type.get_mut(&MediaType::Zip) {
            *zip = bytes.min(*zip);
        }
    }
    settings.refuses_unknown_fields = !args.accept_unknown_fields;
    settings.takes_base64_digests = args.accept_base64_digests;
    settings
}
