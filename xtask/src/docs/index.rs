use std::fmt::Write as _;

use anyhow::Result;

use super::{api::Api, source::Source};

/// Returns the page that lists the operations by resource.
pub(super) fn index(api: &Api, source: &Source) -> Result<String> {
    let mut page = format!(
        "# Operations\n\n\
         All {} operations of the v3 API, each with its parameters, limits, errors and an \
         example.\n\n\
         These pages are made by `cargo xtask docs` from [the facts about the API](../../crates/heygen-types/api) and \
         from the source of `heygen-types`. Change those, not the pages.\n",
        api.len()
    );
    let mut last = "";
    for (id, (module, operation)) in &source.operations {
        if module != last {
            write!(
                page,
                "\n## {module}\n\n| operation | | Rust type |\n| --- | --- | --- |\n"
            )?;
            last = module;
        }
        writeln!(
            page,
            "| [{id}]({id}.md) | `{} {}` | `{}` |",
            operation.method, operation.path, operation.type_name
        )?;
    }
    Ok(page)
}
