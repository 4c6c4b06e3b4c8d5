use std::fmt::Write as _;

use anyhow::{Context as _, Result, ensure};

use super::{
    super::{
        rust,
        table::{ByHand, FILE, Union},
    },
    catalog::Catalog,
    object::{derives, write_impl},
    validate,
};

/// Writes the enum of a union. `doc` is the text above it.
pub(super) fn write(catalog: &Catalog<'_>, union: &Union, doc: &str) -> Result<String> {
    if union.by_hand.contains(&ByHand::Type) {
        return Ok(String::new());
    }
    let name = &union.rust;
    let mut variants = String::new();
    let mut conversions = String::new();
    for variant in &union.variants {
        let object = catalog.table.object(&variant.r#type)?;
        let tags = object.tag_value.iter().chain(&object.tag_values);
        ensure!(
            tags.into_iter().any(|tag| *tag == variant.value),
            "{FILE}: unions: {name}: {} does not have the tag {}",
            variant.r#type,
            variant.value
        );
        let inner = object.rust.as_deref();
        let inner = inner.with_context(|| format!("{FILE}: {} has no `rust`", variant.r#type))?;
        let variant_name = rust::pascal_case(&variant.value);
        writeln!(
            variants,
            "{}    {variant_name}({inner}),",
            rust::doc(&variant.doc, 4)
        )
        .expect("a string takes any text");
        let is_only = union
            .variants
            .iter()
            .filter(|other| other.r#type == variant.r#type)
            .count()
            == 1;
        if is_only {
            write!(
                conversions,
                "\nimpl From<{inner}> for {name} {{\n    fn from(value: {inner}) -> Self {{\n        \
                 Self::{variant_name}(value)\n    }}\n}}\n"
            )
            .expect("a string takes any text");
        }
    }
    if union.open {
        variants.push_str(
            "    /// A kind that this version does not know, kept as it came.\n    \
             #[serde(untagged)]\n    Unknown(Json),\n",
        );
    }
    let tag = tag(catalog, union)?;
    let mut out = format!(
        "\n{}{}",
        rust::doc(doc, 0),
        derives(false, catalog.is_eq(name), true)
    );
    write!(
        out,
        "#[serde(tag = \"{tag}\", rename_all = \"snake_case\")]\n#[non_exhaustive]\npub enum {name} \
         {{\n{variants}}}\n{conversions}"
    )
    .expect("a string takes any text");
    write_impl(
        &mut out,
        name,
        &[validate::union_method(catalog, union, &tag)?],
    );
    Ok(out)
}

/// Returns the field that tells the objects apart: that of the first one.
fn tag(catalog: &Catalog<'_>, union: &Union) -> Result<String> {
    let first = union.variants.first();
    let first = first.with_context(|| format!("{FILE}: unions: {} is empty", union.rust))?;
    Ok(catalog.union_tag(&first.r#type).to_owned())
}
