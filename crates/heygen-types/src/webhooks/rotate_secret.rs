use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::WebhookSecret;
use crate::{Method, NoBody, Operation, WebhookEndpointId};

/// `POST /v3/webhooks/endpoints/{endpoint_id}/rotate-secret`: gives an endpoint a new secret. The
/// old one stops at once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RotateWebhookSecret {
    /// The endpoint.
    pub endpoint_id: WebhookEndpointId,
}

impl RotateWebhookSecret {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(endpoint_id: WebhookEndpointId) -> Self {
        Self { endpoint_id }
    }
}

impl Operation for RotateWebhookSecret {
    const ID: &'static str = "webhooks.endpoints.rotate_secret";
    const METHOD: Method = Method::Post;
    const PATH: &'static str = "/v3/webhooks/endpoints/{endpoint_id}/rotate-secret";
    const IDEMPOTENCY_KEY: bool = true;

    type Body = NoBody;
    type Response = RotatedWebhookSecret;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.endpoint_id.as_str()]
    }
}

/// The new secret; the old one stops at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RotatedWebhookSecret {
    /// The endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// What deliveries are signed with. Only the answers to creation and rotation have it.
    #[serde(deserialize_with = "crate::lenient::given")]
    pub secret: WebhookSecret,
}

impl RotatedWebhookSecret {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(endpoint_id: WebhookEndpointId, secret: WebhookSecret) -> Self {
        Self {
            endpoint_id,
            secret,
        }
    }
}
