use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation, WebhookEndpointId};

/// `DELETE /v3/webhooks/endpoints/{endpoint_id}`: removes an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteWebhookEndpoint {
    /// The endpoint.
    pub endpoint_id: WebhookEndpointId,
}

impl DeleteWebhookEndpoint {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(endpoint_id: WebhookEndpointId) -> Self {
        Self { endpoint_id }
    }
}

impl Operation for DeleteWebhookEndpoint {
    const ID: &'static str = "webhooks.endpoints.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/webhooks/endpoints/{endpoint_id}";

    type Body = NoBody;
    type Response = DeletedWebhookEndpoint;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.endpoint_id.as_str()]
    }
}

/// Nothing: the answer is an empty object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedWebhookEndpoint {}

impl DeletedWebhookEndpoint {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new() -> Self {
        Self {}
    }
}
