//! Text for people. What comes from files or servers is escaped; colours are few.

use std::{fmt, path::Path};

use anstyle::{AnsiColor, Style};
use indicatif::HumanBytes;

use super::{FromMemory, Planned, Uploaded};
use crate::{escape, failure::Failure};

pub(crate) fn uploaded(file: &Path, uploaded: &Uploaded) -> String {
    let asset = &uploaded.asset;
    let mut line = format!(
        "{}  {}  {}  {}  {}  {:.1} s",
        escape::message(asset.asset_id.as_str()),
        escape::name(file.as_os_str()),
        escape::message(asset.media_type.as_str()),
        HumanBytes(asset.size.bytes()),
        asset.route,
        uploaded.elapsed.as_secs_f64(),
    );
    if let Some(status) = &asset.status {
        line = format!("{line}  {}", escape::message(status.as_str()));
    }
    if asset.attempts > 1 {
        line = format!("{line}  {} attempts", asset.attempts);
    }
    match uploaded.memory {
        FromMemory::Nothing => {}
        FromMemory::Resumed => line.push_str("  was begun before"),
        FromMemory::Reused => line.push_str("  was stored already"),
    }
    if let Some(first) = &uploaded.same_as {
        line = format!(
            "{line}  is the same file as {}",
            escape::name(first.as_os_str())
        );
    }
    format!("{line}\n  {}\n", escape::message(asset.url.as_str()))
}

pub(crate) fn planned(file: &Path, planned: &Planned) -> String {
    format!(
        "{}  {}  {}  {}\n",
        escape::name(file.as_os_str()),
        escape::message(planned.media_type.as_str()),
        HumanBytes(planned.size.bytes()),
        planned.route,
    )
}

pub(crate) fn failure(file: Option<&Path>, failure: &Failure) -> String {
    let error = styled("error:", RED);
    let hint = styled("hint:", CYAN);
    let mut text = format!(
        "{error} {}{}\n",
        about(file),
        escape::message(&failure.message)
    );
    for cause in &failure.causes {
        text = format!("{text}  cause: {}\n", escape::message(cause));
    }
    let param = failure
        .param
        .as_ref()
        .filter(|it| !failure.message.contains(*it));
    if let Some(param) = param {
        text = format!("{text}  parameter: {}\n", escape::message(param));
    }
    if let Some(url) = &failure.doc_url {
        text = format!("{text}  see: {}\n", escape::message(url));
    }
    if let Some(id) = &failure.request_id {
        text = format!("{text}  request id: {}\n", escape::message(id));
    }
    format!("{text}{hint} {}\n", escape::message(&failure.hint))
}

pub(crate) fn warning(file: Option<&Path>, text: &str) -> String {
    let warning = styled("warning:", YELLOW);
    format!("{warning} {}{}\n", about(file), escape::message(text))
}

pub(crate) fn note(text: &str) -> String {
    format!("{text}\n")
}

fn about(file: Option<&Path>) -> String {
    let about = file.map(|file| format!("{}: ", escape::name(file.as_os_str())));
    about.unwrap_or_default()
}

fn styled(text: &'static str, style: Style) -> impl fmt::Display {
    format!("{style}{text}{style:#}")
}

const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();
const CYAN: Style = AnsiColor::Cyan.on_default();
