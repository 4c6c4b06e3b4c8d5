use std::{path::PathBuf, time::Duration};

use heygen_client::{BaseUrl, RetryPolicy};

use crate::{
    args::GlobalArgs,
    console::Console,
    environment::{ALLOW_HTTP, API_BASE, Environment, MAX_RETRIES},
    failure::Failure,
    key::KeySource,
};

/// How to reach the API.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(crate) server: Server,
    pub(crate) retry: RetryPolicy,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) answer_timeout: Option<Duration>,
    pub(crate) stall_timeout: Option<Duration>,
    pub(crate) root_certificates: Vec<PathBuf>,
    /// Where to report that a request is repeated, unless nobody wants to know.
    pub(crate) tells_retries: Option<Console>,
}

/// Who answers.
#[derive(Debug)]
pub(crate) enum Server {
    /// An emulator inside this process.
    Emulator,
    /// The API, or another server that speaks it.
    Remote {
        base_url: BaseUrl,
        allow_http: bool,
        key: KeySource,
    },
}

impl Connection {
    pub(crate) fn new(args: &GlobalArgs, environment: &Environment) -> Result<Self, Failure> {
        let mut retry = RetryPolicy::default();
        if let Some(retries) = max_retries(args, environment)? {
            retry.max_attempts = retries.saturating_add(1);
        }
        Ok(Self {
            server: Server::new(args, environment)?,
            retry,
            connect_timeout: args.connect_timeout.map(|limit| limit.0),
            answer_timeout: args.answer_timeout.map(|limit| limit.0),
            stall_timeout: args.stall_timeout.map(|limit| limit.0),
            root_certificates: args.root_certificate.clone(),
            tells_retries: Some(Console::new(super::output(args, environment)?)),
        })
    }
}

impl Server {
    fn new(args: &GlobalArgs, environment: &Environment) -> Result<Self, Failure> {
        if args.emulator {
            // The variables may well be set for other commands; a flag was meant for this one.
            let other = [
                ("--api-base", args.api_base.is_some()),
                ("--api-key-file", args.api_key_file.is_some()),
            ];
            if let Some((flag, _)) = other.into_iter().find(|(_, is_given)| *is_given) {
                return Err(Failure::usage(
                    format!("{flag} has no meaning with --emulator"),
                    format!("leave out {flag} or --emulator"),
                ));
            }
            return Ok(Self::Emulator);
        }
        let allow_http = args.allow_http || allows_http(environment)?;
        let base_url = base_url(args, environment, allow_http)?;
        Ok(Self::Remote {
            base_url,
            allow_http,
            key: KeySource::new(args.api_key_file.as_deref(), environment),
        })
    }
}

fn max_retries(args: &GlobalArgs, environment: &Environment) -> Result<Option<u32>, Failure> {
    if args.max_retries.is_some() {
        return Ok(args.max_retries);
    }
    let text = environment.text(MAX_RETRIES)?;
    text.map(str::parse).transpose().map_err(|_| {
        Failure::usage(
            format!(
                "the variable {MAX_RETRIES} is not a number from 0 to {}",
                u32::MAX
            ),
            format!("set {MAX_RETRIES} to a number such as 3, or unset it"),
        )
    })
}

fn allows_http(environment: &Environment) -> Result<bool, Failure> {
    match environment.text(ALLOW_HTTP)? {
        None | Some("0") => Ok(false),
        Some("1") => Ok(true),
        Some(_) => Err(Failure::usage(
            format!("the variable {ALLOW_HTTP} is neither 1 nor 0"),
            format!("set {ALLOW_HTTP} to 1 to accept plain http, or unset it"),
        )),
    }
}

fn base_url(
    args: &GlobalArgs,
    environment: &Environment,
    allow_http: bool,
) -> Result<BaseUrl, Failure> {
    let (text, origin) = match (args.api_base.as_deref(), environment.text(API_BASE)?) {
        (Some(text), _) => (text, "--api-base"),
        (None, Some(text)) => (text, API_BASE),
        (None, None) => return Ok(BaseUrl::default()),
    };
    // The text stays unsaid: whoever writes a user name into a URL writes a password, too.
    let base_url: BaseUrl = text
        .parse()
        .map_err(|invalid: heygen_client::types::Invalid| {
            Failure::usage(
                format!("the base URL in {origin} {}", invalid.problem()),
                format!("write {origin} as https://api.heygen.com or http://127.0.0.1:8080"),
            )
        })?;
    if base_url.is_plain_http() && !base_url.is_loopback() && !allow_http {
        return Err(Failure::usage(
            format!(
                "the base URL {base_url} in {origin} would send the API key unencrypted; nothing was sent"
            ),
            format!("use https; on a network that you trust set {ALLOW_HTTP}=1 or --allow-http"),
        ));
    }
    Ok(base_url)
}
