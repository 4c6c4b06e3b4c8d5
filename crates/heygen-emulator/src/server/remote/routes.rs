use http::{Method, StatusCode};
use serde_json::{Value, json};

use super::{Answer, Ask, clock, faults, snapshots, views};
use crate::{core::percent_decode, problem::Problem, routes};

/// Something that the control endpoint does.
pub(super) struct Route {
    method: Method,
    path: &'static str,
    about: &'static str,
    pub(super) answer: fn(&Ask<'_>) -> Answer,
}

/// Finds what a request asks for, and the parameter of its path.
pub(super) fn find(method: &Method, path: &str) -> Result<(&'static Route, String), Problem> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let known = ROUTES
        .iter()
        .map(|route| (route.method.clone(), route.path, route));
    let others = match routes::find_among(known, method, path) {
        Ok((route, parameters)) => {
            let name = parameters.first().map(|name| percent_decode(name));
            return Ok((route, name.unwrap_or_default()));
        }
        Err(others) => others,
    };
    if others.is_empty() {
        let mut paths: Vec<&str> = ROUTES.iter().map(|route| route.path).collect();
        paths.dedup();
        let message = format!("there is no {path}; there are {}", paths.join(", "));
        return Err(Problem::new(StatusCode::NOT_FOUND, "not_found", message));
    }
    let names: Vec<&str> = others.iter().map(Method::as_str).collect();
    let message = format!("{path} takes {}, not {method}", names.join(" and "));
    Err(Problem::method_not_allowed(message, &others))
}

/// `GET /_emulator`
fn index(_: &Ask<'_>) -> Answer {
    let routes = ROUTES.iter().map(|route| {
        json!({
            "method": route.method.as_str(),
            "path": route.path,
            "about": route.about,
        })
    });
    Ok(json!({ "routes": routes.collect::<Vec<Value>>() }))
}

const fn route(
    method: Method,
    path: &'static str,
    about: &'static str,
    answer: fn(&Ask<'_>) -> Answer,
) -> Route {
    Route {
        method,
        path,
        about,
        answer,
    }
}

/// The path that no operation of the API begins with.
pub(super) const PREFIX: &str = "/_emulator";

#[rustfmt::skip]
const ROUTES: &[Route] = &[
    route(Method::GET, PREFIX, "this list", index),
    route(Method::GET, "/_emulator/faults", "the faults to come, and those that have not fired", faults::list),
    route(Method::POST, "/_emulator/faults", "add a fault or a list of faults, as objects or lines", faults::add),
    route(Method::DELETE, "/_emulator/faults", "forget the faults to come", faults::clear),
    route(Method::GET, "/_emulator/clock", "what time it is", clock::show),
    route(Method::POST, "/_emulator/clock", "set, advance or freeze the clock", clock::change),
    route(Method::GET, "/_emulator/assets", "the assets, unfinished ones too", views::assets),
    route(Method::GET, "/_emulator/requests", "the requests so far, without secrets", views::requests),
    route(Method::GET, "/_emulator/deliveries", "the calls so far, without secrets", views::deliveries),
    route(Method::GET, "/_emulator/snapshots", "the names of the snapshots", snapshots::list),
    route(Method::PUT, "/_emulator/snapshots/{name}", "take a snapshot", snapshots::take),
    route(Method::DELETE, "/_emulator/snapshots/{name}", "forget a snapshot", snapshots::forget),
    route(Method::POST, "/_emulator/snapshots/{name}/restore", "go back to a snapshot", snapshots::restore),
    route(Method::POST, "/_emulator/reset", "begin anew", snapshots::reset),
];
