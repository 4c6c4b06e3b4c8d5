use clap::{Args, ValueEnum};
use heygen_types::{IdempotencyKey, Method};

use super::values::idempotency_key;

/// `heygen-rs api`.
#[derive(Debug, Args)]
pub(crate) struct RawArgs {
    /// The method
    #[arg(value_name = "METHOD", ignore_case = true)]
    pub(crate) method: MethodArg,
    /// The path behind the base URL, escaped, such as /v3/videos
    #[arg(value_name = "PATH", value_parser = path)]
    pub(crate) path: String,
    /// The body: JSON, @FILE, or - for standard input
    #[arg(short, long, value_name = "JSON")]
    pub(crate) data: Option<String>,
    /// A parameter of the query; can be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    pub(crate) query: Vec<(String, String)>,
    /// Send this idempotency key; a POST is then repeated where it fails
    #[arg(long, value_name = "KEY", value_parser = idempotency_key)]
    pub(crate) idempotency_key: Option<IdempotencyKey>,
    /// Print the status and the headers of the answer, too, and an answer that is an error
    #[arg(short, long)]
    pub(crate) include: bool,
}

/// A method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "UPPER")]
pub(crate) enum MethodArg {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl From<MethodArg> for Method {
    fn from(method: MethodArg) -> Self {
        match method {
            MethodArg::Get => Self::Get,
            MethodArg::Post => Self::Post,
            MethodArg::Put => Self::Put,
            MethodArg::Patch => Self::Patch,
            MethodArg::Delete => Self::Delete,
        }
    }
}

fn path(text: &str) -> Result<String, &'static str> {
    if !text.starts_with('/') {
        return Err("it has to begin with a slash; the key goes to the API and nowhere else");
    }
    if text.contains(['?', '#']) {
        return Err("it has a query or a fragment; give parameters with --query NAME=VALUE");
    }
    Ok(text.to_owned())
}

fn pair(text: &str) -> Result<(String, String), &'static str> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("write it as NAME=VALUE"),
    }
}

pub(super) const EXAMPLES: &str = "\
Examples:
  heygen-rs api GET /v3/users/me
  heygen-rs api GET /v3/videos --query limit=5 -i
  heygen-rs api POST /v3/podcasts -d @podcast.json --idempotency-key podcast-1";

pub(super) const NOTES: &str = "\
The answer is printed as it came. The request is checked for nothing but its form. A GET, PUT or
DELETE, and anything with a key, is repeated when it fails on the way. Nobody is asked before a
DELETE.";
