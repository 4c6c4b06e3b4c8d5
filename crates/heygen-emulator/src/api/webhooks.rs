use serde_json::{Value, json};

use super::{
    Answer, Call, Viewer, jobs,
    page::{self, Slice},
    validate,
    viewer::iso,
};
use crate::{
    events::EVENT_TYPES,
    problem::Problem,
    state::{Collection, Record},
};

/// `POST /v3/webhooks/endpoints`: the only answer but that of a rotation which has the secret.
pub(super) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let url = url(call, body, "")?.unwrap_or_default();
    let id = call.state.ids.next("endpoint");
    let secret = call.state.ids.next("whsec");
    let record = Record::new(call.now)
        .with("url", url)
        .with("events", body["events"].clone())
        .with_hidden("secret", secret.as_str())
        .with_hidden_of(body, &["entity_id"]);
    let mut shown = view(&call.viewer(), &id, &record);
    shown["secret"] = secret.into();
    call.add(Collection::WebhookEndpoints, &id, record);
    call.data(shown)
}

/// `PATCH /v3/webhooks/endpoints/{endpoint_id}`
pub(super) fn update(call: &mut Call<'_>, body: &Value) -> Answer {
    call.record(Collection::WebhookEndpoints)?;
    validate::not_empty(call, body)?;
    let url = url(call, body, call.parameter())?;
    let record = call.record_mut(Collection::WebhookEndpoints)?;
    if let Some(url) = url {
        record.fields.insert("url".to_owned(), url.into());
    }
    if let Some(events) = body.get("events") {
        record.fields.insert("events".to_owned(), events.clone());
    }
    jobs::get(call, Collection::WebhookEndpoints)
}

/// `POST /v3/webhooks/endpoints/{endpoint_id}/rotate-secret`: the old secret stops at once.
pub(super) fn rotate_secret(call: &mut Call<'_>) -> Answer {
    call.record(Collection::WebhookEndpoints)?;
    let secret = call.state.ids.next("whsec");
    let record = call.record_mut(Collection::WebhookEndpoints)?;
    record
        .hidden
        .insert("secret".to_owned(), secret.as_str().into());
    call.data(json!({ "endpoint_id": call.parameter(), "secret": secret }))
}

/// `GET /v3/webhooks/event-types`
pub(super) fn event_types(call: &Call<'_>) -> Answer {
    let types = EVENT_TYPES.iter().map(
        |(event_type, description)| json!({ "event_type": event_type, "description": description }),
    );
    call.list(Slice::whole(types.collect()))
}

/// `GET /v3/webhooks/events`: what was told, whether anybody listened or not.
pub(super) fn events(call: &Call<'_>) -> Answer {
    let is_wanted =
        |event: &Record| call.matches(event, "event_type") && call.matches(event, "entity_id");
    page::list(call, Collection::Events, is_wanted)
}

/// Shows an endpoint, without its secret.
pub(super) fn view(_: &Viewer<'_>, id: &str, record: &Record) -> Value {
    json!({
        "endpoint_id": id,
        "url": record.fields["url"],
        "events": record.fields["events"],
        "status": "enabled",
        "created_at": iso(record.created_at),
    })
}

/// Shows an event of the history.
pub(super) fn view_event(_: &Viewer<'_>, _: &str, event: &Record) -> Value {
    event.fields.clone().into()
}

/// Takes the URL of a request: https, or plain http to this machine, so that a receiver can be
/// tested; and none that another endpoint has.
fn url(call: &Call<'_>, body: &Value, own_id: &str) -> Result<Option<String>, Problem> {
    let Some(text) = body["url"].as_str() else {
        return Ok(None);
    };
    let url: Option<url::Url> = text.parse().ok();
    let is_usable = url.is_some_and(|url| match url.scheme() {
        "https" => url.has_host(),
        "http" => crate::delivery::is_loopback(&url),
        _ => false,
    });
    if !is_usable {
        let message = "url is not a public https URL; plain http is taken for a loopback address";
        return Err(Problem::parameter("url", message));
    }
    let others = call.all(Collection::WebhookEndpoints);
    let mut others = others.into_iter().filter(|(id, _)| *id != own_id);
    if others.any(|(_, other)| other.text("url") == Some(text)) {
        let message = "there is an endpoint with this URL already";
        // The API declares 409 for new endpoints only.
        return Err(if own_id.is_empty() {
            Problem::conflict("conflict", message)
        } else {
            Problem::parameter("url", message)
        });
    }
    Ok(Some(text.to_owned()))
}
