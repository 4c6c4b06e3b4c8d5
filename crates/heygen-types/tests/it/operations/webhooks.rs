use heygen_types::webhooks::{
    CreateWebhookEndpoint, DeleteWebhookEndpoint, ListWebhookEndpoints, ListWebhookEventTypes,
    ListWebhookEvents, RotateWebhookSecret, UpdateWebhookEndpoint,
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListWebhookEndpoints::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &CreateWebhookEndpoint::new("https://example.com/a".parse().unwrap()),
            &maximal_body::<CreateWebhookEndpoint>("webhooks.endpoints.create"),
        ),
        {
            let operation = DeleteWebhookEndpoint::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = UpdateWebhookEndpoint::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("webhooks.endpoints.update");
            entry(&minimal, &maximal)
        },
        {
            let operation = RotateWebhookSecret::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = ListWebhookEventTypes::new();
            entry(&operation, &operation)
        },
        {
            let minimal = ListWebhookEvents::new();
            let mut maximal = minimal.clone();
            maximal.event_type = Some("avatar_video.success".into());
            maximal.entity_id = Some("t".to_owned());
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
    ]
}
