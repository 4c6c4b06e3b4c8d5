//! How a remembered upload is shown.

use std::time::SystemTime;

use comfy_table::{Table, TableStyle};
use heygen_client::{
    Route,
    types::{AssetId, MediaType, Sha256Digest},
};
use heygen_journal::{RememberedUpload, State};
use indicatif::HumanBytes;
use jiff::Timestamp;
use serde::Serialize;

use crate::{escape, report::json::line};

/// Fields are added here over time, but none goes and none changes.
#[derive(Serialize)]
struct UploadLine<'a> {
    id: String,
    state: &'static str,
    /// The path, or `sha256:` and the digest of what is no file.
    file: &'a str,
    name: &'a str,
    mime_type: &'a MediaType,
    size_bytes: u64,
    sha256: Option<Sha256Digest>,
    route: Route,
    asset_id: Option<&'a AssetId>,
    /// A hash of server and credential, by which accounts are told apart.
    account: &'a str,
    begun_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
}

pub(super) fn json(upload: &RememberedUpload) -> String {
    line(&UploadLine {
        id: upload.id.to_string(),
        state: upload.state.as_str(),
        file: &upload.source,
        name: &upload.plan.file_name,
        mime_type: &upload.plan.media_type,
        size_bytes: upload.plan.size.bytes(),
        sha256: upload.digest,
        route: route(upload),
        asset_id: upload.asset_id.as_ref(),
        account: upload.account.as_str(),
        begun_at: time(upload.created),
        updated_at: time(upload.updated),
    })
}

pub(super) fn table(uploads: &[RememberedUpload]) -> String {
    if uploads.is_empty() {
        return "none\n".to_owned();
    }
    let mut table = Table::new();
    table.load_style(TableStyle::new());
    table.set_header(["ID", "STATE", "ASSET_ID", "SIZE", "UPDATED_AT", "FILE"]);
    for upload in uploads {
        let id = upload.id.to_string();
        let asset_id = upload.asset_id.as_ref().map(AssetId::as_str);
        table.add_row([
            id[..SHORT_ID].to_owned(),
            upload.state.to_string(),
            escape::message(asset_id.unwrap_or("-")),
            HumanBytes(upload.plan.size.bytes()).to_string(),
            shown(upload.updated),
            escape::message(&upload.source),
        ]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let lines = table.lines().map(|line| format!("{}\n", line.trim_end()));
    lines.collect()
}

/// Shows all that is known, a line per field.
pub(super) fn page(upload: &RememberedUpload) -> String {
    let plan = &upload.plan;
    let state = match upload.state {
        State::Begun => "begun: whether storage has the bytes is not known",
        State::Stored => "stored: storage has the bytes, and the upload has to be completed",
        _ => upload.state.as_str(),
    };
    let mut lines = vec![
        ("id", upload.id.to_string()),
        ("state", state.to_owned()),
        ("file", upload.source.clone()),
        ("name", plan.file_name.clone()),
        ("type", plan.media_type.as_str().to_owned()),
        ("size", format!("{} bytes", plan.size.bytes())),
    ];
    let mut add = |name, value: Option<String>| lines.extend(value.map(|value| (name, value)));
    add("sha256", upload.digest.map(|digest| digest.to_string()));
    add("route", Some(route(upload).to_string()));
    add(
        "asset id",
        upload.asset_id.as_ref().map(ToString::to_string),
    );
    add("account", Some(upload.account.as_str().to_owned()));
    add("begun at", Some(shown(upload.created)));
    add("updated at", Some(shown(upload.updated)));
    let lines = lines
        .iter()
        .map(|(name, value)| format!("{name:10}  {}\n", escape::message(value)));
    lines.collect()
}

/// Returns the way that the file went, or was to go.
fn route(upload: &RememberedUpload) -> Route {
    let finished = upload.finished.as_ref();
    finished.map_or(upload.plan.route, |finished| finished.route)
}

fn shown(time_of: SystemTime) -> String {
    time(time_of).map_or_else(|| "-".to_owned(), |time| time.to_string())
}

fn time(time: SystemTime) -> Option<Timestamp> {
    let time = Timestamp::try_from(time).ok()?;
    Timestamp::from_second(time.as_second()).ok()
}

/// As many digits as people can tell apart; what takes an id takes fewer, too.
const SHORT_ID: usize = 12;
