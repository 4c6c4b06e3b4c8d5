//! Faults in the words of the emulator: a line of a command, or JSON for its control endpoint.

use heygen_emulator::Fault;

/// The bytes are a fault in either form.
pub(super) fn run(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else {
        return;
    };
    let fault = match text.parse::<Fault>() {
        Ok(fault) => fault,
        Err(problem) => return assert!(!problem.to_string().is_empty()),
    };
    let line = fault.to_string();
    let json = serde_json::to_string(&fault).expect("words and values are JSON");
    for written in [line, json] {
        match written.parse::<Fault>() {
            Ok(again) => assert_eq!(again, fault, "{written}"),
            Err(problem) => panic!("what was written is not read: {problem}: {written}"),
        }
    }
}
