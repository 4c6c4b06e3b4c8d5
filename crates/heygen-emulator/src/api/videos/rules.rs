//! What the prose of the API demands of a video, beyond its schema.

use serde_json::Value;

use crate::{
    api::{Call, references::is_https, validate::place},
    problem::Problem,
};

/// Refuses a video that the schema lets through; `prefix` is the place of its body.
pub(in crate::api) fn check(call: &Call<'_>, prefix: &str, body: &Value) -> Result<(), Problem> {
    let rules = Rules { call };
    match body["type"].as_str().unwrap_or_default() {
        "avatar" => {
            rules.one_sound(prefix, body)?;
            rules.look(prefix, body)
        }
        "image" => {
            rules.one_sound(prefix, body)?;
            rules.voice(prefix, body)?;
            rules.look(prefix, body)
        }
        "cinematic_avatar" => {
            if body["auto_duration"] == true && has(body, "duration") {
                return Err(rules.refuse(prefix, "duration", "is not taken with auto_duration"));
            }
            Ok(())
        }
        _ => {
            let scenes = body["scenes"].as_array().into_iter().flatten();
            scenes.enumerate().try_for_each(|(index, scene)| {
                rules.scene(&format!("{prefix}scenes[{index}]."), scene)
            })
        }
    }
}

struct Rules<'a> {
    call: &'a Call<'a>,
}

impl Rules<'_> {
    fn scene(&self, prefix: &str, scene: &Value) -> Result<(), Problem> {
        match scene["type"].as_str().unwrap_or_default() {
            "avatar_video" => self.one_sound(&format!("{prefix}input."), &scene["input"]),
            "image" if has(scene, "duration") => match SOUNDS.iter().find(|s| has(scene, s)) {
                Some(sound) => Err(self.refuse(prefix, "duration", &format!("excludes {sound}"))),
                None => Ok(()),
            },
            "image" => {
                self.one_sound(prefix, scene)?;
                self.voice(prefix, scene)
            }
            _ => {
                self.at_most_one_sound(prefix, scene)?;
                let is_silent = SOUNDS.iter().all(|sound| !has(scene, sound));
                if is_silent && has(&scene["playback"], "mode") {
                    let problem = "is for clips with a script or an audio";
                    return Err(self.refuse(prefix, "playback.mode", problem));
                }
                self.voice(prefix, scene)
            }
        }
    }

    fn at_most_one_sound(&self, prefix: &str, body: &Value) -> Result<(), Problem> {
        let mut given = SOUNDS.iter().filter(|sound| has(body, sound));
        match (given.next(), given.next()) {
            (Some(first), Some(second)) => Err(self.refuse(
                prefix,
                second,
                &format!("is not taken together with {first}"),
            )),
            _ => Ok(()),
        }
    }

    fn one_sound(&self, prefix: &str, body: &Value) -> Result<(), Problem> {
        self.at_most_one_sound(prefix, body)?;
        if SOUNDS.iter().any(|sound| has(body, sound)) {
            return Ok(());
        }
        let problem = "is missing: a script, an audio_url or an audio_asset_id is needed";
        Err(self.refuse(prefix, "script", problem))
    }

    fn voice(&self, prefix: &str, body: &Value) -> Result<(), Problem> {
        if has(body, "script") && !has(body, "voice_id") {
            return Err(self.refuse(prefix, "voice_id", "is missing, a script needs a voice"));
        }
        Ok(())
    }

    fn look(&self, prefix: &str, body: &Value) -> Result<(), Problem> {
        let background = &body["background"];
        if background.is_null() {
            return Ok(());
        }
        if body["output_format"] == "webm" {
            let problem = "is not taken with webm, whose background is transparent";
            return Err(self.refuse(prefix, "background", problem));
        }
        let prefix = format!("{prefix}background.");
        if background["type"] == "color" {
            let value = background["value"].as_str();
            return match value {
                None => Err(self.refuse(&prefix, "value", "is missing, a colour is needed")),
                Some(value) if !is_color(value) => {
                    Err(self.refuse(&prefix, "value", "is not a colour such as #1a2b3c"))
                }
                Some(_) => Ok(()),
            };
        }
        match (background["url"].as_str(), has(background, "asset_id")) {
            (Some(_), true) => Err(self.refuse(&prefix, "asset_id", "excludes url")),
            (None, false) => Err(self.refuse(&prefix, "url", "is missing, or an asset_id")),
            (Some(url), false) if !is_https(url) => {
                Err(self.refuse(&prefix, "url", "is not a public https URL"))
            }
            _ => Ok(()),
        }
    }

    fn refuse(&self, prefix: &str, field: &str, problem: &str) -> Problem {
        let path = format!("{prefix}{field}");
        Problem::parameter(place(self.call, &path), format!("{path} {problem}"))
    }
}

fn has(body: &Value, field: &str) -> bool {
    !body[field].is_null()
}

fn is_color(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| {
        matches!(digits.len(), 3 | 6) && digits.bytes().all(|digit| digit.is_ascii_hexdigit())
    })
}

/// Where the sound of a video can come from; they exclude each other.
const SOUNDS: [&str; 3] = ["script", "audio_url", "audio_asset_id"];
