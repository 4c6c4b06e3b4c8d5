use heygen_types::{Json, table::Schema};

use crate::{api::flags::Flag, failure::Failure};

/// Checks that every required field is there, and names the flags of those that are not.
pub(super) fn check(
    object: &Schema,
    tag: Option<&str>,
    flags: &[Flag],
    body: &Json,
) -> Result<(), Failure> {
    let missing: Vec<String> = object
        .fields
        .iter()
        .filter(|field| field.required && Some(field.name) != tag)
        .filter(|field| body.member(field.name).is_none())
        .map(|field| {
            let flag = flags.iter().find(|flag| flag.field == field.name);
            flag.map_or_else(|| field.name.to_owned(), |flag| format!("--{}", flag.long))
        })
        .collect();
    match &missing[..] {
        [] => Ok(()),
        [one] => Err(Failure::usage(
            format!("{one} is missing; nothing was sent"),
            format!("add {one}, or give the whole body with -d"),
        )),
        several => Err(Failure::usage(
            format!("{} are missing; nothing was sent", several.join(", ")),
            "add them, or give the whole body with -d",
        )),
    }
}
