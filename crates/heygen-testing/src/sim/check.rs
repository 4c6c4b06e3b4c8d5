//! What has to hold.

use std::{collections::HashSet, time::Duration};

use heygen_client::{Asset, Checksum, Error, ErrorKind, RetryPolicy, Route, WaitPolicy};
use heygen_emulator::AssetEntry;

use super::{
    exchange::Mishap,
    world::{State, World},
};

/// An end in peace that was not a success.
pub(super) struct Failed {
    kind: ErrorKind,
    text: String,
}

impl Failed {
    pub(super) fn new(error: &Error) -> Self {
        Self {
            kind: error.kind(),
            text: error.to_string(),
        }
    }
}

/// On success the bytes of the file, as it was at some time of this run, are stored under the id.
pub(super) fn success(state: &mut State, process: usize, asset: &Asset) {
    let run = state.processes[process].run;
    let entries = state.core.assets(state.server_time());
    let entry = entries.iter().find(|entry| entry.id == asset.asset_id);
    let Some(entry) = entry.filter(|entry| entry.is_finalised) else {
        return state.breaks(|| format!("{} is reported and not there", asset.asset_id));
    };
    let content = entry.content.as_ref().map(heygen_emulator::Blob::read);
    let Some(Ok(content)) = content else {
        return state.breaks(|| format!("{} has no content", asset.asset_id));
    };
    let versions = state.file.versions();
    if !versions[run.version..]
        .iter()
        .any(|version| *version == content[..])
    {
        state.breaks(|| "what is stored is not what was on the disk".to_owned());
    }
    if asset
        .sha256
        .is_some_and(|digest| Some(digest) != entry.sha256)
    {
        state.breaks(|| "the digest that is reported is another".to_owned());
    }
}

/// A run stays within its limits.
pub(super) fn budgets(state: &mut State, process: usize) {
    let it = &state.processes[process].run;
    // The time that a server or a network takes is not the upload's own.
    if it.waited_for_other {
        return;
    }
    let retry = RetryPolicy::default();
    let generations = retry.max_generations;
    // Once for the upload and once for the look at an asset that is stored already.
    let mut limit = 2 * (retry.wait_budget + retry.cap);
    // Storage is given a minute to show an object, before and after one more PUT.
    limit += 2 * generations * Duration::from_secs(60);
    if state.schedule.waits {
        let wait = WaitPolicy::default();
        limit += wait.limit + wait.cap;
    }
    // No request may take longer than connecting, a stall and an answer that is late.
    let longest = Duration::from_secs(10 + 30 + 60 + 60);
    let parts = Duration::from_secs(8 * 40);
    let requests = u32::try_from(it.requests).unwrap_or(u32::MAX);
    limit += requests * (longest + parts);
    let took = state.agenda.now - it.began;
    if took > limit + it.suspended {
        state.breaks(|| format!("a run took {took:?}, more than its limits allow"));
    }
}

/// Once nothing goes wrong any more, the same command succeeds.
pub(super) fn in_peace(state: &State, round: u32, failed: &[Failed]) -> Result<(), String> {
    // A journal that could not be told that an upload is hopeless has it tried once more.
    if round == 0 && state.facts.journal_failed {
        return Ok(());
    }
    let size = state.schedule.content.len() as u64;
    for Failed { kind, text } in failed {
        let too_large = *kind == ErrorKind::TooLarge
            && state.schedule.route == Route::Single
            && size > state.schedule.server.single_request_max_bytes;
        if !too_large {
            return Err(format!("the same command fails in peace: {text}"));
        }
    }
    Ok(())
}

/// Nothing is doubled.
pub(super) fn at_the_end(world: &World) -> Result<(), String> {
    let state = world.state();
    let entries = state.core.assets(state.server_time());
    let finalised: Vec<&AssetEntry> = entries.iter().filter(|it| it.is_finalised).collect();
    if entries
        .iter()
        .map(|entry| &entry.id)
        .collect::<HashSet<_>>()
        .len()
        != entries.len()
    {
        return Err("two assets have one id".to_owned());
    }
    if let Some(record) = state.core.requests().find(|it| it.leaks_credential) {
        return Err(format!("storage saw a credential: {record:?}"));
    }
    let is_excused_put =
        state.schedule.excuses.put_again || state.facts.journal_failed || has_late_puts(&state);
    if !is_excused_put {
        let twice = state.facts.stored.values().find(|times| **times > 1);
        if let Some(times) = twice {
            return Err(format!("storage accepted the same PUT {times} times"));
        }
    }
    if is_excused(&state) {
        return Ok(());
    }
    let expected = usize::from(!state.facts.reported.is_empty());
    if finalised.len() != expected {
        let ids: Vec<&str> = finalised.iter().map(|entry| entry.id.as_str()).collect();
        return Err(format!("one file became {ids:?}"));
    }
    Ok(())
}

/// The network itself may bring the same PUT twice, or after the client asked whether it came.
fn has_late_puts(state: &State) -> bool {
    state
        .conns
        .iter()
        .any(|conn| conn.head.method == http::Method::PUT && conn.fate.mishap.is_some_and(is_late))
}

/// A client that has given up an asset for another cannot call a request back that has not arrived.
fn has_late_completions(state: &State) -> bool {
    state.conns.iter().any(|conn| {
        conn.head.uri.path().ends_with("/complete") && conn.fate.mishap.is_some_and(is_late)
    })
}

const fn is_late(mishap: Mishap) -> bool {
    matches!(mishap, Mishap::Late(_) | Mishap::Doubled(_))
}

/// Tells whether one file may have become several assets through no fault of the client.
fn is_excused(state: &State) -> bool {
    // A server keeps a key for a day.
    const DAY: Duration = Duration::from_secs(23 * 3600);
    state.schedule.excuses.doubled
        || state.schedule.checksum == Checksum::Off
        || state.facts.journal_failed
        || has_late_completions(state)
        || state.file.version() > 0
        || state.agenda.now > DAY
}
