use alloc::{
    borrow::{Cow, ToOwned as _},
    format,
    string::String,
};

use crate::Invalid;

/// The longest id accepted. The API states no limit; this one keeps a mistaken file out of a URL.
const MAX_ID_BYTES: usize = 256;

macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        ///
        /// Ids are opaque: nothing may be read out of them. The text is checked only for what
        /// could change the meaning of a URL: it is not empty, not `.` or `..`, has at most 256
        /// bytes and holds no slash, backslash or control character.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// Returns the id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Invalid;

            fn try_from(text: String) -> Result<Self, Invalid> {
                check(stringify!($name), &text)?;
                Ok(Self(text))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = Invalid;

            fn try_from(text: &str) -> Result<Self, Invalid> {
                Self::try_from(text.to_owned())
            }
        }

        impl core::str::FromStr for $name {
            type Err = Invalid;

            fn from_str(text: &str) -> Result<Self, Invalid> {
                Self::try_from(text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

ids! {
    /// The id of an uploaded file, from every upload call.
    AssetId;
    /// The id of a video agent session.
    SessionId;
    /// The id of a video.
    VideoId;
    /// The id of a batch of assets, videos, translations or lipsyncs.
    BatchId;
    /// The id of an avatar or of one of its looks.
    AvatarId;
    /// The id of a voice.
    VoiceId;
    /// The id of a brand kit.
    BrandKitId;
    /// The id of a brand glossary.
    BrandGlossaryId;
    /// The id of a video agent style.
    StyleId;
    /// The id of a folder.
    FolderId;
    /// The id of the workspace that owns an asset.
    SpaceId;
    /// The id of a generation of images.
    ImageGenerationId;
    /// The id of a generated image.
    ImageId;
    /// The id of something a video agent made or used in a session.
    ResourceId;
    /// The id of an avatar group: one person or character, with its looks.
    AvatarGroupId;
    /// The id of a lipsync.
    LipsyncId;
    /// The id of a video translation, one per language.
    VideoTranslationId;
    /// The id of a proofread of a translation.
    ProofreadId;
    /// The id of a template.
    TemplateId;
    /// The id of a scene of a video or template.
    SceneId;
    /// The id of an avatar or of a talking photo, as a template names it.
    CharacterId;
    /// The id of a HyperFrames render.
    RenderId;
    /// The id of a clipping job.
    AiClippingId;
    /// The id of a clip.
    ClipId;
    /// The id of a filler word removal.
    FillerWordRemovalId;
    /// The id of a background removal.
    BackgroundRemovalId;
    /// The id of a logo in a brand kit.
    LogoId;
    /// The id of a font in a brand kit.
    FontId;
    /// The id of one turn of a video agent.
    RunId;
    /// The id of an element of a scene.
    ElementId;
    /// The id of a piece of music or a sound effect.
    SoundId;
    /// The id of a webhook endpoint.
    WebhookEndpointId;
    /// The id of a webhook event, the same on every delivery of it.
    WebhookEventId;
}

fn check(what: &'static str, text: &str) -> Result<(), Invalid> {
    let problem: Cow<'static, str> = if text.is_empty() {
        "is empty".into()
    } else if text.len() > MAX_ID_BYTES {
        format!(
            "has {} bytes, at most {MAX_ID_BYTES} are accepted",
            text.len()
        )
        .into()
    } else if let Some(bad) = text
        .chars()
        .find(|c| c.is_control() || matches!(c, '/' | '\\'))
    {
        format!("holds {bad:?}, which no id may").into()
    } else if matches!(text, "." | "..") {
        format!("is {text:?}, which would change the path of the request").into()
    } else {
        return Ok(());
    };
    Err(Invalid::new(what, problem))
}
