use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use heygen_types::{
    AssetId, MediaType, Url, limits,
    video_agents::{AgentMode, AgentStatus, CreatedVideoAgent, Orientation},
};
use serde_json::Value;

use super::{Answer, Call, call::data};
use crate::{fields::Fields, problem::Problem, state::Session};

/// `POST /v3/video-agents`
pub(super) fn answer(call: &mut Call<'_>, json: &Bytes) -> Answer {
    let mut fields = Fields::parse(json)?;
    let prompt = fields.text("prompt")?;
    let length = prompt.chars().count();
    if !limits::AGENT_PROMPT_LENGTH.contains(&length) {
        let problem = format!("has {length} characters, 1 to 10000 are taken");
        return Err(fields.refuse("prompt", &problem));
    }
    for name in IDS {
        fields.optional_text(name)?;
    }
    if fields
        .optional_text("brand_glossary_id")?
        .is_some_and(|id| id.is_empty())
    {
        return Err(fields.refuse("brand_glossary_id", "is empty"));
    }
    if let Some(url) = fields.optional_text("callback_url")?
        && url.parse::<Url>().is_err()
    {
        return Err(fields.refuse("callback_url", "is not an http or https URL"));
    }
    fields.optional_bool("incognito_mode")?;
    fields.optional_choice("orientation", Orientation::KNOWN)?;
    let mode = fields.optional_choice("mode", AgentMode::KNOWN)?;
    let files = fields.optional_list("files")?.unwrap_or_default();
    if files.len() > limits::AGENT_FILES_MAX {
        let problem = format!(
            "has {} entries, at most {} are taken",
            files.len(),
            limits::AGENT_FILES_MAX
        );
        return Err(fields.refuse("files", &problem));
    }
    for (index, file) in files.into_iter().enumerate() {
        check_file(call, &format!("files[{index}]"), file)?;
    }
    fields.finish(call.settings.refuses_unknown_fields)?;

    let ids = &mut call.state.ids;
    let session_id: heygen_types::SessionId = ids
        .next("session")
        .try_into()
        .expect("letters, digits and an underscore are an id");
    let video_id = ids
        .next("video")
        .try_into()
        .expect("letters, digits and an underscore are an id");
    let session = Session {
        created_at: call.now,
        prompt,
        is_chat: mode.is_some_and(|mode| mode == AgentMode::Chat.as_str()),
        video_id,
    };
    call.state.sessions.insert(session_id.clone(), session);
    call.state.is_dirty = true;
    let created_at = Call::unix_seconds(call.now);
    data(CreatedVideoAgent::new(
        created_at,
        session_id,
        AgentStatus::Thinking,
    ))
}

/// Judges a file that a request refers to or carries.
fn check_file(call: &Call<'_>, name: &str, file: Value) -> Result<(), Problem> {
    let mut fields = Fields::entry(name, file)?;
    match fields.text("type")?.as_str() {
        "asset_id" => check_asset(call, &mut fields)?,
        "url" => {
            let url: Result<Url, _> = fields.text("url")?.parse();
            if !url.is_ok_and(|url| url.as_str().to_ascii_lowercase().starts_with("https://")) {
                return Err(fields.refuse("url", "is not a public https URL"));
            }
        }
        "base64" => check_base64(call, &mut fields)?,
        _ => return Err(fields.refuse("type", "is not one of asset_id, url, base64")),
    }
    fields.finish(call.settings.refuses_unknown_fields)
}

/// Refuses an asset that cannot be used. An unknown one is `invalid_parameter`; one whose upload
/// was never completed is `asset_not_available`, since waiting alone will not make it usable.
fn check_asset(call: &Call<'_>, fields: &mut Fields) -> Result<(), Problem> {
    let text = fields.text("asset_id")?;
    if call.state.finished(&text).is_some() {
        return Ok(());
    }
    let id: Option<AssetId> = text.parse().ok();
    if id.is_some_and(|id| call.state.assets.contains_key(&id)) {
        let problem = fields.refuse("asset_id", "names an asset whose upload is not complete");
        return Err(problem.with_code("asset_not_available"));
    }
    Err(fields.refuse("asset_id", "names no known asset"))
}

fn check_base64(call: &Call<'_>, fields: &mut Fields) -> Result<(), Problem> {
    let media_type = MediaType::from(fields.text("media_type")?.as_str());
    if !media_type.is_accepted_in_single_request() {
        return Err(fields.refuse("media_type", "is not supported"));
    }
    let data = BASE64_STANDARD.decode(fields.text("data")?);
    let data = data.map_err(|error| fields.refuse("data", &format!("is not base64: {error}")))?;
    if data.is_empty() {
        return Err(fields.refuse("data", "is empty"));
    }
    let max = call.settings.single_request_max_bytes;
    if data.len() as u64 > max {
        let problem = format!("has {} bytes, at most {max} are taken", data.len());
        return Err(fields.refuse("data", &problem));
    }
    Ok(())
}

/// Texts that the emulator takes and has no use for.
const IDS: [&str; 5] = [
    "avatar_id",
    "brand_kit_id",
    "callback_id",
    "style_id",
    "voice_id",
];
