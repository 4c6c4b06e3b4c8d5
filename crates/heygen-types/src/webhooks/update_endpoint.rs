use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use super::event_filter::present;
use super::{EventFilter, WebhookEndpoint};
use crate::{BodyEncoding, Invalid, Method, Operation, Url, WebhookEndpointId};

/// `PATCH /v3/webhooks/endpoints/{endpoint_id}`: changes the URL or the events of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UpdateWebhookEndpoint {
    /// The endpoint.
    pub endpoint_id: WebhookEndpointId,
    /// What is sent.
    pub body: UpdateWebhookEndpointBody,
}

impl UpdateWebhookEndpoint {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(endpoint_id: WebhookEndpointId) -> Self {
        Self {
            endpoint_id,
            body: UpdateWebhookEndpointBody::new(),
        }
    }
}

impl Operation for UpdateWebhookEndpoint {
    const ID: &'static str = "webhooks.endpoints.update";
    const METHOD: Method = Method::Patch;
    const PATH: &'static str = "/v3/webhooks/endpoints/{endpoint_id}";
    const ENCODING: BodyEncoding = BodyEncoding::Json;

    type Body = UpdateWebhookEndpointBody;
    type Response = WebhookEndpoint;

    fn body(&self) -> &UpdateWebhookEndpointBody {
        &self.body
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.endpoint_id.as_str()]
    }

    fn validate_body(body: &UpdateWebhookEndpointBody) -> Result<(), Invalid> {
        body.validate()
    }
}

/// The body of [`UpdateWebhookEndpoint`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct UpdateWebhookEndpointBody {
    /// The types of events to send, in place of those before.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    #[cfg_attr(feature = "schemars", schemars(with = "Option<EventFilter>"))]
    pub events: Option<EventFilter>,
    /// Where events are sent, a public HTTPS URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<Url>,
}

impl UpdateWebhookEndpointBody {
    /// Makes one in which nothing is set.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            events: None,
            url: None,
        }
    }

    /// Checks the limits that the API documents.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    pub fn validate(&self) -> Result<(), Invalid> {
        if *self == Self::new() {
            return Err(Invalid::new(
                "body",
                "changes nothing; at least one field is needed",
            ));
        }
        Ok(())
    }
}
