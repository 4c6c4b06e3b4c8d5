use heygen_types::{
    Page, WebhookEndpointId,
    webhooks::{
        CreateWebhookEndpoint, DeleteWebhookEndpoint, DeletedWebhookEndpoint, ListWebhookEndpoints,
        ListWebhookEventTypes, ListWebhookEvents, RotateWebhookSecret, RotatedWebhookSecret,
        UpdateWebhookEndpoint, WebhookEndpoint, WebhookEventRecord, WebhookEventType,
    },
};

use super::group;
use crate::{Error, Items, Pages};

group! {
    /// The `webhooks.*` operations.
    Webhooks
}

impl<'a> Webhooks<'a> {
    /// Returns the kinds of events, all on one page.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn event_types(&self) -> Result<Page<WebhookEventType>, Error> {
        self.client.send(&ListWebhookEventTypes::new()).await
    }

    /// Where events are delivered.
    #[must_use]
    pub const fn endpoints(&self) -> WebhookEndpoints<'a> {
        WebhookEndpoints::new(self.client)
    }

    /// What was delivered.
    #[must_use]
    pub const fn events(&self) -> WebhookEvents<'a> {
        WebhookEvents::new(self.client)
    }
}

group! {
    /// The `webhooks.endpoints.*` operations.
    WebhookEndpoints
}

impl WebhookEndpoints<'_> {
    /// Registers an endpoint. Only this answer and that of a rotation carry the secret.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateWebhookEndpoint) -> Result<WebhookEndpoint, Error> {
        self.client.send(request).await
    }

    /// Returns one page of endpoints.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(
        &self,
        request: &ListWebhookEndpoints,
    ) -> Result<Page<WebhookEndpoint>, Error> {
        self.client.send(request).await
    }

    /// Returns all endpoints, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListWebhookEndpoints) -> Items<ListWebhookEndpoints> {
        self.client.items(request)
    }

    /// Returns the pages of endpoints as they are asked for.
    pub fn pages(&self, request: ListWebhookEndpoints) -> Pages<ListWebhookEndpoints> {
        self.client.pages(request)
    }

    /// Changes an endpoint.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn update(&self, request: &UpdateWebhookEndpoint) -> Result<WebhookEndpoint, Error> {
        self.client.send(request).await
    }

    /// Deletes an endpoint.
    ///
    /// # Errors
    ///
    /// 404 `webhook_not_found` when there is none.
    pub async fn delete(
        &self,
        endpoint_id: WebhookEndpointId,
    ) -> Result<DeletedWebhookEndpoint, Error> {
        self.client
            .send(&DeleteWebhookEndpoint::new(endpoint_id))
            .await
    }

    /// Gives an endpoint another secret. Only this answer carries it.
    ///
    /// # Errors
    ///
    /// 404 `webhook_not_found` when there is none.
    pub async fn rotate_secret(
        &self,
        endpoint_id: WebhookEndpointId,
    ) -> Result<RotatedWebhookSecret, Error> {
        self.client
            .send(&RotateWebhookSecret::new(endpoint_id))
            .await
    }
}

group! {
    /// The `webhooks.events.*` operations.
    WebhookEvents
}

impl WebhookEvents<'_> {
    /// Returns one page of events that were delivered.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(
        &self,
        request: &ListWebhookEvents,
    ) -> Result<Page<WebhookEventRecord>, Error> {
        self.client.send(request).await
    }

    /// Returns all events that were delivered, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListWebhookEvents) -> Items<ListWebhookEvents> {
        self.client.items(request)
    }

    /// Returns the pages of events that were delivered as they are asked for.
    pub fn pages(&self, request: ListWebhookEvents) -> Pages<ListWebhookEvents> {
        self.client.pages(request)
    }
}
