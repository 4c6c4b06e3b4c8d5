use std::{io, net::SocketAddr, path::Path, pin::pin};

use futures_util::future::select;
use heygen_emulator::{StartError, StartErrorKind};
use serde::Serialize;

use crate::{
    config::EmulatorConfig,
    console::Console,
    escape,
    exit::Exit,
    failure::{Failure, LOCAL_RESOURCES},
    output,
    report::json::line,
    resources::block_on,
    session::shut_down,
    signals::Interrupts,
};

/// What other programs need to reach the emulator.
#[derive(Serialize)]
struct Address<'a> {
    url: &'a str,
    api_key: &'a str,
}

/// Serves the emulator until a signal.
pub(super) fn run(config: EmulatorConfig, console: Console) -> Result<Exit, Failure> {
    block_on(serve(config, console))
}

async fn serve(config: EmulatorConfig, console: Console) -> Result<Exit, Failure> {
    // Before anybody can know that it runs, so that no signal is missed.
    let (listen, data) = (config.listen, config.data.clone());
    let mut interrupts = Interrupts::listen().map_err(|error| {
        let problem = "this program cannot listen to signals";
        not_started(Exit::File, problem, LOCAL_RESOURCES, &error)
    })?;
    let started = config.builder().start().await;
    let emulator = started.map_err(|error| failure(listen, data.as_deref(), &error))?;
    let (url, api_key) = (emulator.url(), &emulator.api_key());
    console.json(&line(&Address { url, api_key }));
    console.note(&format!(
        "to use it from another shell: export HEYGEN_API_BASE={url} HEYGEN_API_KEY={api_key}"
    ));
    // When nobody reads the address, nobody can use it.
    let unread = async {
        output::results_written().await;
        if output::is_open() {
            std::future::pending::<()>().await;
        }
    };
    select(pin!(interrupts.next()), pin!(unread)).await;
    for fault in emulator.unused_faults() {
        console.note(&format!("a fault was not met: {fault}"));
    }
    shut_down(emulator).await;
    Ok(Exit::Success)
}

/// Says what the emulator could not be started for. What makes no sense was asked for; the rest is the
/// machine's.
fn failure(listen: SocketAddr, data: Option<&Path>, error: &StartError) -> Failure {
    use io::ErrorKind as Kind;
    let (host, port) = (listen.ip(), listen.port());
    let is_privileged = (1..1024).contains(&port);
    let folder = data.map_or_else(
        || "the temporary folder".to_owned(),
        |data| format!("the folder {} of --data", escape::name(data.as_os_str())),
    );
    let io = error.io_error();
    let (exit, problem, hint) = match (error.kind(), io.kind()) {
        (StartErrorKind::Address, Kind::AddrInUse) => (
            Exit::Usage,
            format!("port {port} of {host} is in use by another program"),
            "stop that program, or name another port; --listen 0 takes a free one",
        ),
        (StartErrorKind::Address, Kind::AddrNotAvailable) => (
            Exit::Usage,
            format!("{host} is no address of this machine"),
            "listen on 127.0.0.1, or on an address that the machine has",
        ),
        (StartErrorKind::Address, Kind::PermissionDenied) if is_privileged => (
            Exit::Usage,
            format!("port {port} is for the administrator of this machine only"),
            "name a port from 1024 on; --listen 0 takes a free one",
        ),
        (StartErrorKind::Settings, _) => (
            Exit::Usage,
            "an option cannot be used".to_owned(),
            "change what the cause names; --help shows the options",
        ),
        (StartErrorKind::Folder, Kind::ResourceBusy) => (
            Exit::Usage,
            format!("{folder} is in use by another emulator"),
            "stop that emulator, or name another folder",
        ),
        (StartErrorKind::Folder, _) => (
            Exit::File,
            format!("{folder} cannot be used"),
            match data {
                Some(_) => {
                    "name a folder that can be written to, or leave out --data to keep nothing"
                }
                None => "have TMPDIR name a folder that can be written to, or use --data",
            },
        ),
        _ => (
            Exit::Api,
            format!("the system refused to listen on {listen}"),
            "name another address with --listen",
        ),
    };
    not_started(exit, &problem, hint, io)
}

fn not_started(exit: Exit, problem: &str, hint: &str, error: &io::Error) -> Failure {
    let message = format!("{problem}; the emulator was not started");
    Failure::new(exit, "emulator_failed", message, hint).caused_by(Some(error))
}
