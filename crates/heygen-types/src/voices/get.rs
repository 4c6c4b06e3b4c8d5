use alloc::{vec, vec::Vec};

use super::VoiceDetail;
use crate::{Method, NoBody, Operation, VoiceId};

/// `GET /v3/voices/{voice_id}`: one voice.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetVoice {
    /// The voice.
    pub voice_id: VoiceId,
}

impl GetVoice {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(voice_id: VoiceId) -> Self {
        Self { voice_id }
    }
}

impl Operation for GetVoice {
    const ID: &'static str = "voices.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/voices/{voice_id}";

    type Body = NoBody;
    type Response = VoiceDetail;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.voice_id.as_str()]
    }
}
