use std::{num::NonZeroU32, path::PathBuf};

use clap::{Args, ValueEnum, ValueHint};
use heygen_emulator::{Fault, KeyScopes};

use super::values::{Listen, TimeLimit, WallClock, number};

/// `heygen-rs emulator`.
#[derive(Debug, Args)]
pub(crate) struct EmulatorArgs {
    /// Where to listen: PORT or ADDRESS:PORT; port 0 takes a free one
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    pub(crate) listen: Listen,
    /// Keep everything in this folder, for another run to go on with [default: keep nothing]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) data: Option<PathBuf>,
    /// The URL under which clients reach it, and whose host it answers to [default: the address
    /// that it listens on]
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(crate) public_url: Option<String>,
    /// The number from which ids, secrets and the key are made
    #[arg(long, value_parser = number::<u64>, allow_negative_numbers = true, value_name = "N", default_value = "0")]
    pub(crate) seed: u64,

    /// What the key may do: 'full', 'read_only', or scopes such as 'assets:write,videos:read'
    /// [default: full]
    #[arg(long, value_name = "SCOPES", help_heading = BEHAVIOUR)]
    pub(crate) key_scopes: Option<KeyScopes>,
    /// How long a presigned URL accepts a PUT [default: 1h]
    #[arg(long, value_name = "TIME", help_heading = BEHAVIOUR)]
    pub(crate) upload_url_lifetime: Option<TimeLimit>,
    /// How long the URL of an asset can be fetched [default: 168h]
    #[arg(long, value_name = "TIME", help_heading = BEHAVIOUR)]
    pub(crate) download_url_lifetime: Option<TimeLimit>,
    /// How long a response is replayed under its idempotency key [default: 24h]
    #[arg(long, value_name = "TIME", help_heading = BEHAVIOUR)]
    pub(crate) replay_lifetime: Option<TimeLimit>,
    /// How long an asset is 'processing' before it is 'completed' [default: 2s]
    #[arg(long, value_name = "TIME", help_heading = BEHAVIOUR)]
    pub(crate) processing_time: Option<TimeLimit>,
    /// How long a video agent session is 'thinking' [default: 2s]
    #[arg(long, value_name = "TIME", help_heading = BEHAVIOUR)]
    pub(crate) agent_thinking_time: Option<TimeLimit>,
    /// How long it is 'generating' after that [default: 5s]
    #[arg(long, value_name = "TIME", help_heading = BEHAVIOUR)]
    pub(crate) agent_generating_time: Option<TimeLimit>,
    /// How long any other job takes: videos, translations, avatars and the rest [default: 5s]
    #[arg(long, value_name = "TIME", help_heading = BEHAVIOUR)]
    pub(crate) job_time: Option<TimeLimit>,
    /// How many jobs that make a video may run at once [default: any number]
    #[arg(long, value_parser = number::<usize>, allow_negative_numbers = true, value_name = "N", help_heading = BEHAVIOUR)]
    pub(crate) max_running_jobs: Option<usize>,
    /// How many requests are taken in a window of time; more are answered with 429 [default: any
    /// number]
    #[arg(long, value_parser = number::<NonZeroU32>, allow_negative_numbers = true, value_name = "N", help_heading = BEHAVIOUR)]
    pub(crate) rate_limit: Option<NonZeroU32>,
    /// How long that window is
    #[arg(
        long,
        value_name = "TIME",
        default_value = "60s",
        requires = "rate_limit",
        help_heading = BEHAVIOUR
    )]
    pub(crate) rate_window: TimeLimit,
    /// How many requests for speech of a model are taken in a minute, besides that [default: 30]
    #[arg(long, value_parser = number::<NonZeroU32>, allow_negative_numbers = true, value_name = "N", help_heading = BEHAVIOUR)]
    pub(crate) speech_rate_limit: Option<NonZeroU32>,
    /// How many professional voices may be trained for that speech [default: 3]
    #[arg(long, value_parser = number::<usize>, allow_negative_numbers = true, value_name = "N", help_heading = BEHAVIOUR)]
    pub(crate) voice_slots: Option<usize>,
    /// Have digital twins wait for the consent of the person that they show
    #[arg(long, help_heading = BEHAVIOUR)]
    pub(crate) require_consent: bool,
    /// Refuse ids of avatars, voices, glossaries and brand kits that the emulator does not know
    #[arg(long, help_heading = BEHAVIOUR)]
    pub(crate) refuse_unknown_ids: bool,
    /// How often 'complete' answers 409 although the object is there, per asset [default: 0]
    #[arg(long, value_parser = number::<u32>, allow_negative_numbers = true, value_name = "N", help_heading = BEHAVIOUR)]
    pub(crate) complete_conflicts: Option<u32>,
    /// The largest file that POST /v3/assets takes [default: 33554432]
    #[arg(long, value_parser = number::<u64>, allow_negative_numbers = true, value_name = "BYTES", help_heading = BEHAVIOUR)]
    pub(crate) single_request_max: Option<u64>,
    /// What POST /v3/assets answers above that [default: 400]
    #[arg(long, value_name = "STATUS", help_heading = BEHAVIOUR)]
    pub(crate) single_request_too_large: Option<TooLargeStatus>,
    /// The largest file that a direct upload takes; zip keeps its own limit [default: 5368709120]
    #[arg(long, value_parser = number::<u64>, allow_negative_numbers = true, value_name = "BYTES", help_heading = BEHAVIOUR)]
    pub(crate) direct_max: Option<u64>,
    /// Accept request fields that the API does not know
    #[arg(long, help_heading = BEHAVIOUR)]
    pub(crate) accept_unknown_fields: bool,
    /// Accept digests in base64 besides hexadecimal ones
    #[arg(long, help_heading = BEHAVIOUR)]
    pub(crate) accept_base64_digests: bool,

    /// Have something go wrong, such as 'storage_put:reset-after=1048576'; can be repeated
    #[arg(long, value_name = "FAULT", help_heading = TRIALS)]
    pub(crate) fault: Vec<Fault>,
    /// Have the clock stand still, at this time or at the present one
    #[arg(
        long,
        value_name = "TIME",
        num_args = 0..=1,
        require_equals = true,
        help_heading = TRIALS
    )]
    pub(crate) freeze_clock: Option<Option<WallClock>>,
}

/// What a file that is too large for one request is answered with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TooLargeStatus {
    /// `invalid_parameter`
    #[value(name = "400")]
    BadRequest,
    /// `payload_too_large`
    #[value(name = "413")]
    PayloadTooLarge,
}

const BEHAVIOUR: &str = "Behaviour";
const TRIALS: &str = "Faults and clock";

pub(super) const EXAMPLES: &str = "\
Examples:
  heygen-rs emulator
  heygen-rs emulator --listen 8080 --data ./emulated
  heygen-rs emulator --complete-conflicts 3 --upload-url-lifetime 10s
  heygen-rs emulator --job-time 30s --rate-limit 10 --rate-window 1s
  heygen-rs emulator --fault create_direct_upload:status=503,retry-after=2,times=3
  heygen-rs emulator --fault webhook:bad-signature --freeze-clock=2030-01-31T12:00:00Z";

pub(super) const NOTES: &str = "\
One line of JSON on standard output has its 'url' and 'api_key'; a SIGINT or SIGTERM ends it.
HEYGEN_EMULATOR_API_KEY sets the key that requests have to carry. It is required for any address
but a loopback one, because the key that is made from the seed can be guessed.

Requests for any other host than this machine, the address that it listens on and that of
--public-url are refused with 403: a page in a browser can have a name of its own lead here.

A FAULT is TARGET:WORD,WORD=VALUE,... or a JSON object. The TARGET is an operation such as
complete_asset, storage_put, storage_get, any or webhook. Of these words one says what goes wrong:
  status=503 · storage=SlowDown · raw=502 · close · reset-after=BYTES · stall-after=BYTES
  answer-reset-after=BYTES · answer-stall-after=BYTES · truncated · duplicated · not-visible
  job-fails=CODE · slot={...} · of a webhook: dropped, doubled, reordered or bad-signature
These stand beside it, or alone:
  delay=TIME · slow-reading=BYTES/TIME · slow-writing=BYTES/TIME · then-reset
and these only beside it:
  code= · message= · retry-after=SECONDS · headers= · body= · early · after-effect · asset=ID
  times=N, or times=always

While it runs, GET /_emulator lists what can be asked and changed with the same key: faults, clock,
assets, requests, deliveries, snapshots and a reset.";
