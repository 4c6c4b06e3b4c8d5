use std::fmt::Write as _;

use super::super::{rust, table::OpenEnum};

/// Writes an open enum.
pub(super) fn write(listed: &OpenEnum) -> String {
    let mut values = String::new();
    for value in &listed.values {
        let words = std::iter::once(&value.value).chain(&value.alias);
        let words: Vec<String> = words.map(|word| format!("{word:?}")).collect();
        writeln!(
            values,
            "{}        {} = {},",
            rust::doc(&value.doc, 8),
            value.rust,
            words.join(" | ")
        )
        .expect("a string takes any text");
    }
    format!(
        "\nopen_enum! {{\n{}    {} {{\n{values}    }}\n}}\n",
        rust::doc(&listed.doc, 4),
        listed.rust
    )
}
