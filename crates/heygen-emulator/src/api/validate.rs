use bytes::Bytes;
use heygen_types::{
    Json,
    table::{Schema, SchemaType, Strictness, Violation, ViolationKind},
};
use serde_json::Value;
use url::form_urlencoded;

use super::Call;
use crate::problem::Problem;

/// Judges the query by the table. What the table does not name is not looked at.
pub(super) fn query(call: &Call<'_>) -> Result<(), Problem> {
    let described = Schema::object(call.entry().query);
    let pairs = form_urlencoded::parse(call.query.as_bytes());
    let values = pairs.filter_map(|(name, text)| {
        let parameter = described.field(&name)?;
        Some((name.into_owned(), typed(parameter, &text)))
    });
    let query = Json::Object(values.collect());
    described
        .check(&query, Strictness::default())
        .map_err(|violation| refuse(call, &violation))
}

/// Takes the text of a parameter for what it should be. Text that is nothing of the kind stays
/// text, which is then of the wrong type.
fn typed(parameter: &Schema, text: &str) -> Json {
    let value = match parameter.r#type {
        Some(SchemaType::Integer) => text.parse().ok().map(Json::Unsigned),
        Some(SchemaType::Number) => text.parse().ok().map(Json::Float),
        Some(SchemaType::Boolean) => text.parse().ok().map(Json::Bool),
        _ => None,
    };
    value.unwrap_or_else(|| Json::String(text.to_owned()))
}

/// Reads the body and judges it by the table.
pub(super) fn body(call: &Call<'_>, text: &Bytes) -> Result<Value, Problem> {
    if text.is_empty() {
        return Err(Problem::request("the request needs a JSON body"));
    }
    let body: Json = serde_json::from_slice(text)
        .map_err(|error| Problem::request(format!("the body is not JSON: {error}")))?;
    if !matches!(body, Json::Object(_)) {
        return Err(Problem::request("the JSON body is not an object"));
    }
    let mut strictness = Strictness::default();
    if !call.settings.refuses_unknown_fields {
        strictness = strictness.allow_unknown_fields();
    }
    call.entry()
        .body
        .check(&body, strictness)
        .map_err(|violation| refuse(call, &violation))?;
    Ok(serde_json::to_value(body).expect("JSON stays JSON"))
}

fn refuse(call: &Call<'_>, violation: &Violation) -> Problem {
    if violation.kind() == ViolationKind::UnknownField {
        return unknown_field(call, violation.path());
    }
    let mut message = violation.to_string();
    let is_reference = violation.kind() == ViolationKind::Value
        && violation.problem().contains("asset_id")
        && !violation.problem().contains("base64");
    if is_reference {
        message.push_str("; a file is uploaded first where base64 is not taken");
    }
    if violation.path().is_empty() {
        return Problem::request(message);
    }
    Problem::parameter(place(call, violation.path()), message)
}

/// Refuses a field that the API does not know, in the API's words. Where `param` names less than the
/// field, the message names it.
pub(super) fn unknown_field(call: &Call<'_>, path: &str) -> Problem {
    let place = place(call, path);
    let message = match place == path {
        true => UNKNOWN_FIELD.to_owned(),
        false => format!("{UNKNOWN_FIELD}: {path}"),
    };
    Problem::parameter(place, message)
}

const UNKNOWN_FIELD: &str = "Extra inputs are not permitted";

/// Returns how the API names the place of a bad value: in a batch it names the list, and the
/// message says which item.
pub(super) fn place<'a>(call: &Call<'_>, path: &'a str) -> &'a str {
    if call.entry().id.as_str().ends_with("batches.create") {
        path.split('[').next().unwrap_or(path)
    } else {
        path
    }
}

/// Refuses an update that changes nothing.
pub(super) fn not_empty(call: &Call<'_>, body: &Value) -> Result<(), Problem> {
    let known = call.entry().body.fields;
    if known.iter().any(|field| body.get(field.name).is_some()) {
        return Ok(());
    }
    let names: Vec<_> = known.iter().map(|field| field.name).collect();
    let message = format!("an update needs at least one of {}", names.join(", "));
    Err(Problem::request(message))
}
