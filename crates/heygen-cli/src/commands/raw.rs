use std::fmt::Write as _;

use heygen_client::{ErrorKind, RawRequest, RawResponse};

use crate::{
    api,
    args::{GlobalArgs, OutputFormat, RawArgs},
    config::Connection,
    console::Console,
    environment::Environment,
    escape,
    exit::Exit,
    failure::Failure,
    resources::block_on,
    session::Session,
};

/// Sends a request as it was written and prints the answer as it came.
pub(super) fn run(
    args: RawArgs,
    global: &GlobalArgs,
    environment: &Environment,
    format: OutputFormat,
) -> Result<Exit, Failure> {
    let console = Console::new(format);
    let include = args.include;
    let request = request(args, global)?;
    let connection = Connection::new(global, environment)?;
    let answer = block_on(async {
        let session = Session::open(connection).await?;
        let answer = session.client.send_raw(&request).await;
        session.close().await;
        Ok::<_, Failure>(answer)
    })?;
    match answer {
        Ok(answer) => {
            show(console, &answer, include);
            Ok(Exit::Success)
        }
        Err(error) if error.kind() == ErrorKind::InvalidInput => {
            Err(Failure::usage(error.to_string(), error.hint()))
        }
        Err(error) => {
            // Without -i whoever reads the results counts on an answer that is none of an error.
            if let Some(answer) = error.answer().filter(|_| include) {
                show(console, answer, true);
            }
            Err(api::in_doubt(Failure::of_request(&error), &error, &[]))
        }
    }
}

fn show(console: Console, answer: &RawResponse, include: bool) {
    if include {
        console.result(&head(answer));
    }
    console.answer(&answer.body);
}

fn request(args: RawArgs, global: &GlobalArgs) -> Result<RawRequest, Failure> {
    api::check_stdin(args.data.as_deref(), global)?;
    let mut request = RawRequest::new(args.method.into(), args.path);
    for (name, value) in args.query {
        request = request.query(name, value);
    }
    if let Some(data) = args.data {
        let body = api::any_body(&data)?;
        request = request.json(body);
    }
    if let Some(key) = args.idempotency_key {
        request = request.idempotency_key(key);
    }
    Ok(request)
}

/// Writes the head of an answer as HTTP does.
fn head(answer: &RawResponse) -> String {
    let mut text = String::new();
    // Writing to a string never fails.
    let _ = writeln!(text, "HTTP {}", answer.status);
    for (name, value) in &answer.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        let _ = writeln!(text, "{name}: {}", escape::message(&value));
    }
    text.push('\n');
    text
}
