use std::{collections::HashMap, sync::LazyLock};

use heygen_types::table::{OPERATIONS, OperationEntry, Schema};
use http::Method;

use crate::Endpoint;

/// The operations of the API as the table describes them, with their routes.
pub(crate) static SURFACE: LazyLock<Surface> = LazyLock::new(Surface::read);

/// Where the operations of the table lie.
pub(crate) struct Surface {
    /// The place of each operation in the table.
    places: HashMap<Endpoint, usize>,
    /// The query of each operation as one object.
    queries: HashMap<Endpoint, Schema>,
    routes: Vec<Template>,
}

struct Template {
    endpoint: Endpoint,
    method: Method,
    segments: Vec<String>,
}

/// Where a request of the API goes.
pub(crate) enum Route {
    /// To an endpoint, with the parameters of its path, still percent-encoded.
    To(Endpoint, Vec<String>),
    /// The path exists, for these methods only.
    OtherMethods(Vec<Method>),
    Nowhere,
}

impl Surface {
    fn read() -> Self {
        let mut surface = Self {
            places: HashMap::new(),
            queries: HashMap::new(),
            routes: Vec::new(),
        };
        for (place, operation) in OPERATIONS.iter().enumerate() {
            let endpoint = Endpoint::from_id(operation.id.as_str())
                .expect("a test finds an endpoint for every operation");
            let query = Schema::object(operation.query);
            surface.queries.insert(endpoint, query);
            surface.places.insert(endpoint, place);
            surface.routes.push(Template {
                endpoint,
                method: method(operation),
                segments: operation.path.split('/').map(str::to_owned).collect(),
            });
        }
        // Words stand before parameters, so that `search` is not taken for an asset id.
        surface.routes.sort_by(|a, b| a.shape().cmp(b.shape()));
        surface
    }

    pub(crate) fn operation(&self, endpoint: Endpoint) -> Option<&'static OperationEntry> {
        let place = self.places.get(&endpoint)?;
        OPERATIONS.get(*place)
    }

    /// Returns the parameters of the query as the fields of an object.
    pub(crate) fn query(&self, endpoint: Endpoint) -> Option<&Schema> {
        self.queries.get(&endpoint)
    }

    /// Finds the endpoint of a request to the API.
    pub(crate) fn route(&self, method: &Method, path: &str) -> Route {
        let mut others = Vec::new();
        for template in &self.routes {
            let segments = template.segments.iter().map(String::as_str);
            let Some(parameters) = parameters(segments, path) else {
                continue;
            };
            if *method == template.method {
                return Route::To(template.endpoint, parameters);
            }
            others.push(template.method.clone());
        }
        if others.is_empty() {
            Route::Nowhere
        } else {
            Route::OtherMethods(others)
        }
    }
}

impl Template {
    /// Returns what templates are sorted by: for each segment whether it is a parameter.
    fn shape(&self) -> impl Iterator<Item = bool> {
        self.segments.iter().map(|segment| is_parameter(segment))
    }
}

/// Returns the parameters of a path that fits a template, given by its segments.
pub(crate) fn parameters<'t>(
    template: impl IntoIterator<Item = &'t str>,
    path: &str,
) -> Option<Vec<String>> {
    let mut parameters = Vec::new();
    let mut segments = path.split('/');
    for expected in template {
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

fn method(operation: &OperationEntry) -> Method {
    operation
        .method
        .as_str()
        .parse()
        .expect("the methods of the table are methods of HTTP")
}
