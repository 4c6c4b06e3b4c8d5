use alloc::{string::String, string::ToString as _, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Envelope, Invalid, Method, NoBody, Operation, Page, Paged, SoundId, Url,
    invalid::{check_length, check_limit, check_range},
    limits,
    open_enum::open_enum,
};

/// `GET /v3/audio/sounds`: music or sound effects that fit a description.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SearchSounds {
    /// What to look for, 1 to 5 000 characters.
    pub query: String,
    /// Music or sound effects; the API's default is `music`.
    pub r#type: Option<SoundType>,
    /// How many items a page has, 1 to 50; the API's default is `10`.
    pub limit: Option<u32>,
    /// How well hits have to fit, 0 to 1; the API's default is `0.7`.
    pub min_score: Option<f64>,
    /// The cursor of the page.
    pub token: Option<String>,
}

impl SearchSounds {
    /// Makes one of what the API requires; the other fields are public.
    pub fn new(query: impl Into<String>) -> Self {
        Self {
            query: query.into(),
            r#type: None,
            limit: None,
            min_score: None,
            token: None,
        }
    }
}

impl Operation for SearchSounds {
    const ID: &'static str = "audio.sounds.search";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/audio/sounds";
    const ENVELOPE: Envelope = Envelope::List;

    type Body = NoBody;
    type Response = Page<Sound>;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn query(&self) -> Vec<(&'static str, String)> {
        let mut query = Vec::new();
        query.push(("query", self.query.clone()));
        query.extend(
            self.r#type
                .as_ref()
                .map(|value| ("type", value.to_string())),
        );
        query.extend(self.limit.map(|value| ("limit", value.to_string())));
        query.extend(self.min_score.map(|value| ("min_score", value.to_string())));
        query.extend(self.token.clone().map(|value| ("token", value)));
        query
    }

    fn validate(&self) -> Result<(), Invalid> {
        check_length("query", &self.query, limits::SOUND_SEARCH_QUERY_LENGTH)?;
        check_limit(self.limit, limits::SHORT_LIST_LIMIT)?;
        if let Some(value) = &self.min_score {
            check_range("min_score", value, limits::SOUND_SEARCH_MIN_SCORE)?;
        }
        Ok(())
    }
}

impl Paged for SearchSounds {
    fn at(mut self, token: String) -> Self {
        self.token = Some(token);
        self
    }
}

/// A piece of music or a sound effect that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Sound {
    /// Where it can be fetched.
    pub audio_url: Url,
    /// What it sounds like, in words.
    #[serde(deserialize_with = "crate::lenient::null_as_default")]
    pub description: String,
    /// The id.
    pub id: SoundId,
    /// The name.
    pub name: String,
    /// How well it fits, 0 to 1.
    pub score: f64,
    /// Music or sound effects.
    pub r#type: SoundType,
    /// How long it is, in seconds.
    #[serde(default)]
    pub duration: Option<f64>,
    /// Where its loudest moment is, in seconds.
    #[serde(default)]
    pub peak_offset: Option<f64>,
    /// How it is used: `hit`, `riser` or `bed`; sound effects only.
    #[serde(default)]
    pub placement: Option<String>,
}

impl Sound {
    /// Makes one of the fields that are always there.
    pub fn new(
        id: SoundId,
        name: impl Into<String>,
        description: impl Into<String>,
        r#type: SoundType,
        audio_url: Url,
        score: f64,
    ) -> Self {
        Self {
            audio_url,
            description: description.into(),
            id,
            name: name.into(),
            score,
            r#type,
            duration: None,
            peak_offset: None,
            placement: None,
        }
    }
}

open_enum! {
    /// The kind of sound.
    SoundType {
        /// Music.
        Music = "music",
        /// Sound effects.
        SoundEffects = "sound_effects",
    }
}
