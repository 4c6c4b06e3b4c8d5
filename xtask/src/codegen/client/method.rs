//! The methods of operations without a body, and of those whose answer is a stream.

use anyhow::{Context as _, Result};

use super::{
    super::{
        rust,
        table::{FILE, Group, Operation},
    },
    Face,
    argument::Argument,
    text,
};

/// Writes the method of an operation, and those that read all its pages.
pub(super) fn write(face: &Face<'_>, operation: &Operation, name: &str) -> Result<Vec<String>> {
    let rust_type = &operation.rust;
    let response = face.catalog.response_type(operation)?;
    let errors = text::errors(operation, "[`Client::send`]");
    let mut doc = operation.documentation();
    let (parameters, request) = if operation.query.is_empty() {
        let (parameters, request) = by_ids(face, operation)?;
        (parameters, format!("&{request}"))
    } else {
        (format!("request: &{rust_type}"), "request".to_owned())
    };
    let [items, pages] = paged_names(name);
    if operation.paginated {
        doc.push_str(&format!(
            "\n\nReturns one page. [`{items}`](Self::{items}) and [`{pages}`](Self::{pages}) read \
             all of them."
        ));
    }
    let mut methods = vec![format!(
        "{}    pub async fn {name}(&self, {parameters}) -> Result<{response}, Error> {{\n        \
         self.client.send({request}).await\n    }}\n",
        rust::doc(&format!("{doc}\n\n{errors}"), 4)
    )];
    if operation.paginated {
        let doc = format!(
            "Returns the items of [`{name}`](Self::{name}) one by one. A page is requested when its \
             first item is."
        );
        methods.push(paged(&doc, &items, "Items", "items", rust_type));
        let doc = format!("Returns the pages of [`{name}`](Self::{name}) one by one.");
        methods.push(paged(&doc, &pages, "Pages", "pages", rust_type));
    }
    Ok(methods)
}

/// Writes the method of an operation whose answer is a stream of events.
pub(super) fn stream(face: &Face<'_>, operation: &Operation, name: &str) -> Result<String> {
    let rust_type = &operation.rust;
    let event = face.catalog.response_type(operation)?;
    let doc = format!(
        "{}\n\nThe events are [`{event}`]s. A stream that ends without the last one is an error.\n\n{}",
        operation.documentation(),
        text::errors(operation, "[`Client::stream`]")
    );
    Ok(format!(
        "{}    pub async fn {name}(&self, request: &{rust_type}) -> Result<Events<{rust_type}>, Error> \
         {{\n        self.client.stream(request).await\n    }}\n",
        rust::doc(&doc, 4)
    ))
}

/// Returns the names of the methods that read all pages.
fn paged_names(method: &str) -> [String; 2] {
    ["items", "pages"].map(|name| match method {
        "list" | "get" => name.to_owned(),
        _ => format!("{method}_{name}"),
    })
}

fn paged(doc: &str, method: &str, returned: &str, call: &str, rust_type: &str) -> String {
    format!(
        "{}    pub fn {method}(&self, request: {rust_type}) -> {returned}<{rust_type}> {{\n        \
         self.client.{call}(request)\n    }}\n",
        rust::doc(doc, 4)
    )
}

/// Writes the parameters and the constructor of a request that is made from ids.
fn by_ids(face: &Face<'_>, operation: &Operation) -> Result<(String, String)> {
    let rust_type = &operation.rust;
    let mut parameters = Vec::new();
    let mut values = Vec::new();
    for schema in &operation.path_params {
        let id = Argument::new(face, schema)?;
        parameters.push(id.declaration());
        values.push(id.value());
    }
    let request = format!("{rust_type}::new({})", values.join(", "));
    Ok((parameters.join(", "), request))
}

/// Writes the method that waits for the job whose record an operation reads.
pub(super) fn wait(face: &Face<'_>, operation: &Operation, group: &Group) -> Result<String> {
    let (parameters, request) = by_ids(face, operation)?;
    let singular = group.singular.as_deref();
    let singular = singular
        .with_context(|| format!("{FILE}: groups: {} has jobs, but no `singular`", group.name))?;
    let mut doc = format!(
        "Waits for the end of {}: await what this returns.",
        rust::with_article(singular)
    );
    if let Some(note) = &group.wait_note {
        doc.push_str(&format!("\n\n{note}"));
    }
    Ok(format!(
        "{}    pub fn wait(&self, {parameters}) -> Wait<{}> {{\n        self.client.wait({request})\n    \
         }}\n",
        rust::doc(&doc, 4),
        operation.rust
    ))
}
