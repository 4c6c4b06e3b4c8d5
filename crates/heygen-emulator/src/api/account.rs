use serde_json::json;

use super::{Answer, Call, viewer::iso};

/// `GET /v3/users/me`: the usual check of a key.
pub(super) fn user(call: &Call<'_>) -> Answer {
    call.data(json!({
        "email": null,
        "first_name": null,
        "last_name": null,
        "username": call.settings.username,
        "billing_type": "wallet",
        "wallet": { "currency": "usd", "remaining_balance": 0.0 },
    }))
}

/// `GET /v3/api_keys/self`: the key that the request carries.
pub(super) fn api_key(call: &Call<'_>) -> Answer {
    let key = call.key;
    let created_at = iso(key.created_at.unwrap_or(call.now));
    let left = key.expires_at.map(|end| end.saturating_sub(call.now));
    call.data(json!({
        "created_at": created_at,
        "key_id": key.id,
        "key_name": key.name,
        "scope_mode": key.scopes.mode(),
        "scopes": key.scopes.list(),
        "status": "active",
        "updated_at": created_at,
        "expires_at": key.expires_at.map(iso),
        "expires_in_seconds": left.map(|left| left.as_secs()),
    }))
}
