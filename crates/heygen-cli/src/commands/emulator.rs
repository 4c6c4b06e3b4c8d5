use std::{io, net::SocketAddr, path::Path, pin::pin};

use futures_util::future::select;
use serde::Serialize;

use super::runtime;
use crate::{
    config::EmulatorConfig, console::Console, escape, exit::Exit, failure::Failure, output,
    report::json::line, signals::Interrupts,
};

/// What other programs need to reach the emulator.
#[derive(Serialize)]
struct Address<'a> {
    url: &'a str,
    api_key: &'a str,
}

/// Serves the emulator until a signal.
pub(super) fn run(config: EmulatorConfig, console: Console) -> Result<Exit, Failure> {
    runtime()?.block_on(serve(config, console))
}

async fn serve(config: EmulatorConfig, console: Console) -> Result<Exit, Failure> {
    // Before anybody can know that it runs, so that no signal is missed.
    let (listen, data) = (config.listen, config.data.clone());
    let failure = |error| failure(listen, data.as_deref(), &error);
    let mut interrupts = Interrupts::listen().map_err(failure)?;
    let emulator = config.builder().start().await.map_err(failure)?;
    let (url, api_key) = (emulator.url(), &emulator.api_key());
    console.json(&line(&Address { url, api_key }));
    console.note(&format!(
        "to use it from another shell: export HEYGEN_API_BASE={url} HEYGEN_API_KEY={api_key}"
    ));
    // When nobody reads the address, nobody can use it.
    let unread = async {
        output::results_written().await;
        if !output::is_closed() {
            std::future::pending::<()>().await;
        }
    };
    select(pin!(interrupts.next()), pin!(unread)).await;
    for fault in emulator.unused_faults() {
        console.note(&format!("a fault was not met: {fault}"));
    }
    emulator.shutdown().await;
    Ok(Exit::Success)
}

/// Says what the emulator could not be started for, by what the system says and what was asked for.
fn failure(listen: SocketAddr, data: Option<&Path>, error: &io::Error) -> Failure {
    use io::ErrorKind as Kind;
    let (host, port) = (listen.ip(), listen.port());
    let is_privileged = (1..1024).contains(&port);
    // What makes no sense was asked for; the rest is the machine's.
    let (exit, problem, hint) = match (error.kind(), data) {
        (Kind::AddrInUse, _) => (
            Exit::Usage,
            format!("port {port} of {host} is in use by another program"),
            "stop that program, or name another port; --listen 0 takes a free one",
        ),
        (Kind::AddrNotAvailable, _) => (
            Exit::Usage,
            format!("{host} is no address of this machine"),
            "listen on 127.0.0.1, or on an address that the machine has",
        ),
        (Kind::PermissionDenied, _) if is_privileged => (
            Exit::Usage,
            format!("port {port} is for the administrator of this machine only"),
            "name a port from 1024 on; --listen 0 takes a free one",
        ),
        (Kind::InvalidInput, _) => (
            Exit::Usage,
            "an option cannot be used".to_owned(),
            "change what the cause names; --help shows the options",
        ),
        (_, Some(folder)) => {
            let folder = escape::name(folder.as_os_str());
            (
                Exit::File,
                format!("the folder {folder} of --data cannot be used"),
                "name a folder that can be written to, or leave out --data to keep nothing",
            )
        }
        _ => (
            Exit::Api,
            format!("the system refused to listen on {listen}"),
            "name another address with --listen",
        ),
    };
    let message = format!("{problem}; the emulator was not started");
    Failure::new(exit, "emulator_failed", message, hint).caused_by(Some(error))
}
