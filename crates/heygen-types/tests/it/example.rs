//! The example is run, and says what it is meant to show.

#[path = "../../examples/types_alone.rs"]
#[expect(dead_code, reason = "its main is for cargo run")]
mod types_alone;

#[test]
fn a_request_travels_as_a_message() {
    let message = types_alone::write_request().unwrap();
    let request = types_alone::read_request(&message).unwrap();
    assert_eq!(serde_json::to_string(&request).unwrap(), message);
    assert!(types_alone::read_request(r#"{"prompt":""}"#).is_err());
}

#[test]
fn answers_of_tomorrow_are_read() {
    let told = types_alone::read_answer().unwrap();
    assert_eq!(told, "session_1 is dreaming: still running, 40 %");
    assert!(types_alone::refuse().contains("10001"));
}
