//! `assets upload`: one file in one request, as the operation has it.

use std::path::{Path, PathBuf};

use clap::{Args, Command, ValueHint};
use heygen_client::{Client, RawRequest, RawResponse, Source, media};
use heygen_types::{ByteSize, IdempotencyKey, MediaType, Method, OperationId, limits};

use super::{
    in_doubt,
    local_file::{elsewhere, open, refused, unreadable},
    run,
};
use crate::{
    args::{HELP_TEMPLATE, idempotency_key, media_type},
    console::Console,
    escape,
    failure::Failure,
};

/// `heygen-rs assets upload`.
#[derive(Debug, Args)]
pub(crate) struct SingleArgs {
    /// The file, at most 32 MB [required]
    #[arg(
        required_unless_present = "response_schema",
        value_name = "PATH",
        value_hint = ValueHint::FilePath
    )]
    path: Option<PathBuf>,
    /// The media type, instead of finding it out from the bytes
    #[arg(long, value_name = "TYPE", value_parser = media_type)]
    media_type: Option<MediaType>,
    /// A key of your own: the same key has no second effect within 24 hours [default: a fresh one]
    #[arg(long, value_name = "KEY", value_parser = idempotency_key)]
    idempotency_key: Option<IdempotencyKey>,
    /// Print the JSON Schema of the answer, and send nothing
    #[arg(long)]
    response_schema: bool,
}

impl SingleArgs {
    pub(super) fn command() -> Command {
        Self::augment_args(Command::new("upload"))
            .about("Upload one small file in one request")
            .override_usage("heygen-rs assets upload <PATH> [OPTIONS]")
            .before_help(EXAMPLES)
            .after_help(NOTES)
            .help_template(HELP_TEMPLATE)
    }

    /// Returns the schema that was asked for.
    pub(super) fn schema(&self) -> Option<String> {
        run::schema(OperationId::UploadAsset, false, self.response_schema)
    }

    /// Sends the file and returns the answer.
    pub(super) async fn send(
        self,
        client: &Client,
        console: &Console,
    ) -> Result<RawResponse, Failure> {
        let path = self.path.expect("the parser asked for it");
        let media_type = media_type_of(&path, self.media_type, console).await?;
        let is_kept = self.idempotency_key.is_some();
        let key = match self.idempotency_key {
            Some(key) => Ok(key),
            None => client.fresh_key(),
        };
        let key = key.map_err(|error| Failure::of_client(&error))?;
        let mut request = RawRequest::new(Method::Post, "/v3/assets")
            .about("/v3/assets")
            .file(Source::path(&path), media_type)
            .idempotency_key(key);
        if !is_kept {
            request = request.key_is_forgotten();
        }
        let answer = client.send_raw(&request).await;
        answer.map_err(|error| {
            let mut failure = in_doubt(Failure::of_upload(&error, "single"), &error, &[]);
            let name = escape::name(path.as_os_str());
            failure.message = format!("{name}: {}", failure.message);
            failure
        })
    }
}

/// Finds out what a file is, and whether one request can hold it. A type that is asked for is
/// taken, with a warning when the bytes contradict it.
async fn media_type_of(
    path: &Path,
    wanted: Option<MediaType>,
    console: &Console,
) -> Result<MediaType, Failure> {
    let opened = path.to_owned();
    let head = elsewhere(move || {
        let (file, size) = open(&opened)?;
        if ByteSize::new(size) > limits::SINGLE_REQUEST_CLIENT_MAX {
            let problem = "the file is larger than one request takes";
            let hint = "use heygen-rs upload, which takes any size";
            return Err(refused(&opened, "too_large", problem, hint));
        }
        media::read_head(file).map_err(|error| unreadable(&opened, &error))
    });
    let head = head.await?;
    let found = media::detect(&head, path.to_str());
    if let Some(wanted) = wanted {
        if media::contradicts(&head, &wanted) {
            console.type_contradicts_content(path, &wanted, &found.contents());
        }
        return Ok(wanted);
    }
    match found.media_type() {
        Some(media_type) if media_type.is_accepted_in_single_request() => Ok(media_type.clone()),
        _ => {
            let accepted = "one request takes png, jpeg, mp4, webm, mp3, wav, pdf and srt";
            let problem = format!("{}; {accepted}", found.problem());
            Err(refused(path, "unsupported_type", &problem, found.hint()))
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  heygen-rs assets upload photo.png
  heygen-rs assets upload photo.png --json | jq -r .data.asset_id";

const NOTES: &str = "\
POST /v3/assets
heygen-rs upload takes files of any size, several at once, and verifies what was stored.";
