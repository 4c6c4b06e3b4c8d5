use serde::Serialize;

use super::runtime;
use crate::{
    config::EmulatorConfig, console::Console, exit::Exit, failure::Failure, report::json::line,
    signals::Interrupts,
};

/// What other programs need to reach the emulator.
#[derive(Serialize)]
struct Address<'a> {
    url: &'a str,
    api_key: &'a str,
}

/// Serves the emulator until a signal.
pub(super) fn run(config: EmulatorConfig, console: &Console) -> Result<Exit, Failure> {
    runtime()?.block_on(serve(config, console))
}

async fn serve(config: EmulatorConfig, console: &Console) -> Result<Exit, Failure> {
    // Before anybody can know that it runs, so that no signal is missed.
    let mut interrupts = Interrupts::listen().map_err(|error| failure(&error))?;
    let emulator = config
        .builder()
        .start()
        .await
        .map_err(|error| failure(&error))?;
    let (url, api_key) = (emulator.url(), &emulator.api_key());
    console.result(line(&Address { url, api_key }).as_bytes());
    console.note(&format!(
        "to use it from another shell: export HEYGEN_API_BASE={url} HEYGEN_API_KEY={api_key}"
    ));
    // When nobody read the address, nobody can use it.
    if !console.is_closed() {
        interrupts.next().await;
    }
    for fault in emulator.unused_faults() {
        console.note(&format!("a fault was not met: {fault}"));
    }
    emulator.shutdown().await;
    Ok(console.exit(Exit::Success))
}

fn failure(error: &std::io::Error) -> Failure {
    // What makes no sense was asked for; the rest is the machine's.
    let exit = match error.kind() {
        std::io::ErrorKind::InvalidInput
        | std::io::ErrorKind::AddrInUse
        | std::io::ErrorKind::AddrNotAvailable
        | std::io::ErrorKind::PermissionDenied => Exit::Usage,
        std::io::ErrorKind::NotFound | std::io::ErrorKind::InvalidData => Exit::File,
        _ => Exit::Api,
    };
    Failure::new(
        exit,
        "emulator_failed",
        "the emulator could not be started",
        "check --listen, --data and the other options",
    )
    .caused_by(Some(error))
}
