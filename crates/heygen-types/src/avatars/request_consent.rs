use alloc::{string::String, vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::AvatarGroup;
use crate::{
    AssetInput, AvatarGroupId, BodyEncoding, Invalid, Method, Operation, Url,
    invalid::check_length, limits,
};

/// `POST /v3/avatars/{group_id}/consent`: asks the person whom an avatar shows for consent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestAvatarConsent {
    /// The avatar group.
    pub group_id: AvatarGroupId,
    /// What is sent.
    pub body: RequestAvatarConsentBody,
}

impl RequestAvatarConsent {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(group_id: AvatarGroupId) -> Self {
        Self {
            group_id,
            body: RequestAvatarConsentBody::new(),
        }
    }
}

impl Operation for RequestAvatarConsent {
    const ID: &'static str = "avatars.consent";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/avatars/{group_id}/consent";
    const ENCODING: BodyEncoding = BodyEncoding::Json;
    const IDEMPOTENCY_KEY: bool = true;

    type Body = RequestAvatarConsentBody;
    type Response = AvatarConsent;

    fn body(&self) -> &RequestAvatarConsentBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.group_id.as_str()]
    }

    fn validate_body(body: &RequestAvatarConsentBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`RequestAvatarConsent`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RequestAvatarConsentBody {
    /// What the person is asked to agree to, at most 1 000 characters, without `<` and `>`;
    /// enterprise only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_text: Option<String>,
    /// The person consenting, recorded; enterprise only. It stands alone: neither with
    /// `reroute_url` nor with `consent_text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_video: Option<AssetInput>,
    /// Where the person goes afterwards.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reroute_url: Option<Url>,
}

impl RequestAvatarConsentBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            consent_text: None,
            consent_video: None,
            reroute_url: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if let Some(value) = &self.consent_text {
            check_length("consent_text", value, limits::AVATAR_CONSENT_TEXT_LENGTH)?;
        }
        if self
            .consent_text
            .as_ref()
            .is_some_and(|text| text.contains(['<', '>']))
        {
            return Err(Invalid::new(
                "consent_text",
                "holds < or >, it has to be plain text",
            ));
        }
        if self.consent_video.is_some()
            && (self.reroute_url.is_some() || self.consent_text.is_some())
        {
            return Err(Invalid::new(
                "consent_video",
                "is given beside reroute_url or consent_text; it stands alone",
            ));
        }
        Ok(())
    }
}
/// Where the person can consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AvatarConsent {
    /// The avatar group.
    pub avatar_group: AvatarGroup,
    /// Where the person consents. It lives 24 hours and is good for one submission; `None` when a
    /// recording was sent.
    #[serde(default)]
    pub url: Option<Url>,
}

impl AvatarConsent {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(avatar_group: AvatarGroup) -> Self {
        Self {
            avatar_group,
            url: None,
        }
    }
}
