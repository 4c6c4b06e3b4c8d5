use std::{collections::BTreeMap, fmt::Write as _};

use anyhow::{Result, ensure};

use super::{
    super::{
        rust,
        table::{FILE, Kind, Schema},
    },
    catalog::Catalog,
    field::{Field, Role},
    validate::number,
};

/// A constant with the places that name it.
struct Limit {
    /// The type and the value.
    value: String,
    /// What is limited.
    subject: String,
    places: Vec<String>,
}

/// Writes the constants that fields name as their `limit`.
pub(super) fn write(catalog: &Catalog<'_>) -> Result<String> {
    let mut limits = BTreeMap::<&str, Limit>::new();
    let mut add = |place: &str, schema| collect(catalog, place, schema, &mut limits);
    for operation in &catalog.table.operations {
        for param in &operation.query {
            add(&operation.id, param)?;
        }
        add(&operation.id, &operation.body)?;
    }
    for (name, schema) in &catalog.table.types {
        add(name, schema)?;
    }
    let mut out = String::from("\nuse core::ops::RangeInclusive;\n");
    for (name, limit) in &limits {
        let places = match limit.places.as_slice() {
            [one] => format!("`{one}`"),
            [one, two] => format!("`{one}` and `{two}`"),
            several => format!("`{}` and its like", several[0]),
        };
        let text = format!("{} (API specification, {places}).", limit.subject);
        write!(
            out,
            "\n{}pub const {name}: {};\n",
            rust::doc(&text, 0),
            limit.value
        )?;
    }
    Ok(out)
}

fn collect<'a>(
    catalog: &Catalog<'_>,
    place: &str,
    schema: &'a Schema,
    limits: &mut BTreeMap<&'a str, Limit>,
) -> Result<()> {
    if let Some(name) = &schema.limit {
        let (value, subject) = value(catalog, name, schema)?;
        let limit = limits.entry(name).or_insert_with(|| Limit {
            value: value.clone(),
            subject,
            places: Vec::new(),
        });
        ensure!(
            limit.value == value,
            "{FILE}: {place}: {}: {name} is {} elsewhere and {value} here",
            schema.name,
            limit.value
        );
        limit.places.push(place.to_owned());
    }
    for inner in schema.inner() {
        collect(catalog, place, inner, limits)?;
    }
    Ok(())
}

/// Returns the type and value of a constant, and what it says.
fn value(catalog: &Catalog<'_>, limit: &str, schema: &Schema) -> Result<(String, String)> {
    let name = &schema.name;
    let field = Field::new(catalog, schema, Role::Request)?;
    let rust_type = &field.rust_type;
    let is_max = limit.ends_with("_MAX");
    let counted = |min: Option<u64>, max: u64| {
        if is_max {
            format!("usize = {max}")
        } else {
            format!("RangeInclusive<usize> = {}..={max}", min.unwrap_or(0))
        }
    };
    Ok(match (schema.max_length, schema.max_items) {
        (Some(max), _) => (
            counted(schema.min_length(), max),
            format!("The range of the length of `{name}`, in characters"),
        ),
        (_, Some(max)) if is_max => (
            counted(schema.min_items, max),
            format!("The most items in `{name}`"),
        ),
        (_, Some(max)) => (
            counted(schema.min_items, max),
            format!("The range of the number of `{name}`"),
        ),
        _ => {
            let max = schema.max.unwrap_or_default();
            let max = number(&field, max);
            match (schema.min, schema.exclusive_min) {
                (Some(min), _) => (
                    format!(
                        "RangeInclusive<{rust_type}> = {}..={max}",
                        number(&field, min)
                    ),
                    format!("The range of `{name}`"),
                ),
                (None, Some(above)) => (
                    format!("{rust_type} = {max}"),
                    format!("The most that `{name}` can be; it has to be above {above}"),
                ),
                (None, None) => {
                    ensure!(
                        schema.r#type == Some(Kind::Integer) && schema.max.is_some(),
                        "{FILE}: {name} has no limits for {limit}"
                    );
                    (
                        format!("{rust_type} = {max}"),
                        format!("The most that `{name}` can be"),
                    )
                }
            }
        }
    })
}
