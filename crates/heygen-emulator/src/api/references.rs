use base64::{Engine as _, prelude::BASE64_STANDARD};
use heygen_types::{
    AssetId, MediaType, Url,
    table::{Schema, SchemaType},
};
use serde_json::Value;

use super::{Call, validate::place};
use crate::{problem::Problem, state::Collection};

/// Judges everything in a body that refers to something else: files, assets, URLs, and the ids of
/// avatars, voices and the like. The body fits its schema already.
pub(super) fn check(call: &Call<'_>, body: &Value) -> Result<(), Problem> {
    let walk = Walk { call };
    walk.value("", "", &call.entry().body, body)
}

struct Walk<'a> {
    call: &'a Call<'a>,
}

impl Walk<'_> {
    fn value(&self, path: &str, name: &str, schema: &Schema, value: &Value) -> Result<(), Problem> {
        match (schema.r#type, value) {
            (Some(SchemaType::String), Value::String(text)) => self.text(path, name, text),
            (Some(SchemaType::Array), Value::Array(items)) => {
                let Some(described) = schema.items else {
                    return Ok(());
                };
                items.iter().enumerate().try_for_each(|(index, item)| {
                    self.value(&format!("{path}[{index}]"), name, described, item)
                })
            }
            (Some(SchemaType::Map), Value::Object(members)) => {
                let Some(described) = schema.map_values else {
                    return Ok(());
                };
                members.iter().try_for_each(|(key, value)| {
                    self.value(&format!("{path}.{key}"), key, described, value)
                })
            }
            (Some(SchemaType::Object) | None, Value::Object(_)) => {
                self.object(path, name, schema, value)
            }
            _ => Ok(()),
        }
    }

    fn object(
        &self,
        path: &str,
        name: &str,
        schema: &Schema,
        value: &Value,
    ) -> Result<(), Problem> {
        if schema.is_file() {
            return self.file(path, name, value);
        }
        let objects = schema.objects();
        let tag = schema.tag.and_then(|tag| value[tag].as_str());
        let object = match tag {
            Some(tag) => objects.iter().find(|object| object.has_tag(tag)),
            None => objects.first(),
        };
        let Some(object) = object else {
            return Ok(());
        };
        object.fields.iter().try_for_each(|field| {
            let place = if path.is_empty() {
                field.name.to_owned()
            } else {
                format!("{path}.{}", field.name)
            };
            self.value(&place, field.name, field, &value[field.name])
        })
    }

    /// Judges a file that a request refers to or carries.
    fn file(&self, path: &str, name: &str, file: &Value) -> Result<(), Problem> {
        let text = |name: &str| file[name].as_str().unwrap_or_default();
        match text("type") {
            "asset_id" => self.asset(&format!("{path}.asset_id"), text("asset_id")),
            "url" => self.public_url(&format!("{path}.url"), text("url")),
            _ => self.base64(path, name, text("media_type"), text("data")),
        }
    }

    fn text(&self, path: &str, name: &str, text: &str) -> Result<(), Problem> {
        match name {
            "asset_id" | "audio_asset_id" => self.asset(path, text),
            "audio_url" => self.public_url(path, text),
            "callback_url" | "reroute_url" if text.parse::<Url>().is_err() => {
                Err(self.refuse(path, "is not an http or https URL"))
            }
            "avatar_id" | "reference_look_id" | "character_id" => {
                self.known(path, text, &[Collection::AvatarLooks, Collection::Avatars])
            }
            // The voices of the speech model are another kind, and looked for where they speak.
            "voice_id" if self.call.entry().id.as_str().starts_with("models.") => Ok(()),
            "voice_id" => self.known(path, text, &[Collection::Voices]),
            "brand_glossary_id" => self.known(path, text, &[Collection::BrandGlossaries]),
            "brand_kit_id" => self.known(path, text, &[Collection::BrandKits]),
            _ => Ok(()),
        }
    }

    /// Refuses an asset that cannot be used. An unknown one is `invalid_parameter`; one whose
    /// upload was never completed is `asset_not_available`, since waiting alone will not make it
    /// usable.
    fn asset(&self, path: &str, id: &str) -> Result<(), Problem> {
        if self.call.state.finished(id).is_some() {
            return Ok(());
        }
        let id: Option<AssetId> = id.parse().ok();
        if id.is_some_and(|id| self.call.state.assets.contains_key(&id)) {
            let problem = self.refuse(path, "names an asset whose upload is not complete");
            return Err(problem.with_code("asset_not_available"));
        }
        Err(self.refuse(path, "names no known asset"))
    }

    fn public_url(&self, path: &str, url: &str) -> Result<(), Problem> {
        if is_https(url) {
            return Ok(());
        }
        Err(self.refuse(path, "is not a public https URL"))
    }

    fn base64(&self, path: &str, name: &str, media_type: &str, data: &str) -> Result<(), Problem> {
        let media_type = MediaType::from(media_type);
        // Only the project of a render is a ZIP.
        let is_project = name == "project" && media_type == MediaType::Zip;
        if !is_project && !media_type.is_accepted_in_single_request() {
            return Err(self.refuse(&format!("{path}.media_type"), "is not supported"));
        }
        let place = format!("{path}.data");
        let data = BASE64_STANDARD
            .decode(data)
            .map_err(|error| self.refuse(&place, &format!("is not base64: {error}")))?;
        if data.is_empty() {
            return Err(self.refuse(&place, "is empty"));
        }
        let max = self.call.settings.single_request_max_bytes;
        if data.len() as u64 > max {
            let problem = format!("has {} bytes, at most {max} are taken", data.len());
            return Err(self.refuse(&place, &problem));
        }
        Ok(())
    }

    /// Refuses a resource that is still in the making and, where that is set, one that is not
    /// known at all.
    fn known(&self, path: &str, id: &str, kinds: &[Collection]) -> Result<(), Problem> {
        let now = self.call.now;
        let records = &self.call.state.records;
        let found = kinds.iter().find_map(|kind| records.get(now, *kind, id));
        match found.map(|record| &record.schedule) {
            None if self.call.settings.refuses_unknown_ids => {
                Err(self.refuse(path, "names nothing that the emulator knows"))
            }
            Some(schedule) if schedule.is_waited_for(now) => {
                let problem = format!("is still {}", schedule.status(now));
                let problem = self.refuse(path, &problem);
                Err(problem.with_code("resource_not_ready").into_conflict())
            }
            Some(schedule) if schedule.failure(now).is_some() => {
                Err(self.refuse(path, "names something whose making failed"))
            }
            _ => Ok(()),
        }
    }

    fn refuse(&self, path: &str, problem: &str) -> Problem {
        Problem::parameter(place(self.call, path), format!("{path} {problem}"))
    }
}

/// Tells whether a text is a URL that HeyGen would fetch.
pub(super) fn is_https(text: &str) -> bool {
    let url: Result<Url, _> = text.parse();
    url.is_ok_and(|url| url.as_str().to_ascii_lowercase().starts_with("https://"))
}
