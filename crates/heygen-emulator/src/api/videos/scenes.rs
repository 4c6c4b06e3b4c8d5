//! The scenes of a video, told from the request that asked for it.

use serde_json::{Value, json};

use crate::{
    api::{Answer, Call, is_generated},
    state::Collection,
};

/// `GET /v3/videos/{video_id}/scenes`
pub(in crate::api) fn get(call: &Call<'_>) -> Answer {
    let video = call.record(Collection::Videos)?;
    // Only videos that can be edited have scenes.
    if is_generated(video) {
        return Err(call.missing());
    }
    let request = video.hidden.get("request").unwrap_or(&Value::Null);
    let scenes: Vec<Value> = match request["scenes"].as_array() {
        Some(scenes) => scenes.iter().zip(1..).map(studio).collect(),
        None => vec![single(request)],
    };
    let mut about = json!({
        "title": video.text("title"),
        "caption": { "enabled": request["caption"].is_object() },
    });
    for name in ["aspect_ratio", "resolution", "brand_glossary_id"] {
        if let Some(value) = request.get(name).filter(|value| !value.is_null()) {
            about[name] = value.clone();
        }
    }
    call.data(json!({ "video_id": call.parameter(), "video": about, "scenes": scenes }))
}

/// Tells a scene of a studio video.
fn studio((scene, number): (&Value, usize)) -> Value {
    let kind = scene["type"].as_str().unwrap_or_default();
    let input = if kind == "avatar_video" {
        &scene["input"]
    } else {
        scene
    };
    let element = match kind {
        "avatar_video" => avatar(input, number),
        "video" => json!({
            "type": "video",
            "id": format!("video_{number}"),
            "url": scene["source"]["url"],
            "playback": scene["playback"]["mode"],
            "volume": scene["playback"]["volume"],
        }),
        _ => image(&scene["source"], number),
    };
    told(input, number, vec![element])
}

/// Tells the only scene of any other video.
fn single(request: &Value) -> Value {
    let elements = match request["type"].as_str() {
        Some("image") => vec![image(&request["image"], 1)],
        Some("avatar") => vec![avatar(request, 1)],
        Some("cinematic_avatar") => request["avatar_id"]
            .as_array()
            .into_iter()
            .flatten()
            .zip(1..)
            .map(|(id, number)| {
                json!({ "type": "avatar", "id": format!("avatar_{number}"), "avatar_id": id })
            })
            .collect(),
        _ => Vec::new(),
    };
    told(request, 1, elements)
}

fn told(input: &Value, number: usize, elements: Vec<Value>) -> Value {
    let mut scene = json!({
        "id": format!("scene_{number}"),
        "elements": elements,
        "script": script(input, number),
    });
    let background = &input["background"];
    if background["type"] == "image" {
        scene["background"] = json!({
            "type": "image",
            "id": format!("background_{number}"),
            "url": background["url"],
        });
    } else if let Some(color) = background["color"]
        .as_str()
        .or_else(|| background["value"].as_str())
    {
        scene["background"] = json!({ "type": "color", "color": color });
    }
    scene
}

fn script(input: &Value, number: usize) -> Vec<Value> {
    let id = format!("script_{number}");
    if let Some(text) = input["script"].as_str() {
        let mut script = json!({ "type": "text", "id": id, "text": text });
        for name in ["voice_id", "voice_settings"] {
            if !input[name].is_null() {
                script[name] = input[name].clone();
            }
        }
        vec![script]
    } else if !input["audio_url"].is_null() || !input["audio_asset_id"].is_null() {
        vec![json!({ "type": "audio", "id": id, "audio_url": input["audio_url"] })]
    } else if let Some(duration) = input["duration"].as_f64() {
        vec![json!({ "type": "silence", "id": id, "duration": duration })]
    } else {
        Vec::new()
    }
}

fn avatar(input: &Value, number: usize) -> Value {
    json!({
        "type": "avatar",
        "id": format!("avatar_{number}"),
        "avatar_id": input["avatar_id"],
        "engine": input["engine"]["type"].as_str().unwrap_or("avatar_iv"),
        "expressiveness": input["expressiveness"],
        "motion_prompt": input["motion_prompt"],
    })
}

fn image(source: &Value, number: usize) -> Value {
    json!({ "type": "image", "id": format!("image_{number}"), "url": source["url"] })
}
