//! JSON Schema of requests and answers, from the table.

mod writer;

use heygen_types::{Envelope, Json, table::OperationEntry};

use writer::{Writer, object, text};

/// Returns the schema that was asked for, as text.
pub(super) fn asked_for(
    operation: &'static OperationEntry,
    request: bool,
    response: bool,
) -> Option<String> {
    let schema = if request {
        self::request(operation)
    } else if response {
        self::response(operation)
    } else {
        return None;
    };
    let text = serde_json::to_string_pretty(&schema);
    Some(text.expect("JSON that was made can be written"))
}

/// Returns the schema of the body.
fn request(operation: &'static OperationEntry) -> Json {
    let mut writer = Writer::new(operation);
    let body = writer.schema(&operation.body);
    writer.document("the body", body)
}

/// Returns the schema of the whole answer, envelope included.
fn response(operation: &'static OperationEntry) -> Json {
    let mut writer = Writer::new(operation);
    let data = writer.schema(&operation.response);
    if operation.envelope == Envelope::Stream {
        return writer.document("an event of the answer", data);
    }
    let is_list = operation.envelope == Envelope::List;
    let mut properties = Vec::new();
    let mut required = vec!["data"];
    if is_list {
        properties.push(("data", object([("type", text("array")), ("items", data)])));
        properties.push(("has_more", object([("type", text("boolean"))])));
        let nullable = Json::Array(vec![text("string"), text("null")]);
        properties.push(("next_token", object([("type", nullable)])));
        if operation.paginated {
            required.push("has_more");
        }
    } else {
        properties.push(("data", data));
    }
    let required = required.into_iter().map(text).collect();
    let answer = object([
        ("type", text("object")),
        ("properties", object(properties)),
        ("required", Json::Array(required)),
    ]);
    writer.document("the answer", answer)
}
