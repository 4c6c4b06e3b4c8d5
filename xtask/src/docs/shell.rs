//! The same call from a shell.

use serde_json::Value;

use super::api::{Api, items};

/// Returns the command of an operation with what it cannot do without.
pub(super) fn command(api: &Api, id: &str) -> anyhow::Result<String> {
    let operation = api.operation(id)?;
    let mut words = vec!["heygen-rs".to_owned()];
    words.extend(id.split('.').map(kebab));
    for param in items(&operation["path_params"]) {
        words.push(param["name"].as_str().unwrap_or_default().to_uppercase());
    }
    let mut flags: Vec<&Value> = items(&operation["query"]).collect();
    let body = &operation["body"];
    let object = match (body["ref"].as_str(), items(&body["union"]).next()) {
        (Some(name), _) => api.object(name)?,
        (None, Some(first)) => api.object(first.as_str().unwrap_or_default())?,
        (None, None) => body,
    };
    if let Some(tag) = body["tag"].as_str() {
        let value = object["tag_value"].as_str().unwrap_or_default();
        words.push(format!("--{} {value}", kebab(tag)));
        flags.extend(items(&object["fields"]).filter(|field| field["name"] != tag));
    } else {
        flags.extend(items(&object["fields"]));
    }
    for field in flags.into_iter().filter(|field| field["required"] == true) {
        let name = field["name"].as_str().unwrap_or_default();
        words.push(format!("--{} {}", kebab(name), sample(name, field)));
    }
    if operation["method"] == "DELETE" {
        words.push("--yes".to_owned());
    }
    Ok(words.join(" "))
}

/// Writes a value as a shell takes it.
fn sample(name: &str, field: &Value) -> String {
    if let Some(first) = field["enum"][0].as_str() {
        return first.to_owned();
    }
    if let Some(only) = field["const"].as_str() {
        return only.to_owned();
    }
    let mut kinds = items(&field["union"]).chain(items(&field["items"]["union"]));
    let is_file = kinds.any(|kind| kind == "asset_ref.asset_id");
    match name {
        "audio" => "voice.mp3".to_owned(),
        "image" | "identity_images" | "reference_images" => "photo.jpg".to_owned(),
        "srt" => "subtitles.srt".to_owned(),
        "project" => "project.zip".to_owned(),
        _ if is_file => "clip.mp4".to_owned(),
        "prompt" => "'Present this report in a minute'".to_owned(),
        "query" => "'mountains at dawn'".to_owned(),
        "output_languages" => "German".to_owned(),
        "url" => "https://example.com".to_owned(),
        _ if name.ends_with("_id") || name.ends_with("_ids") => name.to_uppercase(),
        _ => match field["type"].as_str() {
            Some("array") => "@file.json".to_owned(),
            Some("map") => "'{}'".to_owned(),
            Some("integer" | "number") => "1".to_owned(),
            _ => format!("'{}'", name.replace('_', " ")),
        },
    }
}

fn kebab(name: &str) -> String {
    name.replace('_', "-")
}
