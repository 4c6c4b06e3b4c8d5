//! The vocabulary without HTTP: a request travels as a message, and an answer is read from one.
//!
//! This is what a queue worker, a web front end or a gateway takes: ids that cannot be mixed up,
//! limits that are checked before anything is sent, and enums that survive what the API will say
//! next year.
//!
//! ```console
//! $ cargo run -p heygen-types --example types_alone
//! ```
#![expect(clippy::print_stdout, reason = "a program tells its result")]

use std::error::Error;

use heygen_types::{
    AssetInput, Data, Job, JobState, Operation, Url,
    video_agents::{CreateVideoAgent, VideoAgentSession},
};

fn main() -> Result<(), Box<dyn Error>> {
    let message = write_request()?;
    println!("on its way: {message}");
    let request = read_request(&message)?;
    println!(
        "to be sent: {} {} with {} bytes",
        CreateVideoAgent::METHOD.as_str(),
        request.path(),
        serde_json::to_vec(request.body())?.len(),
    );
    println!("{}", read_answer()?);
    println!("{}", refuse());
    Ok(())
}

/// The side that knows what is wanted.
pub(crate) fn write_request() -> Result<String, Box<dyn Error>> {
    let report = AssetInput::asset("asset_0123".parse()?);
    let logo: Url = "https://example.com/logo.png".parse()?;
    let mut request = CreateVideoAgent::new("Present this report in a minute")
        .with_files([report, AssetInput::url(logo)]);
    request.callback_id = Some("order-17".parse()?);
    // What the API would refuse is found here, and not by a worker in the middle of the night.
    request.validate()?;
    Ok(serde_json::to_string(&request)?)
}

/// The side that sends it, with whatever HTTP stack it has.
pub(crate) fn read_request(message: &str) -> Result<CreateVideoAgent, Box<dyn Error>> {
    let request: CreateVideoAgent = serde_json::from_str(message)?;
    request.validate()?;
    Ok(request)
}

/// An answer with a state and a field that this version does not know.
pub(crate) fn read_answer() -> Result<String, Box<dyn Error>> {
    let body = r#"{"data":{"session_id":"session_1","created_at":1767225600,"progress":40,
        "status":"dreaming","mood":"good","messages":[]}}"#;
    let session: VideoAgentSession = serde_json::from_str::<Data<_>>(body)?.data;
    let state = match session.state() {
        JobState::Running => "still running",
        JobState::NeedsInput => "waiting for an answer",
        JobState::Completed => "done",
        JobState::Failed { .. } => "failed",
        _ => "something new",
    };
    // The unknown word is kept, and would be written as it came.
    Ok(format!(
        "{} is {}: {state}, {} %",
        session.session_id, session.status, session.progress
    ))
}

/// A request that is too long is told with the field, the length and the limit.
pub(crate) fn refuse() -> String {
    match CreateVideoAgent::new("x".repeat(10_001)).validate() {
        Ok(()) => "the limit has grown".to_owned(),
        Err(invalid) => format!("refused: {invalid}"),
    }
}
