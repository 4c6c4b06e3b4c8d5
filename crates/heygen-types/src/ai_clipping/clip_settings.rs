use alloc::{string::String, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{
    Invalid,
    invalid::{check_count, check_length},
    limits,
    open_enum::open_enum,
};

/// How clips are to be.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ClipSettings {
    /// The shape of the picture; the API's default is `portrait`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<ClipAspectRatio>,
    /// How the captions look; the API's default is `outline_classic`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caption_style: Option<CaptionStyle>,
    /// Whether clips have captions; the API's default is `true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captions: Option<bool>,
    /// How long the clips are to be: 1 to 4 lengths, one clip for each.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_types: Option<Vec<ClipDuration>>,
    /// What the clips are to be about, at most 500 characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

impl ClipSettings {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            aspect_ratio: None,
            caption_style: None,
            captions: None,
            duration_types: None,
            prompt: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.duration_types {
            check_count(
                "duration_types",
                value.len(),
                limits::CLIP_DURATION_TYPES_COUNT,
            )?;
        }
        if let Some(value) = &self.prompt {
            check_length("prompt", value, limits::CLIP_PROMPT_LENGTH)?;
        }
        Ok(())
    }
}

open_enum! {
    /// The shape of a clip.
    ClipAspectRatio {
        /// Wide.
        Landscape = "landscape",
        /// Tall.
        Portrait = "portrait",
        /// As wide as tall.
        Square = "square",
    }
}

open_enum! {
    /// How long a clip is to be.
    ClipDuration {
        /// About 30 seconds.
        Seconds30 = "30",
        /// About a minute.
        Seconds60 = "60",
        /// About three minutes.
        Seconds180 = "180",
        /// Longer.
        Long = "long",
    }
}

open_enum! {
    /// How the captions of clips look. The API takes an unknown style for the default one.
    CaptionStyle {
        /// Subtle gray.
        SubtleGray = "subtle_gray",
        /// Shadow mint.
        ShadowMint = "shadow_mint",
        /// Subtle cyan.
        SubtleCyan = "subtle_cyan",
        /// Stamp red.
        StampRed = "stamp_red",
        /// Retro gold.
        RetroGold = "retro_gold",
        /// Block dark.
        BlockDark = "block_dark",
        /// Racing.
        Racing = "racing",
        /// Modern dark.
        ModernDark = "modern_dark",
        /// Modern boxed.
        ModernBoxed = "modern_boxed",
        /// Chunky.
        Chunky = "chunky",
        /// Clean.
        Clean = "clean",
        /// Shadow lime.
        ShadowLime = "shadow_lime",
        /// Tag yellow.
        TagYellow = "tag_yellow",
        /// Pop purple.
        PopPurple = "pop_purple",
        /// Spotlight.
        Spotlight = "spotlight",
        /// Outline classic.
        OutlineClassic = "outline_classic",
        /// Exotic.
        Exotic = "exotic",
        /// Golden.
        Golden = "golden",
        /// Simple.
        Simple = "simple",
        /// Pop single.
        PopSingle = "pop_single",
        /// Energy.
        Energy = "energy",
        /// Bold.
        Bold = "bold",
        /// Elegant.
        Elegant = "elegant",
        /// Neon pink.
        NeonPink = "neon_pink",
    }
}
