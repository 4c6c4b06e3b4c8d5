//! What the table of the API says of answers, held against every answer that a test gets.

use std::{collections::HashMap, sync::LazyLock};

use heygen_emulator::Core;
use heygen_types::{
    Data, Envelope, Json, Operation,
    table::{self, OperationEntry, Strictness},
};

use crate::bench::Answer;

/// Reads an answer as the type of its operation does.
type Reader = fn(&str) -> Result<(), serde_json::Error>;

static READERS: LazyLock<HashMap<&str, Reader>> = LazyLock::new(|| {
    macro_rules! readers {
        ($($operation:ty,)*) => {
            HashMap::from([$((<$operation>::ID, read::<$operation> as Reader)),*])
        };
    }
    heygen_types::for_each_operation!(readers)
});

fn read<O: Operation>(text: &str) -> Result<(), serde_json::Error> {
    match O::ENVELOPE {
        Envelope::Stream => events(text)
            .iter()
            .try_for_each(|event| serde_json::from_str::<O::Response>(event).map(drop)),
        Envelope::List => serde_json::from_str::<O::Response>(text).map(drop),
        _ => serde_json::from_str::<Data<O::Response>>(text).map(drop),
    }
}

/// Holds the answer to the last request against the table.
#[track_caller]
pub(crate) fn check(core: &Core, answer: &Answer) {
    let Some(request) = core.requests().last() else {
        return;
    };
    let operation = request
        .endpoint
        .and_then(|endpoint| table::find(endpoint.id()));
    let Some(operation) = operation else {
        return;
    };
    if (200..300).contains(&answer.status) {
        let declared = operation.status;
        let status = if request.is_replay { 200 } else { declared };
        assert_eq!(answer.status, status, "{}", operation.id);
        let text = answer.text();
        check_success(operation, &text);
        if let Err(error) = READERS[operation.id.as_str()](&text) {
            panic!("{} is not read by its type: {error}: {text}", operation.id);
        }
    } else {
        check_refusal(operation, answer);
    }
}

/// Returns the data of the events of a stream that are whole, without its end.
fn events(text: &str) -> Vec<&str> {
    let (whole, _) = text.rsplit_once("\n\n").unwrap_or_default();
    let events = whole
        .split("\n\n")
        .filter(|event| !["", "data: [DONE]"].contains(event));
    events
        .map(|event| event.strip_prefix("data: ").expect("an event has data"))
        .collect()
}

fn check_success(operation: &OperationEntry, text: &str) {
    if operation.envelope == Envelope::Stream {
        for event in events(text) {
            check_resource(operation, &serde_json::from_str(event).unwrap(), text);
        }
        return;
    }
    let whole: Json = serde_json::from_str(text).unwrap();
    let data = whole.member("data").expect("every success has data");
    let resources = match (operation.envelope, data) {
        (Envelope::List, Json::Array(items)) => {
            assert!(matches!(whole.member("has_more"), Some(Json::Bool(_))));
            assert!(matches!(
                whole.member("next_token"),
                Some(Json::Null | Json::String(_))
            ));
            items.iter().collect()
        }
        (Envelope::Data, Json::Object(_)) => vec![data],
        _ => panic!("{} has another envelope: {text}", operation.id),
    };
    for resource in resources {
        check_resource(operation, resource, text);
    }
}

fn check_resource(operation: &OperationEntry, resource: &Json, text: &str) {
    let strict = Strictness::default();
    if let Err(violation) = operation.response.check(resource, strict) {
        panic!("{}: {violation}: {text}", operation.id);
    }
    check_names(operation, resource, text);
}

/// Answers may have fields that the table does not name, but the emulator's do not.
fn check_names(operation: &OperationEntry, resource: &Json, text: &str) {
    let objects = operation.response.objects();
    let ([object], Json::Object(members)) = (&objects[..], resource) else {
        return;
    };
    for name in members.keys() {
        assert!(
            object.field(name).is_some(),
            "{} invents {name}: {text}",
            operation.id
        );
    }
}

/// A refusal is one that the operation declares, or one that every operation may give.
fn check_refusal(operation: &OperationEntry, answer: &Answer) {
    let Ok(body) = serde_json::from_str::<serde_json::Value>(&answer.text()) else {
        // Injected answers may be anything.
        return;
    };
    let code = body["error"]["code"].as_str().unwrap_or_default();
    let is_common = matches!(
        (answer.status, code),
        (400, "invalid_parameter" | "asset_not_available")
            | (401, "unauthorized")
            | (404, "not_found")
            | (409, "resource_not_ready")
            | (413, "payload_too_large")
            | (429, "rate_limit_exceeded")
            | (500.., _)
    );
    // The table has it once for all operations with a scope.
    let is_scope = (answer.status, code) == (403, "insufficient_api_key_scope");
    let is_common = is_common || (is_scope && operation.oauth_scope.is_some());
    // A few errors are declared without a code.
    let is_declared = operation.errors.iter().any(|error| {
        error.status == answer.status && error.code.is_none_or(|declared| declared == code)
    });
    // What is missing may also be something that the body names.
    let is_of_body = body["error"]["param"].is_string();
    let has_own_404 = !is_of_body && operation.errors.iter().any(|error| error.status == 404);
    assert!(
        is_declared || (is_common && !(answer.status == 404 && has_own_404)),
        "{} does not declare {} {code}",
        operation.id,
        answer.status
    );
}
