//! The flags of an operation, from the fields of its body and the parameters of its query.

use heygen_types::table::{OperationEntry, Schema};

use super::shape::{Kind, Shape, kebab, singular};

/// A flag of the body. In a union the same name may stand for different things.
#[derive(Debug)]
pub(super) struct Flag {
    /// The member of the body that the flag sets.
    pub(super) field: &'static str,
    pub(super) long: String,
    pub(super) aliases: Vec<String>,
    pub(super) forms: Vec<Form>,
}

/// What a flag stands for in one variant of the body.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The value of the tag; `None` where the body is no union.
    pub(super) variant: Option<&'static str>,
    pub(super) schema: &'static Schema,
    pub(super) shape: Shape,
    pub(super) target: Target,
}

/// Where the value of a flag goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Into the field of its name.
    Field,
    /// Into `…_url` or `…_asset_id`: two plain texts that together say what a reference says.
    Pair,
    /// Into the object of its field, as `url` or `asset_id` beside the type `image`.
    Background,
}

/// Returns the flags of a body: the required ones first, else in the order of the table.
pub(super) fn of_body(operation: &'static OperationEntry) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for object in operation.body.objects() {
        let variant = object.tag_value.filter(|_| is_union(operation));
        for schema in object.fields {
            if variant.is_some() && operation.body.tag == Some(schema.name) {
                continue;
            }
            let shape = Shape::of(schema);
            add(
                &mut flags,
                schema.name,
                variant,
                schema,
                shape,
                Target::Field,
            );
            if let Some((base, target)) = convenience(object, schema) {
                let shape = Shape {
                    kind: Kind::File,
                    is_list: false,
                };
                add(&mut flags, base, variant, schema, shape, target);
            }
        }
    }
    flags.sort_by_key(|flag| !flag.is_required());
    let longs: Vec<String> = flags.iter().map(|flag| flag.long.clone()).collect();
    for flag in &mut flags {
        flag.aliases.retain(|alias| !longs.contains(alias));
    }
    flags
}

fn add(
    flags: &mut Vec<Flag>,
    field: &'static str,
    variant: Option<&'static str>,
    schema: &'static Schema,
    shape: Shape,
    target: Target,
) {
    let form = Form {
        variant,
        schema,
        shape,
        target,
    };
    let known = flags
        .iter_mut()
        .find(|flag| flag.field == field && flag.forms[0].target == target);
    match known {
        Some(flag) => flag.forms.push(form),
        None => flags.push(Flag::new(field, form)),
    }
}

/// Returns the flag that takes a file where the API has two plain texts for it, if this field is
/// the one to hang it on.
fn convenience(object: &Schema, schema: &'static Schema) -> Option<(&'static str, Target)> {
    if schema
        .reference
        .is_some_and(|object| object.name == "video_background")
    {
        return Some((schema.name, Target::Background));
    }
    let base = schema.name.strip_suffix("_asset_id")?;
    object.field(&format!("{base}_url"))?;
    Some((base, Target::Pair))
}

/// Tells whether the body is one of several objects.
pub(super) fn is_union(operation: &OperationEntry) -> bool {
    !operation.body.union.is_empty()
}

/// Returns the field that says which of several objects the body is.
pub(super) fn union_tag(operation: &OperationEntry) -> Option<&'static str> {
    operation.body.tag.filter(|_| is_union(operation))
}

impl Flag {
    fn new(field: &'static str, form: Form) -> Self {
        let one = singular(field).filter(|_| form.shape.is_list);
        let (long, aliases) = match (form.target, form.shape.kind, one) {
            (Target::Background, ..) => (format!("{}-file", kebab(field)), Vec::new()),
            // Files are given one by one, so the flag names one.
            (_, Kind::File, Some(one)) => (kebab(&one), vec![kebab(field)]),
            (_, _, Some(one)) => (kebab(field), vec![kebab(&one)]),
            (_, _, None) => (kebab(field), Vec::new()),
        };
        Self {
            field,
            long,
            aliases,
            forms: vec![form],
        }
    }

    /// Returns the name under which the parser knows the flag.
    pub(super) fn id(&self) -> String {
        format!("body {}", self.long)
    }

    pub(super) fn is_list(&self) -> bool {
        self.forms.iter().any(|form| form.shape.is_list)
    }

    /// Tells whether no request can do without the field.
    pub(super) fn is_required(&self) -> bool {
        self.forms.iter().all(|form| form.is_required()) && self.forms[0].variant.is_none()
    }

    /// Returns what the flag stands for in a variant.
    pub(super) fn form(&self, variant: Option<&str>) -> Option<&Form> {
        self.forms.iter().find(|form| form.variant == variant)
    }

    /// Returns the variants that have the field.
    pub(super) fn variants(&self) -> Vec<&'static str> {
        self.forms.iter().filter_map(|form| form.variant).collect()
    }
}

impl Form {
    fn is_required(&self) -> bool {
        self.target == Target::Field && self.schema.required
    }
}

/// Returns the name under which the parser knows a parameter of the query.
pub(super) fn query_id(parameter: &Schema) -> String {
    format!("query {}", parameter.name)
}

/// Tells whether a parameter of the query is a list of ids, separated by commas.
pub(super) fn is_id_list(parameter: &Schema) -> bool {
    parameter.name.ends_with("_ids")
}
