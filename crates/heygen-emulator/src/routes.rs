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

/// Where a request of the API goes.
pub(crate) enum Route {
    /// To an operation, with the parameters of its path, still percent-encoded.
    To(OperationId, Vec<String>),
    /// The path exists, for these methods only.
    OtherMethods(Vec<Method>),
    Nowhere,
}

/// Finds the operation of a request.
pub(crate) fn find(method: &Method, path: &str) -> Route {
    let mut others = Vec::new();
    for operation in ROUTES.iter().copied() {
        let entry = table::operation(operation);
        let Some(parameters) = parameters(entry.path, path) else {
            continue;
        };
        let own = entry.method.as_str();
        if *method == own {
            return Route::To(operation, parameters);
        }
        others.push(own.parse().expect("methods of the table are those of HTTP"));
    }
    match others.is_empty() {
        true => Route::Nowhere,
        false => Route::OtherMethods(others),
    }
}

/// Returns the parameters of a path that fits a template such as `/v3/assets/{asset_id}`.
pub(crate) fn parameters(template: &str, path: &str) -> Option<Vec<String>> {
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
