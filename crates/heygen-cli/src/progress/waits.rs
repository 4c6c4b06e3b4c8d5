use std::{path::Path, time::Duration};

use heygen_client::Progress;

use super::{ELSEWHERE, Meter, is_due, retrying, shortage};
use crate::console::Console;

/// What explains why nothing seems to happen, and nothing else.
#[derive(Debug)]
pub(super) struct Waits;

impl Meter for Waits {
    fn show(&mut self, file: &Path, progress: &Progress<'_>, console: Console) {
        match progress {
            Progress::Elsewhere => console.warning(Some(file), "elsewhere", ELSEWHERE),
            Progress::Retrying {
                step,
                failure,
                wait,
            } if !is_expected(failure.status, *wait) && is_due() => {
                console.warning(Some(file), "retrying", &retrying(step, failure, *wait));
            }
            Progress::LocalResources { error, wait } if is_due() => {
                console.warning(Some(file), "retrying", &shortage(*error, *wait));
            }
            _ => {}
        }
    }
}

/// Returns whether a retry is part of an upload that goes well: storage may show an object a little
/// late, and until then `complete` answers 409.
fn is_expected(status: Option<u16>, wait: Duration) -> bool {
    status == Some(409) && wait < Duration::from_secs(1)
}
