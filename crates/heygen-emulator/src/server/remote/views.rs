use heygen_types::secret::{is_secret_name, redacted};
use serde_json::{Value, json};

use super::{Answer, Ask, clock};
use crate::{AssetEntry, Core, Delivery, RequestRecord, log::REDACTED};

/// `GET /_emulator/assets`
pub(super) fn assets(ask: &Ask<'_>) -> Answer {
    let assets = ask.shared.act(|core, now| core.assets(now));
    let assets: Vec<Value> = assets.iter().map(asset).collect();
    Ok(json!({ "assets": assets }))
}

/// `GET /_emulator/requests`
pub(super) fn requests(ask: &Ask<'_>) -> Answer {
    let core = ask.shared.core();
    let requests: Vec<Value> = core.requests().map(request).collect();
    Ok(json!({ "requests": requests }))
}

/// `GET /_emulator/deliveries`
pub(super) fn deliveries(ask: &Ask<'_>) -> Answer {
    let deliveries = ask.shared.act(Core::deliveries);
    let deliveries: Vec<Value> = deliveries.iter().map(delivery).collect();
    Ok(json!({ "deliveries": deliveries }))
}

fn asset(asset: &AssetEntry) -> Value {
    json!({
        "asset_id": asset.id,
        "name": asset.name,
        "media_type": asset.media_type,
        "size_bytes": asset.size_bytes,
        "sha256": asset.sha256,
        "status": asset.status,
        "is_finalised": asset.is_finalised,
        "is_direct": asset.is_direct,
    })
}

/// The record has lost its secrets already.
fn request(request: &RequestRecord) -> Value {
    json!({
        "number": request.id.as_u64(),
        "at": clock::text(request.at),
        "endpoint": request.endpoint.map(crate::Endpoint::id),
        "method": request.method.as_str(),
        "path": request.path,
        "query": request.query,
        "headers": request.headers,
        "body_bytes": request.body_bytes,
        "status": request.status,
        "is_replay": request.is_replay,
        "leaks_credential": request.leaks_credential,
    })
}

fn delivery(delivery: &Delivery) -> Value {
    let headers = delivery.headers.iter().map(|(name, value)| {
        let is_secret = is_secret_name(name);
        [name.as_str(), if is_secret { REDACTED } else { value }]
    });
    let mut body = serde_json::from_slice(&delivery.body).unwrap_or(Value::Null);
    hide_secrets(&mut body);
    json!({
        "at": clock::text(delivery.at),
        "event_type": delivery.event_type,
        "endpoint_id": delivery.endpoint_id,
        "attempt": delivery.attempt,
        "url": redacted(&delivery.url),
        "headers": headers.collect::<Vec<_>>(),
        "body": body,
    })
}

/// Takes the secrets out of all texts: URLs of storage are signed, those of others may hold a token.
fn hide_secrets(value: &mut Value) {
    match value {
        Value::String(text) => *text = redacted(text).into_owned(),
        Value::Array(items) => items.iter_mut().for_each(hide_secrets),
        Value::Object(members) => members.values_mut().for_each(hide_secrets),
        _ => {}
    }
}
