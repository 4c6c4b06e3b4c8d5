//! From what was written on the command line to the request of an operation.

use clap::ArgMatches;
use heygen_client::RawRequest;
use heygen_types::{
    BodyEncoding, IdempotencyKey, Json,
    table::{OperationEntry, Schema, Strictness},
};

use super::{
    body::{self, Body},
    flags,
    shape::{Kind, Shape, kebab},
    verb::ids,
};
use crate::failure::Failure;

/// A request that was checked; what is left to do is in its body.
#[derive(Debug)]
pub(super) struct Request {
    pub(super) operation: &'static OperationEntry,
    pub(super) parameters: Vec<String>,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Body>,
    pub(super) key: Option<IdempotencyKey>,
}

impl Request {
    /// Reads and checks everything. Nothing is sent.
    pub(super) fn read(
        operation: &'static OperationEntry,
        matches: &ArgMatches,
    ) -> Result<Self, Failure> {
        let parameters = operation.path_params.iter().map(|name| {
            let value = matches.get_one::<String>(&format!("path {name}"));
            value
                .cloned()
                .expect("the parser asked for every parameter of the path")
        });
        let parameters = parameters.collect();
        let query = query(operation, matches)?;
        let body = match operation.encoding {
            BodyEncoding::Json => Some(body::read(operation, matches)?),
            _ => None,
        };
        Ok(Self {
            operation,
            parameters,
            query,
            body,
            key: match matches.try_get_one(ids::KEY) {
                Ok(key) => key.cloned(),
                Err(_) => None,
            },
        })
    }

    /// Returns the request without its body and its key.
    pub(super) fn head(&self) -> RawRequest {
        let parameters: Vec<&str> = self.parameters.iter().map(String::as_str).collect();
        let path = self.operation.fill_path(&parameters);
        let request = RawRequest::new(self.operation.method, path)
            .about(self.operation.path)
            .not_carried_out(self.operation.not_carried_out);
        self.query.iter().fold(request, |request, (name, value)| {
            request.query(*name, value)
        })
    }
}

fn query(
    operation: &'static OperationEntry,
    matches: &ArgMatches,
) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut query = Vec::new();
    let mut missing = Vec::new();
    for parameter in operation.query {
        let flag = format!("--{}", kebab(parameter.name));
        let Some(values) = matches.get_many::<String>(&flags::query_id(parameter)) else {
            if parameter.required {
                missing.push(flag);
            }
            continue;
        };
        let values: Vec<&str> = values.map(String::as_str).collect();
        let value = values.join(",");
        check(parameter, &value).map_err(|problem| {
            Failure::usage(
                format!("{flag} {problem}; nothing was sent"),
                "change what is named; --help shows the flags",
            )
        })?;
        query.push((parameter.name, value));
    }
    let is_list = |parameter: &Schema| flags::is_id_list(parameter);
    if query.is_empty() && !operation.query.is_empty() && operation.query.iter().all(is_list) {
        let names = operation.query.iter();
        let names: Vec<String> = names
            .map(|name| format!("--{}", kebab(name.name)))
            .collect();
        return Err(Failure::usage(
            format!("{} is missing; nothing was sent", names.join(" or ")),
            format!("add {} with an id; it can be repeated", names.join(" or ")),
        ));
    }
    if missing.is_empty() {
        return Ok(query);
    }
    let verb = if missing.len() == 1 { "is" } else { "are" };
    Err(Failure::usage(
        format!("{} {verb} missing; nothing was sent", missing.join(", ")),
        "add what is missing; --help shows the flags",
    ))
}

fn check(parameter: &Schema, value: &str) -> Result<(), String> {
    let json = match Shape::of(parameter).kind {
        Kind::Integer | Kind::Number => serde_json::from_str(value).unwrap_or_default(),
        _ => Json::String(value.to_owned()),
    };
    if parameter.required && value.is_empty() {
        return Err("is empty".to_owned());
    }
    parameter
        .check(&json, Strictness::default())
        .map_err(|violation| violation.problem().to_owned())
}
