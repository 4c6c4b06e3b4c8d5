//! The table of the API, and how requests find their operation in it.

use std::sync::LazyLock;

use heygen_types::{OperationId, table};
use http::Method;

/// The operations in the order in which their paths are compared with that of a request: words come
/// before parameters, so that `search` is not taken for the id of an asset.
static ROUTES: LazyLock<Vec<OperationId>> = LazyLock::new(|| {
    let shape = |operation: OperationId| {
        table::operation(operation)
            .path
            .split('/')
            .map(is_parameter)
    };
    let mut routes = OperationId::ALL.to_vec();
    routes.sort_by(|a, b| shape(*a).cmp(shape(*b)));
    routes
});

/// Finds the operation of a request, and the parameters of its path, still percent-encoded.
///
/// # Errors
///
/// Returns the methods that the path takes, none if there is no such path.
pub(crate) fn find(method: &Method, path: &str) -> Result<(OperationId, Vec<String>), Vec<Method>> {
    let routes = ROUTES.iter().map(|operation| {
        let entry = table::operation(*operation);
        let method = entry.method.as_str().parse();
        let method = method.expect("the methods of the table are methods of HTTP");
        (method, entry.path, *operation)
    });
    find_among(routes, method, path)
}

/// Finds the first of several routes that fits a request; as [`find`].
pub(crate) fn find_among<'r, T>(
    routes: impl IntoIterator<Item = (Method, &'r str, T)>,
    method: &Method,
    path: &str,
) -> Result<(T, Vec<String>), Vec<Method>> {
    let mut others = Vec::new();
    for (own, template, route) in routes {
        match parameters(template, path) {
            Some(parameters) if own == *method => return Ok((route, parameters)),
            Some(_) => others.push(own),
            None => {}
        }
    }
    Err(others)
}

/// Returns the parameters of a path that fits a template such as `/v3/assets/{asset_id}`.
fn parameters(template: &str, path: &str) -> Option<Vec<String>> {
    let mut parameters = Vec::new();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        if is_parameter(expected) && !segment.is_empty() {
            parameters.push(segment.to_owned());
        } else if expected != segment {
            return None;
        }
    }
    segments.next().is_none().then_some(parameters)
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{')
}
