use std::fmt::Write as _;

use anyhow::{Context as _, Result};

use super::{
    super::{
        rust::pascal_case,
        table::{ByHand, FILE, Operation},
    },
    catalog::Catalog,
    field::{Field, Presence, Role},
    object::{self, Constructor, Struct, write_impl},
    union, validate,
};

/// Writes an operation: its type, its constructor and its implementations.
pub(super) fn write<'a>(catalog: &Catalog<'a>, operation: &'a Operation) -> Result<String> {
    if operation.is_by_hand() {
        return Ok(String::new());
    }
    let mut out = if !operation.is_body() {
        with_params(catalog, operation)?
    } else if operation.body.union.is_empty() {
        as_body(catalog, operation)?
    } else {
        let union = catalog.union(&operation.rust);
        let union = union.with_context(|| format!("{FILE}: `unions` has no {}", operation.rust))?;
        union::write(catalog, union, &operation.documentation())?
    };
    out.push_str(&implementation(catalog, operation)?);
    if operation.paginated {
        write!(
            out,
            "\nimpl Paged for {} {{\n    fn at(mut self, token: String) -> Self {{\n        \
             self.token = Some(token);\n        self\n    }}\n}}\n",
            operation.rust
        )
        .expect("a string takes any text");
    }
    if operation.is_stream() {
        out.push_str(&streamed(catalog, operation)?);
    }
    Ok(out)
}

/// Writes how an event of a stream is read: by its tag, so that an event of a known kind that lacks
/// something is not taken for one of an unknown kind.
fn streamed(catalog: &Catalog<'_>, operation: &Operation) -> Result<String> {
    let name = catalog.rust_type(&operation.response)?;
    let union = catalog.union(&name);
    let union = union.with_context(|| format!("{FILE}: `unions` has no {name}"))?;
    let tag = operation.response.tag.as_deref().unwrap_or("type");
    let mut arms = String::new();
    let mut failure = String::new();
    for variant in &union.variants {
        let value = &variant.value;
        let variant_name = pascal_case(value);
        writeln!(
            arms,
            "            Some({value:?}) => value.decode_answer().map({name}::{variant_name}),"
        )?;
        if let Some(field) = &variant.failure {
            write!(
                failure,
                "\n    fn failure(event: &{name}) -> Option<&str> {{\n        match event {{\n            \
                 {name}::{variant_name}(event) => Some(&event.{field}),\n            _ => None,\n        \
                 }}\n    }}\n"
            )?;
        }
    }
    Ok(format!(
        "\nimpl Streamed for {} {{\n    fn event(value: &Json) -> Result<{name}, Invalid> {{\n        \
         match value.member({tag:?}).and_then(Json::as_str) {{\n{arms}            _ => \
         Ok({name}::Unknown(value.clone())),\n        }}\n    }}\n{failure}}}\n",
        operation.rust
    ))
}

/// Writes an operation that is the body of its request.
fn as_body<'a>(catalog: &Catalog<'a>, operation: &'a Operation) -> Result<String> {
    let body = catalog.body(operation);
    let fields = body_fields(catalog, operation)?;
    let mut out = Struct {
        name: &operation.rust,
        doc: &operation.documentation(),
        fields: &fields,
        is_wire: true,
        denies_unknown: body.strict,
    }
    .write(catalog);
    let constructor = constructor(catalog, operation)?.write(true);
    let checks = validate::method(catalog, &operation.rust, body, &fields)?;
    write_impl(&mut out, &operation.rust, &[constructor, checks]);
    Ok(out)
}

/// Returns the fields of an operation that is the body of its request.
fn body_fields<'a>(catalog: &Catalog<'a>, operation: &'a Operation) -> Result<Vec<Field<'a>>> {
    let fields = catalog.body(operation).fields.iter().flatten();
    fields
        .map(|field| Field::new(catalog, field, Role::Request))
        .collect::<Result<_>>()
        .with_context(|| format!("the body of {}", operation.id))
}

/// Returns the constructor of an operation.
pub(super) fn constructor<'a>(
    catalog: &Catalog<'a>,
    operation: &'a Operation,
) -> Result<Constructor> {
    if operation.is_body() {
        let new = catalog.body(operation).new.as_deref();
        return Constructor::new(&operation.rust, &body_fields(catalog, operation)?, new);
    }
    let params = params(catalog, operation)?;
    let constructor = Constructor::new(&operation.rust, &params, operation.new.as_deref())?;
    Ok(match body(catalog, operation)? {
        Some((body_type, body)) => constructor.with_body(&body_type, &body),
        None => constructor,
    })
}

/// Returns the type and the constructor of a body that is not the operation itself.
fn body(catalog: &Catalog<'_>, operation: &Operation) -> Result<Option<(String, Constructor)>> {
    if !operation.has_json_body() {
        return Ok(None);
    }
    let body_type = catalog.rust_type(&operation.body)?;
    let body = catalog.object(&body_type);
    let body = body.with_context(|| format!("{FILE}: {body_type} is not described"))?;
    Ok(Some((body_type, object::constructor(catalog, body)?)))
}

/// Writes an operation that holds its parameters, and its body where it has one.
fn with_params<'a>(catalog: &Catalog<'a>, operation: &'a Operation) -> Result<String> {
    let fields = params(catalog, operation)?;
    let mut out = Struct {
        name: &operation.rust,
        doc: &operation.documentation(),
        fields: &fields,
        is_wire: false,
        denies_unknown: false,
    }
    .write(catalog);
    if let Some((body_type, body)) = body(catalog, operation)? {
        out = add_body(&out, &body_type, &body, catalog.is_eq(&body_type));
    }
    let constructor = constructor(catalog, operation)?.write(true);
    write_impl(&mut out, &operation.rust, &[constructor]);
    Ok(out)
}

/// Adds the field `body` to a struct.
fn add_body(text: &str, body_type: &str, body: &Constructor, is_eq: bool) -> String {
    let field = format!("    /// The body of the request.\n    pub body: {body_type},\n}}\n");
    let mut out = text.strip_suffix("}\n").unwrap_or(text).to_owned() + &field;
    if !is_eq {
        out = out.replacen("PartialEq, Eq)", "PartialEq)", 1);
    }
    if !body.takes_nothing() {
        out = out.replacen("Default, ", "", 1);
    }
    out
}

fn params<'a>(catalog: &Catalog<'a>, operation: &'a Operation) -> Result<Vec<Field<'a>>> {
    let path = operation
        .path_params
        .iter()
        .map(|param| (param, Role::Path));
    let query = operation.query.iter().map(|param| (param, Role::Query));
    path.chain(query)
        .map(|(param, role)| Field::new(catalog, param, role))
        .collect::<Result<_>>()
        .with_context(|| format!("the parameters of {}", operation.id))
}

fn implementation(catalog: &Catalog<'_>, operation: &Operation) -> Result<String> {
    let mut parts = vec![constants(operation), associated(catalog, operation)?];
    if !operation.is_body() {
        let fields = params(catalog, operation)?;
        parts.push(path_params(&fields));
        parts.push(query(&fields));
        parts.push(validate(catalog, operation, &fields)?);
    }
    parts.push(validate_body(catalog, operation)?);
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    Ok(format!(
        "\nimpl Operation for {} {{\n{}}}\n",
        operation.rust,
        parts.join("\n")
    ))
}

fn constants(operation: &Operation) -> String {
    let mut method = operation.method.to_ascii_lowercase();
    method[..1].make_ascii_uppercase();
    let mut out = format!(
        "    const ID: &'static str = {:?};\n    const METHOD: Method = Method::{method};\n    const \
         PATH: &'static str = {:?};\n",
        operation.id, operation.path
    );
    let mut add = |text: &str| {
        out.push_str("    ");
        out.push_str(text);
        out.push('\n');
    };
    if operation.has_json_body() {
        add("const ENCODING: BodyEncoding = BodyEncoding::Json;");
    }
    if operation.idempotency_key {
        add("const IDEMPOTENCY_KEY: bool = true;");
    }
    if let Some(field) = &operation.body_key {
        add(&format!(
            "const BODY_KEY: Option<&'static str> = Some({field:?});"
        ));
    }
    match operation.response.envelope.as_deref() {
        Some("list") => add("const ENVELOPE: Envelope = Envelope::List;"),
        Some("stream") => add("const ENVELOPE: Envelope = Envelope::Stream;"),
        _ => {}
    }
    if !operation.not_carried_out.is_empty() {
        let statuses = &operation.not_carried_out;
        add(&format!(
            "const NOT_CARRIED_OUT: &'static [u16] = &{statuses:?};"
        ));
    }
    if let Some(status) = operation.response.status.filter(|status| *status != 200) {
        add(&format!("const STATUS: u16 = {status};"));
    }
    out
}

/// Writes the types of body and answer, and `body`.
fn associated(catalog: &Catalog<'_>, operation: &Operation) -> Result<String> {
    let response = catalog.response_type(operation)?;
    let (body, value) = if operation.is_body() {
        ("Self".to_owned(), "self")
    } else if operation.has_json_body() {
        (catalog.rust_type(&operation.body)?, "&self.body")
    } else {
        ("NoBody".to_owned(), "NoBody::NONE")
    };
    Ok(format!(
        "    type Body = {body};\n    type Response = {response};\n\n    fn body(&self) -> &{body} {{\n        \
         {value}\n    }}\n"
    ))
}

fn path_params(fields: &[Field<'_>]) -> String {
    let params: Vec<String> = fields
        .iter()
        .filter(|field| field.role == Role::Path)
        .map(|field| format!("self.{}.as_str()", field.ident()))
        .collect();
    if params.is_empty() {
        return String::new();
    }
    format!(
        "    fn path_params(&self) -> Vec<&str> {{\n        vec![{}]\n    }}\n",
        params.join(", ")
    )
}

fn query(fields: &[Field<'_>]) -> String {
    let params: Vec<String> = fields
        .iter()
        .filter(|field| field.role == Role::Query)
        .map(|field| {
            let (name, ident) = (field.name(), field.ident());
            match field.presence {
                Presence::Required => format!("Some(({name:?}, self.{ident}.to_string())),"),
                Presence::Optional => format!("query_value({name:?}, self.{ident}.as_ref()),"),
                Presence::Defaulted => format!("query_list({name:?}, &self.{ident}),"),
            }
        })
        .collect();
    if params.is_empty() {
        return String::new();
    }
    format!(
        "    fn query(&self) -> Vec<(&'static str, String)> {{\n        let params = [{}];\n        \
         params.into_iter().flatten().collect()\n    }}\n",
        params.join("\n")
    )
}

/// Writes the checks of the parameters, where there are any.
fn validate(catalog: &Catalog<'_>, operation: &Operation, fields: &[Field<'_>]) -> Result<String> {
    let mut lines = validate::checks(catalog, fields)?;
    let has_rules = operation.by_hand.contains(&ByHand::Rules);
    if (!lines.is_empty() || has_rules) && operation.has_json_body() {
        lines.push_str("        Self::validate_body(&self.body)?;\n");
    }
    Ok(
        validate::with_end(&lines, has_rules).map_or_else(String::new, |body| {
            format!("    fn validate(&self) -> Result<(), Invalid> {{\n{body}    }}\n")
        }),
    )
}

fn validate_body(catalog: &Catalog<'_>, operation: &Operation) -> Result<String> {
    let seen = &mut std::collections::BTreeSet::new();
    if !operation.has_json_body() || !validate::has_checks(catalog, &operation.body, seen) {
        return Ok(String::new());
    }
    let body = if operation.is_body() {
        "Self".to_owned()
    } else {
        catalog.rust_type(&operation.body)?
    };
    Ok(format!(
        "    fn validate_body(body: &{body}) -> Result<(), Invalid> {{\n        body.validate()\n    \
         }}\n"
    ))
}
