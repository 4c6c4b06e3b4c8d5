use serde::Deserialize;
use serde_json::{Value, json};

use super::{Answer, Ask};
use crate::Fault;

/// One fault or several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Given {
    Several(Vec<Value>),
    One(Value),
}

/// `GET /_emulator/faults`
pub(super) fn list(ask: &Ask<'_>) -> Answer {
    let core = ask.shared.core();
    let unused: Vec<String> = core.unused_faults().iter().map(Fault::to_string).collect();
    let faults = core.faults().iter().map(|fault| {
        json!({
            "fault": fault,
            "text": fault.to_string(),
            "times_met": fault.times_met(),
        })
    });
    let faults: Vec<Value> = faults.collect();
    Ok(json!({ "all_fired": unused.is_empty(), "unused": unused, "faults": faults }))
}

/// `POST /_emulator/faults`: all of them or, when one cannot be understood, none.
pub(super) fn add(ask: &Ask<'_>) -> Answer {
    const SHAPE: &str = "a fault, such as {\"at\": \"storage_put\", \"close\": true} or \
                         \"storage_put:close\", nor a list of faults";
    let given = match ask.json(SHAPE)? {
        Given::Several(several) => several,
        Given::One(one) => vec![one],
    };
    let read = given.into_iter().map(serde_json::from_value);
    let faults: Vec<Fault> = read.collect::<Result<_, _>>().map_err(|error| {
        let message = format!("a fault cannot be understood, and none was added: {error}");
        crate::problem::Problem::request(message)
    })?;
    let mut core = ask.shared.core();
    for fault in faults {
        core.fault(fault);
    }
    drop(core);
    list(ask)
}

/// `DELETE /_emulator/faults`
pub(super) fn clear(ask: &Ask<'_>) -> Answer {
    ask.shared.core().clear_faults();
    list(ask)
}
