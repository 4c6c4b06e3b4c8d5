//! What has to hold.

use std::{collections::HashSet, time::Duration};

use heygen_client::{Asset, Error, ErrorKind, RetryPolicy, Route, WaitPolicy};
use heygen_emulator::AssetEntry;

use super::{
    assets::{Finalised, Verdict},
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
    let run = &state.processes[process].run;
    let version = run.version;
    if !run.told_of.contains(asset.asset_id.as_str()) {
        let id = &asset.asset_id;
        return state.breaks(|| format!("{id} is reported, which the server did not speak of"));
    }
    let entries = state.core.assets(state.server_time());
    let entry = entries.iter().find(|entry| entry.id == asset.asset_id);
    let Some(entry) = entry.filter(|entry| entry.is_finalised) else {
        return state.breaks(|| format!("{} is reported and not there", asset.asset_id));
    };
    let content = entry.content.as_ref().map(heygen_emulator::Blob::read);
    let Some(Ok(content)) = content else {
        return state.breaks(|| format!("{} has no content", asset.asset_id));
    };
    if state.file.version_with(&content, version).is_none() {
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
    let took = state.agenda.now - it.began;
    let deadline = state.schedule.deadline.filter(|_| !state.is_calm);
    if deadline.is_some_and(|deadline| took > deadline + it.suspended) {
        return state.breaks(|| format!("a run took {took:?}, more than its deadline"));
    }
    // How long another process may take is not limited otherwise.
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
    if took > limit + it.suspended {
        state.breaks(|| format!("a run took {took:?}, more than its limits allow"));
    }
}

/// Once nothing goes wrong any more, the same command succeeds.
pub(super) fn in_peace(state: &State, failed: &[Failed]) -> Result<(), String> {
    let size = state.file.size_bytes();
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

/// Nothing is doubled, and nothing is left that nobody knows of.
pub(super) fn at_the_end(world: &World) -> Result<(), String> {
    let mut state = world.state();
    let entries = state.core.assets(state.server_time());
    let ids: HashSet<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    if ids.len() != entries.len() {
        return Err("two assets have one id".to_owned());
    }
    if let Some(record) = state.core.requests().find(|it| it.leaks_credential) {
        return Err(format!("storage saw a credential: {record:?}"));
    }
    let finalised = entries
        .iter()
        .filter(|entry| entry.is_finalised)
        .map(|entry| finalised(&state, entry))
        .collect::<Result<Vec<_>, _>>()?;
    let present = state.file.version();
    let assets = &state.facts.assets;
    let verdict = assets.judge(&finalised, present)?;
    let is_put_excused = state.facts.is_put_excused;
    let report = &mut state.report;
    report.schedules = 1;
    report.put_again_excused = is_put_excused.into();
    report.one_asset_excused = (verdict == Verdict::Excused).into();
    Ok(())
}

/// Says which version of the file an asset holds.
fn finalised<'a>(state: &State, entry: &'a AssetEntry) -> Result<Finalised<'a>, String> {
    let id = entry.id.as_str();
    let content = entry.content.as_ref().map(heygen_emulator::Blob::read);
    let Some(Ok(content)) = content else {
        return Err(format!("{id} has no content"));
    };
    match state.file.version_with(&content, 0) {
        Some(version) => Ok(Finalised { id, version }),
        None => Err(format!("{id} holds what the file never was")),
    }
}
