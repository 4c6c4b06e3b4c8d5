//! The payload of a webhook.

use heygen_types::webhooks::WebhookEvent;

use super::answers::survives;

/// The bytes are the body of a delivery.
pub(super) fn run(bytes: &[u8]) {
    let Ok(event) = serde_json::from_slice::<WebhookEvent>(bytes) else {
        return;
    };
    let _ = (
        event.payload(),
        event.event_type.outcome(),
        format!("{event:?}"),
    );
    survives(&event);
}
