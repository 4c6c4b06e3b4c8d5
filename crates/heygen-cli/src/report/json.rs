//! One JSON object per line. Fields are added here over time, but none goes and none changes.

use std::{borrow::Cow, path::Path};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use heygen_client::{
    Route,
    types::{AssetId, MediaType, Sha256Digest, Url, batches::ItemStatus},
};
use serde::Serialize;

use super::{FromMemory, Planned, Uploaded};
use crate::{escape, failure::Failure};

/// The name of a file. What is not UTF-8 is shown as `\xE9`, and the bytes are there as well: two
/// names are never one.
#[derive(Serialize)]
pub(crate) struct FileFields<'a> {
    file: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_base64: Option<String>,
}

impl<'a> From<&'a Path> for FileFields<'a> {
    fn from(path: &'a Path) -> Self {
        let bytes = path.as_os_str().as_encoded_bytes();
        let is_text = path.to_str().is_some();
        Self {
            file: path_text(path),
            file_base64: (!is_text).then(|| BASE64_STANDARD.encode(bytes)),
        }
    }
}

/// Returns a path as it is, or with `\xE9` for what is not UTF-8.
pub(crate) fn path_text(path: &Path) -> Cow<'_, str> {
    match path.to_str() {
        Some(path) => path.into(),
        None => escape::name(path.as_os_str()).into(),
    }
}

#[derive(Serialize)]
struct UploadedLine<'a> {
    #[serde(flatten)]
    file: FileFields<'a>,
    asset_id: &'a AssetId,
    url: &'a Url,
    mime_type: &'a MediaType,
    size_bytes: u64,
    /// `null` when the file was not hashed.
    sha256: Option<Sha256Digest>,
    route: Route,
    /// `null` when the server said nothing of it, as for a single request.
    status: Option<&'a ItemStatus>,
    attempts: u32,
    elapsed_ms: u128,
    /// Nothing was sent: the journal knew the asset.
    reused: bool,
    /// The journal knew that it was begun before.
    resumed: bool,
    /// The path under which the file was uploaded, when this is another path to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<Cow<'a, str>>,
}

#[derive(Serialize)]
struct PlannedLine<'a> {
    #[serde(flatten)]
    file: FileFields<'a>,
    mime_type: &'a MediaType,
    size_bytes: u64,
    route: Route,
    dry_run: bool,
}

#[derive(Serialize)]
struct FailureLine<'a> {
    #[serde(flatten)]
    file: Option<FileFields<'a>>,
    error: ErrorFields<'a>,
}

#[derive(Serialize)]
struct ErrorFields<'a> {
    code: &'a str,
    message: Cow<'a, str>,
    step: &'a str,
    hint: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    param: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc_url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    retryable: bool,
}

#[derive(Serialize)]
struct WarningLine<'a> {
    event: &'static str,
    #[serde(flatten)]
    file: Option<FileFields<'a>>,
    code: &'a str,
    message: &'a str,
}

pub(crate) fn uploaded(file: &Path, uploaded: &Uploaded) -> String {
    let asset = &uploaded.asset;
    line(&UploadedLine {
        file: file.into(),
        asset_id: &asset.asset_id,
        url: &asset.url,
        mime_type: &asset.media_type,
        size_bytes: asset.size.bytes(),
        sha256: asset.sha256,
        route: asset.route,
        status: asset.status.as_ref(),
        attempts: asset.attempts,
        elapsed_ms: uploaded.elapsed.as_millis(),
        reused: uploaded.memory == FromMemory::Reused,
        resumed: uploaded.memory == FromMemory::Resumed,
        same_as: uploaded.same_as.as_deref().map(path_text),
    })
}

pub(crate) fn planned(file: &Path, planned: &Planned) -> String {
    line(&PlannedLine {
        file: file.into(),
        mime_type: &planned.media_type,
        size_bytes: planned.size.bytes(),
        route: planned.route,
        dry_run: true,
    })
}

pub(crate) fn failure(file: Option<&Path>, failure: &Failure) -> String {
    let message = if failure.causes.is_empty() {
        Cow::Borrowed(failure.message.as_str())
    } else {
        let causes = failure.causes.join(": ");
        format!("{} (cause: {causes})", failure.message).into()
    };
    line(&FailureLine {
        file: file.map(FileFields::from),
        error: ErrorFields {
            code: &failure.code,
            message,
            step: failure.step,
            hint: &failure.hint,
            param: failure.param.as_deref(),
            doc_url: failure.doc_url.as_deref(),
            request_id: failure.request_id.as_deref(),
            retryable: failure.retryable,
        },
    })
}

pub(crate) fn warning(file: Option<&Path>, code: &str, text: &str) -> String {
    line(&WarningLine {
        event: "warning",
        file: file.map(FileFields::from),
        code,
        message: text,
    })
}

/// Returns a value as one line with its end.
pub(crate) fn line(value: &impl Serialize) -> String {
    let mut line = serde_json::to_string(value).expect("maps with string keys serialise");
    line.push('\n');
    line
}
