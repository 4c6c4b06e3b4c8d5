use std::time::Duration;

use heygen_client::Client;
use heygen_emulator::{Emulator, Settings};
use heygen_hyper::{ErrorKind, HyperTransport, TokioRuntime};

use crate::{
    config::{Connection, Server},
    exit::Exit,
    failure::Failure,
    key::{Found, KeySource},
    progress,
};

/// A client, and the emulator that it talks to if that is in this process.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) client: Client,
    emulator: Option<Emulator>,
}

impl Session {
    /// Makes the client, and starts the emulator first if there is to be one. Nothing is sent yet.
    pub(crate) async fn open(connection: Connection) -> Result<Self, Failure> {
        let transport = transport(&connection)?;
        let mut builder = Client::builder(transport, TokioRuntime::new()).retry(connection.retry);
        if let Some(console) = connection.tells_retries {
            builder = builder.on_retry(move |retry| progress::tell_retry(retry, console));
        }
        let (builder, emulator) = match connection.server {
            Server::Remote {
                base_url,
                allow_http,
                key,
            } => {
                let key = read(key).await?;
                let builder = builder
                    .credential(key)
                    .base_url(base_url)
                    .allow_http(allow_http);
                (builder, None)
            }
            Server::Emulator => {
                let emulator = Emulator::builder().settings(impatient()).start().await;
                let emulator = emulator.map_err(|error| {
                    Failure::new(
                        Exit::Api,
                        "emulator_failed",
                        "the embedded emulator could not be started",
                        "check that a port of 127.0.0.1 is free and the temporary folder writable",
                    )
                    .caused_by(Some(error.io_error()))
                })?;
                let base_url = emulator.url().parse();
                let key = emulator.api_key().parse::<heygen_client::ApiKey>();
                let builder = builder
                    .base_url(base_url.expect("an emulator has a base URL"))
                    .credential(key.expect("an emulator has a usable key"));
                (builder, Some(emulator))
            }
        };
        let client = builder
            .build()
            .map_err(|error| Failure::of_client(&error))?;
        Ok(Self { client, emulator })
    }

    /// Ends the session, and the emulator with all that it stored.
    pub(crate) async fn close(self) {
        let Self { client, emulator } = self;
        // Its connections would keep the emulator waiting.
        drop(client);
        if let Some(emulator) = emulator {
            shut_down(emulator).await;
        }
    }
}

/// Ends an emulator. A client that stopped in the middle of a request is not waited for.
pub(crate) async fn shut_down(emulator: Emulator) {
    // When the time is up it ends with the process.
    let _ = tokio::time::timeout(SHUTDOWN_LIMIT, emulator.shutdown()).await;
}

/// Reads the credential, on another thread when that may wait: until then the program has to hear
/// of an interrupt.
async fn read(key: KeySource) -> Result<Found, Failure> {
    if !key.may_wait() {
        return key.read();
    }
    match tokio::task::spawn_blocking(move || key.read()).await {
        Ok(read) => read,
        Err(stopped) => std::panic::resume_unwind(stopped.into_panic()),
    }
}

/// Longer than any answer takes that an emulator still has to give.
const SHUTDOWN_LIMIT: Duration = Duration::from_secs(5);

/// Jobs of an emulator that lives for one command end at the first look: whoever tries `--wait`
/// wants to see what comes of it.
fn impatient() -> Settings {
    let mut settings = Settings::default();
    let short = Duration::from_millis(500);
    settings.processing_time = short;
    settings.agent_thinking_time = short;
    settings.agent_generating_time = short;
    settings.job_time = short;
    settings
}

fn transport(connection: &Connection) -> Result<HyperTransport, Failure> {
    let mut builder = HyperTransport::builder();
    if let Some(limit) = connection.connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    if let Some(limit) = connection.answer_timeout {
        builder = builder.answer_timeout(limit);
    }
    if let Some(limit) = connection.stall_timeout {
        builder = builder.stall_timeout(limit);
    }
    for file in &connection.root_certificates {
        builder = builder.add_root_certificates_file(file);
    }
    builder.build().map_err(|error| {
        let hint = match error.kind() {
            ErrorKind::RootCertificates => "name a PEM file with --root-certificate",
            _ => "check the options",
        };
        Failure::usage(error.to_string(), hint).caused_by(std::error::Error::source(&error))
    })
}
