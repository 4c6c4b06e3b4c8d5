use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation, VoiceId};

/// `DELETE /v3/voices/{voice_id}`: deletes a voice of one's own.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteVoice {
    /// The voice.
    pub voice_id: VoiceId,
}

impl DeleteVoice {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(voice_id: VoiceId) -> Self {
        Self { voice_id }
    }
}

impl Operation for DeleteVoice {
    const ID: &'static str = "voices.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/voices/{voice_id}";

    type Body = NoBody;
    type Response = DeletedVoice;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.voice_id.as_str()]
    }
}

/// The voice that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedVoice {
    /// The voice.
    pub voice_id: VoiceId,
}

impl DeletedVoice {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(voice_id: VoiceId) -> Self {
        Self { voice_id }
    }
}
