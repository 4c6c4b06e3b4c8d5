use serde_json::{Value, json};

use super::{Answer, Call, viewer::iso};

/// `GET /v3/api_keys/self`: the key of the emulator, which may do everything and never expires.
pub(super) fn answer(call: &Call<'_>) -> Answer {
    let made = iso(call.now);
    call.data(json!({
        "created_at": made,
        "key_id": "emulated",
        "key_name": "emulator",
        "scope_mode": "full",
        "scopes": ["*:*"],
        "status": "active",
        "updated_at": made,
        "expires_at": Value::Null,
        "expires_in_seconds": Value::Null,
    }))
}
