//! The checks of the limits that fields state.

use std::collections::BTreeSet;

use anyhow::{Result, bail};

use super::{
    super::{
        rust,
        table::{ByHand, FILE, Kind, Schema, Union},
    },
    catalog::Catalog,
    field::{Field, Presence},
};

const DOC: &str = "\
    /// Checks the documented limits of the fields.
    ///
    /// # Errors
    ///
    /// Returns the first field that is outside its limits, with what was given and the limit.
";

/// Writes `validate` of an object that a request may hold; nothing where there is nothing to check.
pub(super) fn method(
    catalog: &Catalog<'_>,
    rust: &str,
    schema: &Schema,
    fields: &[Field<'_>],
) -> Result<String> {
    if !catalog.is_request(rust) {
        return Ok(String::new());
    }
    let mut lines = checks(catalog, fields)?;
    if schema.min_properties == Some(1) {
        lines.push_str("        check_changes(self != &Self::new())?;\n");
    }
    let has_rules = schema.by_hand.contains(&ByHand::Rules);
    Ok(
        with_end(&lines, has_rules).map_or_else(String::new, |body| {
            format!("{DOC}    pub fn validate(&self) -> Result<(), Invalid> {{\n{body}    }}\n")
        }),
    )
}

/// Ends the checks: with the rules by hand, or with success.
pub(super) fn with_end(lines: &str, has_rules: bool) -> Option<String> {
    if has_rules {
        Some(format!("{lines}        self.check_rules()\n"))
    } else if lines.is_empty() {
        None
    } else {
        Some(format!("{lines}        Ok(())\n"))
    }
}

/// Writes `validate` of a union.
pub(super) fn union_method(catalog: &Catalog<'_>, union: &Union, tag: &str) -> Result<String> {
    if !catalog.is_request(&union.rust) {
        return Ok(String::new());
    }
    let mut arms = String::new();
    let mut others = Vec::new();
    for variant in &union.variants {
        let name = rust::pascal_case(&variant.value);
        if has_checks(
            catalog,
            catalog.table.object(&variant.r#type)?,
            &mut BTreeSet::new(),
        ) {
            arms.push_str(&format!(
                "            Self::{name}(value) => value.validate(),\n"
            ));
        } else {
            others.push(format!("Self::{name}(_)"));
        }
    }
    if union.open {
        let known: Vec<String> = union
            .variants
            .iter()
            .map(|variant| format!("{:?}", variant.value))
            .collect();
        let known = known.join(", ");
        arms.push_str(&format!(
            "            Self::Unknown(value) => check_kind({tag:?}, &[{known}], value),\n"
        ));
    }
    if arms.is_empty() {
        return Ok(String::new());
    }
    if !others.is_empty() {
        arms.push_str(&format!("            {} => Ok(()),\n", others.join(" | ")));
    }
    Ok(format!(
        "{DOC}    pub fn validate(&self) -> Result<(), Invalid> {{\n        match self {{\n{arms}        \
         }}\n    }}\n"
    ))
}

/// Writes the checks of fields, one after the other.
pub(super) fn checks(catalog: &Catalog<'_>, fields: &[Field<'_>]) -> Result<String> {
    let mut out = String::new();
    for field in fields {
        for check in field_checks(catalog, field)? {
            let name = field.ident();
            if field.presence == Presence::Optional {
                out.push_str(&format!(
                    "        if let Some(value) = &self.{name} {{\n            {}?;\n        }}\n",
                    check.replace("VALUE", "value").replace("COPY", "*value")
                ));
            } else {
                let own = check
                    .replace("&VALUE", &format!("&self.{name}"))
                    .replace("VALUE", &format!("self.{name}"));
                out.push_str(&format!(
                    "        {}?;\n",
                    own.replace("COPY", &format!("self.{name}"))
                ));
            }
        }
    }
    Ok(out)
}

/// Writes the checks of one field, with `VALUE` for a reference to it and `COPY` for itself.
fn field_checks(catalog: &Catalog<'_>, field: &Field<'_>) -> Result<Vec<String>> {
    let schema = field.schema;
    let name = field.name();
    let mut checks = Vec::new();
    let reference = if field.presence == Presence::Optional {
        "VALUE"
    } else {
        "&VALUE"
    };
    let limit = schema
        .limit
        .as_ref()
        .map(|limit| format!("limits::{limit}"));
    match schema.r#type {
        Some(Kind::String)
            if field.rust_type == "String" || field.is_id() || field.rust_type == "Url" =>
        {
            let text = if field.rust_type == "String" {
                reference
            } else {
                "VALUE.as_str()"
            };
            if let Some(max) = schema.max_length {
                let range = within(limit, schema.min_length().unwrap_or(0), max);
                checks.push(format!("check_length({name:?}, {text}, {range})"));
            } else if schema.min_length().is_some() && !field.is_id() {
                checks.push(format!("check_not_empty({name:?}, {text})"));
            }
            match schema.pattern.as_deref() {
                None => {}
                Some(HEX_COLOR) => checks.push(format!("check_color({name:?}, {text})")),
                Some(NO_SPACE) => checks.push(format!("check_no_space({name:?}, {text})")),
                Some(other) => bail!("{FILE}: {name}: no check is known for the pattern {other}"),
            }
        }
        Some(Kind::Integer | Kind::Number)
            if field.rust_type != "ByteSize" && has_range(schema) =>
        {
            match (schema.min, schema.exclusive_min, schema.max) {
                (Some(min), _, Some(max)) => {
                    let range = limit.unwrap_or_else(|| {
                        format!("{}..={}", number(field, min), number(field, max))
                    });
                    checks.push(format!("check_range({name:?}, {reference}, {range})"));
                }
                (_, Some(above), Some(max)) => {
                    let max = limit.unwrap_or_else(|| number(field, max));
                    let above = number(field, above);
                    checks.push(format!("check_above({name:?}, COPY, {above}, {max})"));
                }
                _ => {}
            }
        }
        Some(Kind::Array) => {
            if let Some(max) = schema.max_items {
                let range = within(limit, schema.min_items.unwrap_or(0), max);
                checks.push(format!("check_count({name:?}, VALUE.len(), {range})"));
            } else if schema.min_items.is_some() {
                checks.push(format!("check_any({name:?}, {reference})"));
            }
            if let Some(items) = schema.items.as_deref()
                && has_checks(catalog, items, &mut BTreeSet::new())
                && items.r#type.is_none_or(|kind| kind == Kind::Object)
            {
                let item = catalog.rust_type(items)?;
                checks.push(format!(
                    "check_each({name:?}, {reference}, {item}::validate)"
                ));
            }
        }
        Some(Kind::Map) => {
            if let Some(values) = schema.values.as_deref()
                && has_checks(catalog, values, &mut BTreeSet::new())
            {
                let value = catalog.rust_type(values)?;
                checks.push(format!(
                    "check_every({name:?}, {reference}, {value}::validate)"
                ));
            }
        }
        Some(Kind::Object) | None => {
            if has_checks(catalog, schema, &mut BTreeSet::new()) {
                checks.push(format!(
                    "VALUE.validate().map_err(|invalid| invalid.within({name:?}))"
                ));
            }
        }
        Some(Kind::String | Kind::Integer | Kind::Number | Kind::Boolean) => {}
    }
    Ok(checks)
}

/// Returns whether numbers that the Rust type can hold may be outside the limits.
fn has_range(schema: &Schema) -> bool {
    let is_all_of_u32 = schema.r#type == Some(Kind::Integer)
        && schema.min == Some(0.0)
        && schema.max == Some(u32::MAX.into());
    let has_end = schema.min.is_some() || schema.exclusive_min.is_some();
    schema.max.is_some() && has_end && !is_all_of_u32
}

/// The patterns that checks are known for.
const HEX_COLOR: &str = "^#[0-9a-fA-F]{6}$";
const NO_SPACE: &str = r"^\S+$";

/// Writes a range of lengths or counts. A constant that ends in `_MAX` is only its end.
fn within(limit: Option<String>, min: u64, max: u64) -> String {
    match limit {
        Some(limit) if limit.ends_with("_MAX") => format!("{min}..={limit}"),
        Some(limit) => limit,
        None => format!("{min}..={max}"),
    }
}

/// Writes a number as a literal of the type of a field.
pub(super) fn number(field: &Field<'_>, value: f64) -> String {
    if field.rust_type == "f64" {
        format!("{value:?}")
    } else {
        format!("{value}")
    }
}

/// Returns whether the type of a value has `validate`.
pub(super) fn has_checks(
    catalog: &Catalog<'_>,
    schema: &Schema,
    seen: &mut BTreeSet<String>,
) -> bool {
    let named = |name: &String, seen: &mut BTreeSet<String>| {
        let Some(object) = catalog.table.types.get(name) else {
            return false;
        };
        seen.insert(name.clone()) && has_checks(catalog, object, seen)
    };
    let is_open = schema
        .rust
        .as_deref()
        .and_then(|rust| catalog.union(rust))
        .is_some_and(|union| union.open);
    is_open
        || schema.min_properties.is_some()
        || schema.by_hand.contains(&ByHand::Rules)
        || schema.reference.iter().any(|name| named(name, seen))
        || schema.union.iter().any(|name| named(name, seen))
        || schema.fields.iter().flatten().any(|field| {
            let is_id = field.rust.as_ref().is_some_and(|rust| rust.ends_with("Id"));
            let has_limits = field.max_length.is_some()
                || (field.min_length().is_some() && !is_id)
                || field.pattern.is_some()
                || has_range(field)
                || field.min_items.is_some()
                || field.max_items.is_some();
            has_limits
                || has_checks(catalog, field, seen)
                || [&field.items, &field.values]
                    .into_iter()
                    .flatten()
                    .any(|inner| has_checks(catalog, inner, seen))
        })
}
