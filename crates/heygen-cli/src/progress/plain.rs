use std::{path::Path, time::Duration};

use heygen_client::Progress;
use indicatif::{HumanBytes, HumanDuration};

use super::{ELSEWHERE, Meter, Phase, resumed, retrying, shortage};
use crate::{console::Console, escape};

/// Lines of text, for logs and for those who cannot see bars.
#[derive(Debug, Default)]
pub(super) struct Plain {
    phase: Option<Phase>,
}

impl Meter for Plain {
    fn show(&mut self, file: &Path, progress: &Progress<'_>, console: Console) {
        if let Some(text) = self.text(progress) {
            let file = escape::name(file.as_os_str());
            console.passing_message(&format!("{file}: {}\n", escape::message(&text)));
        }
    }
}

impl Plain {
    fn text(&mut self, progress: &Progress<'_>) -> Option<String> {
        Some(match progress {
            Progress::Planned {
                media_type,
                size,
                route,
                ..
            } => format!(
                "{}, {}, {route}",
                media_type.as_str(),
                HumanBytes(size.bytes())
            ),
            Progress::Hashing { done, total } => {
                self.count("hashing", (done.bytes(), total.bytes()))?
            }
            Progress::Sending { done, total } => {
                self.count("sending", (done.bytes(), total.bytes()))?
            }
            Progress::Elsewhere => ELSEWHERE.to_owned(),
            Progress::AlreadyStored { asset_id } => format!("stored already as {asset_id}"),
            Progress::Resumed { stored } => resumed(*stored).to_owned(),
            Progress::Finishing => "finishing".to_owned(),
            Progress::Waiting => "waiting until it is processed".to_owned(),
            Progress::Retrying {
                step,
                failure,
                wait,
            } => retrying(step, failure, *wait),
            Progress::LocalResources { error, wait } => shortage(*error, *wait),
            Progress::GoingDirect => "too large for one request, going direct".to_owned(),
            Progress::NewUrl => "the upload URL has expired, asking for another".to_owned(),
            _ => return None,
        })
    }

    fn count(&mut self, name: &'static str, (done, total): (u64, u64)) -> Option<String> {
        if !Phase::is_due(&mut self.phase, name, (done, total), PAUSE) {
            return None;
        }
        let percent = done.saturating_mul(100).checked_div(total).unwrap_or(100);
        let mut text = format!("{name} {percent}% of {}", HumanBytes(total));
        if let Some(speed) = self.phase.as_ref().and_then(Phase::bytes_per_second)
            && speed >= 1.0
        {
            text = format!("{text}, {}/s", HumanBytes(speed as u64));
            let left = Duration::try_from_secs_f64(total.saturating_sub(done) as f64 / speed);
            if let Ok(left) = left
                && left.as_secs() > 0
            {
                text = format!("{text}, {} left", HumanDuration(left));
            }
        }
        Some(text)
    }
}

const PAUSE: Duration = Duration::from_secs(2);
