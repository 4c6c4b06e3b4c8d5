//! What is there before anybody makes anything: a few voices, avatars, templates, styles and
//! sounds. HeyGen's own library has thousands; these have ids of their own.

mod languages;
mod searched;

use std::time::Duration;

use serde_json::json;

use crate::state::{Collection, Record, Records, Schedule};

pub(crate) use languages::LANGUAGES;
pub(crate) use searched::{PICTURES, SOUNDS, STYLES};

/// Adds the resources that every workspace sees.
pub(crate) fn fill(records: &mut Records) {
    for (id, name, language, code, gender) in VOICES {
        let voice = public()
            .with("name", name)
            .with("language", language)
            .with("gender", gender)
            .with("type", "public")
            .with_hidden("engine", "starfish")
            .with_hidden("code", code);
        records.insert(Collection::Voices, id, voice);
    }
    let voice = Record::new(MADE_AT)
        .with_schedule(Schedule::of(&[(MADE_AT, "ACTIVE")]))
        .with_hidden("is_public", true)
        .with("mode", "instant")
        .with("name", "Anna")
        .with("language", "en");
    records.insert(Collection::ModelVoices, MODEL_VOICE, voice);
    for (id, name, gender, voice, kind) in AVATARS {
        let group = public()
            .with("name", name)
            .with("gender", gender)
            .with("default_voice_id", voice);
        records.insert(Collection::Avatars, id, group);
        for (number, orientation, width, height) in LOOKS {
            let look = public()
                .with("name", format!("{name} {orientation}"))
                .with("avatar_type", kind)
                .with("group_id", id)
                .with("gender", gender)
                .with("default_voice_id", voice)
                .with("preferred_orientation", orientation)
                .with("image_width", width)
                .with("image_height", height)
                .with("supported_api_engines", json!(["avatar_iv", "avatar_iii"]))
                .with("tags", json!(["business"]));
            let id = format!("{}_{number}", id.replace("group", "look"));
            records.insert(Collection::AvatarLooks, &id, look);
        }
    }
    for (id, name, aspect_ratio) in TEMPLATES {
        records.insert(Collection::Templates, id, template(name, aspect_ratio));
    }
}

fn public() -> Record {
    Record::new(MADE_AT)
        .with_schedule(Schedule::of(&[(MADE_AT, "completed")]))
        .with_hidden("is_public", true)
}

/// A template has two scenes, and one variable of each kind.
fn template(name: &str, aspect_ratio: &str) -> Record {
    let asset = json!({ "type": "url", "url": "https://example.com/placeholder" });
    let told = |names: &[(&str, &str)]| {
        names
            .iter()
            .map(|(name, kind)| json!({ "name": name, "variable_type": kind }))
            .collect::<Vec<_>>()
    };
    public()
        .with("name", name)
        .with("aspect_ratio", aspect_ratio)
        .with("scene_ids", json!(["scene_intro", "scene_main"]))
        .with(
            "scenes",
            json!([
                {
                    "scene_id": "scene_intro",
                    "script": "Welcome, {{first_name}}!",
                    "variables": told(&[
                        ("first_name", "text"),
                        ("presenter", "character"),
                        ("narrator", "voice"),
                    ]),
                },
                {
                    "scene_id": "scene_main",
                    "script": "This is {{product}}.",
                    "variables": told(&[
                        ("product", "text"),
                        ("logo", "image"),
                        ("clip", "video"),
                        ("music", "audio"),
                    ]),
                },
            ]),
        )
        .with(
            "variables",
            json!({
                "first_name": { "type": "text", "content": "" },
                "product": { "type": "text", "content": "our product" },
                "logo": { "type": "image", "asset": asset, "fit": "contain" },
                "clip": { "type": "video", "asset": asset, "play_style": "loop" },
                "music": { "type": "audio", "asset": asset },
                "presenter": {
                    "type": "character",
                    "character_id": "look_public_anna_1",
                    "character_type": "avatar",
                },
                "narrator": { "type": "voice", "voice_id": "voice_public_anna" },
            }),
        )
}

/// When the library was made: the beginning of 2024.
const MADE_AT: Duration = Duration::from_secs(1_704_067_200);

const VOICES: [(&str, &str, &str, &str, &str); 8] = [
    ("voice_public_hana", "Hana", "Japanese", "ja", "female"),
    ("voice_public_luis", "Luis", "Spanish", "es", "male"),
    ("voice_public_carla", "Carla", "Spanish", "es", "female"),
    ("voice_public_claire", "Claire", "French", "fr", "female"),
    ("voice_public_jonas", "Jonas", "German", "de", "male"),
    ("voice_public_lena", "Lena", "German", "de", "female"),
    ("voice_public_ben", "Ben", "English", "en", "male"),
    ("voice_public_anna", "Anna", "English", "en", "female"),
];

/// A voice of the speech model, so that a first request can speak.
const MODEL_VOICE: &str = "voice_instant_anna";

#[rustfmt::skip]
const AVATARS: [(&str, &str, &str, &str, &str); 3] = [
    ("group_public_mia", "Mia", "female", "voice_public_lena", "photo_avatar"),
    ("group_public_ben", "Ben", "male", "voice_public_ben", "studio_avatar"),
    ("group_public_anna", "Anna", "female", "voice_public_anna", "studio_avatar"),
];

const LOOKS: [(u32, &str, u32, u32); 2] =
    [(2, "portrait", 1080, 1920), (1, "landscape", 1920, 1080)];

const TEMPLATES: [(&str, &str, &str); 3] = [
    ("template_square", "Square teaser", "1:1"),
    ("template_story", "Portrait story", "9:16"),
    ("template_welcome", "Welcome", "16:9"),
];
