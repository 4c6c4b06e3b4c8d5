//! The builders of operations with a body: the method that starts one, and its setters.

use anyhow::{Context as _, Result, bail, ensure};

use super::{
    super::{
        rust,
        table::{FILE, Operation, Schema},
    },
    Face,
    argument::{Argument, Kind},
    text,
};

/// A request that is filled in before it is sent.
pub(super) struct Builder<'a> {
    operation: &'a Operation,
    method: String,
    /// What is filled in: the operation itself, or one of its variants.
    part: &'a str,
    doc: String,
    /// Where the fields are.
    request: &'static str,
    /// What the constructor takes, in its order.
    parameters: Vec<Argument<'a>>,
    fields: &'a [Schema],
    /// The variant that is filled in, where there are several.
    variant: Option<Variant<'a>>,
}

/// A variant of a request.
struct Variant<'a> {
    /// The field that holds the tag.
    tag: &'a str,
    value: &'a str,
}

/// Returns the builder of an operation, or those of its variants.
pub(super) fn builders<'a>(
    face: &Face<'a>,
    operation: &'a Operation,
    method: &str,
) -> Result<Vec<Builder<'a>>> {
    let Some(union) = face.catalog.union(&operation.rust) else {
        let body = face.catalog.body(operation);
        let mut schemas: Vec<&Schema> = operation.path_params.iter().collect();
        schemas.extend(body.fields.iter().flatten());
        return Ok(vec![Builder {
            operation,
            method: method.to_owned(),
            part: &operation.rust,
            doc: operation.documentation(),
            request: if operation.is_body() {
                "request"
            } else {
                "request.body"
            },
            parameters: parameters(face, &operation.rust, &schemas)?,
            fields: body.fields.as_deref().unwrap_or_default(),
            variant: None,
        }]);
    };
    let (verb, _) = operation.doc.split_once(' ').unwrap_or_default();
    union
        .variants
        .iter()
        .map(|variant| {
            let object = face.table().object(&variant.r#type)?;
            let part = object.rust.as_deref();
            let part = part.with_context(|| format!("{FILE}: {} has no `rust`", variant.r#type))?;
            let fields = object.fields.as_deref().unwrap_or_default();
            let schemas: Vec<&Schema> = fields.iter().collect();
            let about = rust::continued(object.doc.as_deref().unwrap_or_default());
            Ok(Builder {
                operation,
                method: format!("{method}_{}", variant.value),
                part,
                doc: format!("{verb} {about}\n\n{}", operation.line()),
                request: "request",
                parameters: parameters(face, part, &schemas)?,
                fields,
                variant: Some(Variant {
                    tag: face.catalog.union_tag(&variant.r#type),
                    value: &variant.value,
                }),
            })
        })
        .collect()
}

fn parameters<'a>(
    face: &Face<'_>,
    rust_type: &str,
    schemas: &[&'a Schema],
) -> Result<Vec<Argument<'a>>> {
    let parameters = face.constructors.get(rust_type);
    let parameters =
        parameters.with_context(|| format!("{FILE}: {rust_type} has no constructor"))?;
    parameters
        .iter()
        .map(|(name, _)| Argument::find(face, schemas, name, rust_type))
        .collect()
}

impl Builder<'_> {
    /// Writes the type of the builder.
    fn submit(&self) -> String {
        let operation = &self.operation.rust;
        match self.variant {
            None => format!("Submit<{operation}>"),
            Some(_) => format!("Submit<{operation}, {}>", self.part),
        }
    }

    /// Returns the parameters of the method: what the request cannot be without.
    fn required(&self) -> impl Iterator<Item = &Argument<'_>> {
        let parameters = self.parameters.iter();
        parameters.filter(|parameter| !parameter.is_filled_later())
    }

    /// Writes the method that starts the builder.
    pub(super) fn method(&self) -> String {
        let values: Vec<String> = self.parameters.iter().map(Argument::initial).collect();
        let new = format!("{}::new({})", self.part, values.join(", "));
        let start = match self.variant {
            None => format!("self.client.submit({new})"),
            Some(_) => format!("self.client.submit_part::<_, {}>({new})", self.part),
        };
        let files = self.required().filter_map(|it| it.attached(self.request));
        let files: String = files.collect();
        let parameters: String = self
            .required()
            .map(|parameter| format!(", {}", parameter.declaration()))
            .collect();
        format!(
            "{}    pub fn {}(&self{parameters}) -> {} {{\n        {start}{files}\n    }}\n",
            rust::doc(&self.method_doc(), 4),
            self.method,
            self.submit(),
        )
    }

    fn method_doc(&self) -> String {
        let mut paragraphs = vec![self.doc.clone()];
        let items: Vec<String> = self.parameters.iter().map(|it| self.item(it)).collect();
        if !items.is_empty() {
            paragraphs.push(items.join("\n"));
        }
        let starts = self.operation.starts.as_ref();
        let several = starts.is_some_and(|starts| self.starts_several(&starts.id));
        paragraphs.push(match starts {
            None => "Await the builder to send the request.".to_owned(),
            Some(_) => {
                let wait = if several { "wait_all" } else { "wait" };
                let jobs = if several { "its jobs" } else { "its job" };
                format!(
                    "Await the builder to send the request, or [`{wait}`](Submit::{wait}) for the end \
                     of {jobs}."
                )
            }
        });
        paragraphs.push(text::errors(self.operation, "[`Submit`]"));
        paragraphs.join("\n\n")
    }

    /// Describes a required field: as a parameter, or where it is filled item by item.
    fn item(&self, argument: &Argument<'_>) -> String {
        let name = &argument.schema.name;
        let mut item = format!("- `{name}`: {}", text::value(argument.schema));
        if let Some(singular) = &argument.schema.singular {
            // Without a space, for a link does not survive a line break.
            let submit = self.submit().replacen('<', "::<", 1).replace(' ', "");
            item.push_str(&format!(
                " Add each with [`{singular}`]({submit}::{singular})."
            ));
        } else if argument.is_filled_later() {
            item.push_str(" It has setters of its own.");
        }
        item
    }

    /// Returns whether the answer names a list of jobs.
    fn starts_several(&self, id: &str) -> bool {
        let mut fields = self.operation.response.fields.iter().flatten();
        fields.any(|field| field.name == *id && field.items.is_some())
    }

    /// Writes the setters of the builder, and how it finds its variant.
    pub(super) fn setters(&self, face: &Face<'_>) -> Result<String> {
        let mut setters = Vec::new();
        for field in self.fields {
            let variant = self.variant.as_ref();
            let is_tag = variant.is_some_and(|variant| variant.tag == field.name);
            let is_set = self.required().any(|it| it.schema.name == field.name);
            if is_tag || is_set || field.deprecated {
                continue;
            }
            let argument = Argument::new(face, field)?;
            setters.extend(match &field.singular {
                Some(singular) => Some(self.adder(face, &argument, singular)?),
                None if argument.is_filled_later() => None,
                None => Some(self.setter(&argument)),
            });
        }
        let mut out = String::new();
        if let Some(variant) = &self.variant {
            out.push_str(&self.part_of(variant));
        }
        if !setters.is_empty() {
            out.push_str(&format!(
                "\nimpl {} {{\n{}}}\n",
                self.submit(),
                setters.join("\n")
            ));
        }
        Ok(out)
    }

    /// Writes the method that sets an optional field.
    fn setter(&self, argument: &Argument<'_>) -> String {
        let (request, ident) = (self.request, argument.ident());
        let body = match &argument.kind {
            Kind::File { attach, .. } => {
                format!(
                    "self.{attach}({ident}, |request, {ident}| {{ {request}.{ident} = \
                     Some({ident}); }})"
                )
            }
            _ => {
                let value = argument.value();
                format!("self.with(|request| {{ {request}.{ident} = Some({value}); }})")
            }
        };
        let doc = format!(
            "Sets `{}`: {}",
            argument.schema.name,
            text::value(argument.schema)
        );
        format!(
            "{}    pub fn {ident}(self, {}) -> Self {{\n        {body}\n    }}\n",
            rust::doc(&doc, 4),
            argument.declaration(),
        )
    }

    /// Writes the method that adds one item to a list.
    fn adder(&self, face: &Face<'_>, argument: &Argument<'_>, singular: &str) -> Result<String> {
        let (request, ident) = (self.request, argument.ident());
        let list = if argument.schema.required {
            format!("{request}.{ident}")
        } else {
            format!("{request}.{ident}.get_or_insert_default()")
        };
        let mut doc = format!(
            "Adds {} to `{}`: {}",
            rust::with_article(&singular.replace('_', " ")),
            argument.schema.name,
            text::value(argument.schema)
        );
        let (generics, parameter, body) = match &argument.kind {
            Kind::File { attach, into, .. } => (
                "",
                format!("{singular}: impl Into<{into}>"),
                format!(
                    "self.{attach}({singular}, |request, {singular}| {{ {list}.push({singular}); }})"
                ),
            ),
            Kind::List(item) => {
                let mut operations = face.table().operations.iter();
                let is_request = operations.any(|operation| operation.rust == *item);
                ensure!(
                    is_request && argument.schema.required,
                    "{FILE}: {}: `singular` is for lists of files or of requests",
                    argument.schema.name
                );
                doc.push_str(
                    "\n\nThe request of the item and its files are taken, not its settings for \
                     sending.",
                );
                let has_variants = face.catalog.union(item).is_some();
                let (generics, part) = if has_variants {
                    ("<R>", ", R")
                } else {
                    ("", "")
                };
                (
                    generics,
                    format!("{singular}: Submit<{item}{part}>"),
                    format!("self.absorb({singular}, |request| &mut {list})"),
                )
            }
            _ => bail!("{FILE}: {}: `singular` is for lists", argument.schema.name),
        };
        Ok(format!(
            "{}    pub fn {singular}{generics}(self, {parameter}) -> Self {{\n        {body}\n    }}\n",
            rust::doc(&doc, 4),
        ))
    }

    /// Writes how the variant is found in the request.
    fn part_of(&self, variant: &Variant<'_>) -> String {
        let (whole, part) = (&self.operation.rust, self.part);
        format!(
            "\nimpl PartOf<{whole}> for {part} {{\n    fn part_of(whole: &mut {whole}) -> &mut Self \
             {{\n        match whole {{\n            {whole}::{}(part) => part,\n            other => \
             unreachable!(\"{{other:?}} was started as another variant\"),\n        }}\n    }}\n}}\n",
            rust::pascal_case(variant.value)
        )
    }
}
