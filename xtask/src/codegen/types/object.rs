use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::{
    super::{
        rust,
        table::{ByHand, FILE},
    },
    catalog::{Catalog, Object},
    field::{Field, Presence, Role},
    validate,
};

/// Writes the struct of an object, its constructor, its checks and what it says as a job.
pub(super) fn write(catalog: &Catalog<'_>, object: &Object<'_>) -> Result<String> {
    if object.is_by_hand(ByHand::Type) {
        return Ok(String::new());
    }
    let fields = fields(catalog, object)?;
    let is_request = catalog.is_request(object.rust);
    let mut out = Struct {
        name: object.rust,
        doc: object.doc,
        fields: &fields,
        is_wire: true,
        denies_unknown: catalog.denies_unknown(object),
    }
    .write(catalog);
    let constructor = if object.is_by_hand(ByHand::New) {
        String::new()
    } else {
        constructor(catalog, object)?.write(is_request)
    };
    let checks = validate::method(catalog, object.rust, object.schema, &fields)?;
    write_impl(&mut out, object.rust, &[constructor, checks]);
    out.extend(
        fields
            .iter()
            .filter_map(|field| field.substitute_function(object.rust)),
    );
    if let Some(job) = &object.schema.job {
        out.push_str(&super::job::write(catalog, object, job)?);
    }
    Ok(out)
}

/// Returns the constructor of an object.
pub(super) fn constructor(catalog: &Catalog<'_>, object: &Object<'_>) -> Result<Constructor> {
    let fields = fields(catalog, object)?;
    Constructor::new(object.rust, &fields, object.schema.new.as_deref())
}

/// Returns the fields of the struct of an object, without the tag.
pub(super) fn fields<'a>(catalog: &Catalog<'a>, object: &Object<'a>) -> Result<Vec<Field<'a>>> {
    let role = if catalog.is_request(object.rust) {
        Role::Request
    } else {
        Role::Response
    };
    let tag = catalog.tag(object);
    let fields = object.schema.fields.iter().flatten();
    fields
        .filter(|field| Some(field.name.as_str()) != tag)
        .map(|field| {
            Field::new(catalog, field, role)
                .with_context(|| format!("the fields of {}", object.rust))
        })
        .collect()
}

pub(super) fn write_impl(out: &mut String, name: &str, methods: &[String]) {
    let methods: Vec<&str> = methods
        .iter()
        .map(String::as_str)
        .filter(|method| !method.is_empty())
        .collect();
    if !methods.is_empty() {
        write!(out, "\nimpl {name} {{\n{}}}\n", methods.join("\n"))
            .expect("a string takes any text");
    }
}

/// A struct to write.
pub(super) struct Struct<'a> {
    pub(super) name: &'a str,
    pub(super) doc: &'a str,
    pub(super) fields: &'a [Field<'a>],
    /// Whether it goes through serde.
    pub(super) is_wire: bool,
    pub(super) denies_unknown: bool,
}

impl Struct<'_> {
    pub(super) fn write(&self, catalog: &Catalog<'_>) -> String {
        let mut out = format!("\n{}", rust::doc(self.doc, 0));
        let is_default = self
            .fields
            .iter()
            .all(|field| field.presence != Presence::Required);
        let is_eq = self
            .fields
            .iter()
            .all(|field| catalog.is_eq(&field.rust_type));
        out.push_str(&derives(is_default, is_eq, self.is_wire));
        if self.denies_unknown {
            out.push_str("#[serde(deny_unknown_fields)]\n");
        }
        let fields = self.fields.iter();
        let fields: String = fields.map(|it| it.declaration(self.name)).collect();
        write!(
            out,
            "#[non_exhaustive]\npub struct {} {{\n{fields}}}\n",
            self.name
        )
        .expect("a string takes any text");
        out
    }
}

/// Writes what a type derives.
pub(super) fn derives(is_default: bool, is_eq: bool, is_wire: bool) -> String {
    let mut derived = vec!["Clone", "Debug"];
    derived.extend(is_default.then_some("Default"));
    derived.push("PartialEq");
    derived.extend(is_eq.then_some("Eq"));
    if is_wire {
        derived.extend(["Serialize", "Deserialize"]);
    }
    format!("#[derive({})]\n", derived.join(", "))
}

/// The constructor `new`.
#[derive(Debug)]
pub(super) struct Constructor {
    type_name: String,
    parameters: Vec<Parameter>,
    /// The fields and what they are set to.
    inits: Vec<(String, String)>,
}

#[derive(Clone, Debug)]
struct Parameter {
    name: String,
    rust_type: String,
}

impl Parameter {
    fn of(field: &Field<'_>) -> Self {
        Self {
            name: field.name().to_owned(),
            rust_type: field.rust_type.clone(),
        }
    }

    fn is_text(&self) -> bool {
        self.rust_type == "String"
    }

    fn type_name(&self) -> String {
        if self.is_text() {
            "impl Into<String>".to_owned()
        } else {
            self.rust_type.clone()
        }
    }

    fn declaration(&self) -> String {
        format!("{}: {}", rust::ident(&self.name), self.type_name())
    }
}

impl Constructor {
    /// Makes the constructor that takes the required fields, or the named ones.
    pub(super) fn new(
        type_name: &str,
        fields: &[Field<'_>],
        named: Option<&[String]>,
    ) -> Result<Self> {
        let parameters: Vec<Parameter> = match named {
            Some(names) => names
                .iter()
                .map(|name| {
                    let field = fields.iter().find(|field| field.name() == name);
                    let field = field.with_context(|| {
                        format!("{FILE}: `new` of {type_name} names {name}, which is no field")
                    })?;
                    Ok(Parameter::of(field))
                })
                .collect::<Result<_>>()?,
            None => fields
                .iter()
                .filter(|field| field.presence == Presence::Required || field.schema.may_be_absent)
                .map(Parameter::of)
                .collect(),
        };
        let inits = fields
            .iter()
            .map(|field| {
                let given = parameters.iter().find(|given| given.name == field.name());
                let value = match given {
                    None => field.empty().to_owned(),
                    Some(given) => {
                        let mut value = field.ident();
                        if given.is_text() {
                            value.push_str(".into()");
                        }
                        if field.presence == Presence::Optional {
                            value = format!("Some({value})");
                        }
                        value
                    }
                };
                (field.ident(), value)
            })
            .collect();
        Ok(Self {
            type_name: type_name.to_owned(),
            parameters,
            inits,
        })
    }

    /// Returns whether nothing has to be given.
    pub(super) fn takes_nothing(&self) -> bool {
        self.parameters.is_empty()
    }

    /// Returns the parameters: names and types.
    pub(super) fn parameters(&self) -> Vec<(String, String)> {
        let parameters = self.parameters.iter();
        let parameters = parameters.map(|it| (it.name.clone(), it.type_name()));
        parameters.collect()
    }

    /// Adds a body that is made by its own constructor.
    pub(super) fn with_body(mut self, body_type: &str, body: &Self) -> Self {
        let arguments: Vec<String> = body
            .parameters
            .iter()
            .map(|parameter| rust::ident(&parameter.name))
            .collect();
        let value = format!("{body_type}::new({})", arguments.join(", "));
        self.inits.push(("body".to_owned(), value));
        self.parameters.extend(body.parameters.iter().cloned());
        self
    }

    pub(super) fn write(&self, is_request: bool) -> String {
        let is_const = !self.parameters.iter().any(Parameter::is_text);
        let (attribute, constness) = if is_const {
            ("    #[must_use]\n", "const ")
        } else {
            ("", "")
        };
        let parameters: Vec<String> = self.parameters.iter().map(Parameter::declaration).collect();
        let inits: String = self
            .inits
            .iter()
            .map(|(name, value)| {
                if name == value {
                    format!("{name}, ")
                } else {
                    format!("{name}: {value}, ")
                }
            })
            .collect();
        format!(
            "{}{attribute}    pub {constness}fn new({}) -> Self {{\n        Self {{ {inits} }}\n    }}\n",
            rust::doc(&self.doc(is_request), 4),
            parameters.join(", "),
        )
    }

    fn doc(&self, is_request: bool) -> String {
        let name = &self.type_name;
        // "User" sounds like "you".
        let article = match name.starts_with(['A', 'E', 'I', 'O']) {
            true => "an",
            false => "a",
        };
        let sets_all = self.parameters.len() == self.inits.len();
        match (self.parameters.len(), sets_all, is_request) {
            (0, true, _) => format!("Creates {article} `{name}`, which has no fields."),
            (0, false, true) => {
                format!(
                    "Creates {article} `{name}` in which nothing is set. Set its fields directly."
                )
            }
            (0, false, false) => format!("Creates {article} `{name}` in which nothing is set."),
            (_, true, _) => format!("Creates {article} `{name}` from all its fields."),
            (_, false, true) => format!(
                "Creates {article} `{name}` with its required fields. Set optional fields directly."
            ),
            (_, false, false) => format!(
                "Creates {article} `{name}` with its required fields; all optional fields are empty."
            ),
        }
    }
}
