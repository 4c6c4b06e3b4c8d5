//! Which job an operation starts.

use anyhow::{Context as _, Result};

use super::{
    super::{
        table::{FILE, Operation, Schema, Starts},
        types::{Field, Presence, Role},
    },
    Face,
};

/// Writes how the job that an operation starts is found.
pub(super) fn write(face: &Face<'_>, operation: &Operation) -> Result<String> {
    let Some(starts) = &operation.starts else {
        return Ok(String::new());
    };
    let place = || format!("{FILE}: `starts` of {}", operation.id);
    let mut operations = face.table().operations.iter();
    let look = operations.find(|look| look.id == starts.job);
    let look = look.with_context(|| format!("{}: no operation {}", place(), starts.job))?;
    implementation(face, operation, starts, &look.rust).with_context(place)
}

fn implementation(
    face: &Face<'_>,
    operation: &Operation,
    starts: &Starts,
    look: &str,
) -> Result<String> {
    let created = face.catalog.response_type(operation)?;
    let rust_type = &operation.rust;
    let (objects, id) = match starts.id.rsplit_once('.') {
        Some((objects, id)) => (Some(objects), id),
        None => (None, starts.id.as_str()),
    };
    let mut object = face.table().resolved(&operation.response)?;
    let mut owner = "created".to_owned();
    let mut lines = String::new();
    for name in objects.iter().flat_map(|objects| objects.split('.')) {
        let (schema, presence) = field(face, object, name)?;
        if presence == Presence::Optional {
            lines.push_str(&format!("        let {name} = {owner}.{name}.as_ref()?;\n"));
            name.clone_into(&mut owner);
        } else {
            owner = format!("{owner}.{name}");
        }
        object = face.table().resolved(schema)?;
    }
    let (schema, presence) = field(face, object, id)?;
    if schema.items.is_some() {
        return Ok(format!(
            "\nimpl StartsJobs for {rust_type} {{\n    type Look = {look};\n\n    fn looks(created: \
             &{created}) -> Vec<{look}> {{\n{lines}        let ids = {owner}.{id}.iter().cloned();\n        \
             ids.map({look}::new).collect()\n    }}\n}}\n"
        ));
    }
    let optional = if presence == Presence::Optional {
        "?"
    } else {
        ""
    };
    let resumes = if starts.resumes {
        "    const RESUMES: bool = true;\n"
    } else {
        ""
    };
    Ok(format!(
        "\nimpl StartsJob for {rust_type} {{\n    type Look = {look};\n{resumes}\n    fn look(created: \
         &{created}) -> Option<{look}> {{\n{lines}        \
         Some({look}::new({owner}.{id}.clone(){optional}))\n    }}\n}}\n"
    ))
}

fn field<'a>(face: &Face<'_>, object: &'a Schema, name: &str) -> Result<(&'a Schema, Presence)> {
    let mut fields = object.fields.iter().flatten();
    let schema = fields.find(|field| field.name == name);
    let schema = schema.with_context(|| format!("the answer has no field {name}"))?;
    let field = Field::new(&face.catalog, schema, Role::Response)?;
    Ok((schema, field.presence))
}
