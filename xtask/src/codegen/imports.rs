//! Which names generated code uses, and how it imports them.

use std::collections::{BTreeMap, BTreeSet};

/// Writes one `use` for several names of a crate, each with its module.
pub(super) fn use_tree(root: &str, names: &[(&str, &str)]) -> String {
    let mut modules = BTreeMap::<&str, Vec<&str>>::new();
    for (module, name) in names {
        modules.entry(module).or_default().push(name);
    }
    let parts: Vec<String> = modules
        .into_iter()
        .map(|(module, names)| match (module, names.as_slice()) {
            ("", names) => names.join(", "),
            (module, [name]) => format!("{module}::{name}"),
            (module, names) => format!("{module}::{{{}}}", names.join(", ")),
        })
        .collect();
    match names {
        [("", name)] => format!("use {root}::{name};\n"),
        [(module, name)] => format!("use {root}::{module}::{name};\n"),
        _ => format!("use {root}::{{{}}};\n", parts.join(", ")),
    }
}

/// Finds the identifiers in code that stand by themselves: not in comments or literals, and not
/// after a path or a dot, but for `to_string`.
pub(super) fn identifiers(code: &str) -> BTreeSet<&str> {
    let mut found = BTreeSet::new();
    for line in code.lines() {
        let line = line.trim_start();
        if line.starts_with("//") {
            continue;
        }
        // Every other part stands between quotation marks.
        for part in line.split('"').step_by(2) {
            let mut rest = part;
            let mut before = "";
            while let Some(start) = rest.find(|c: char| c.is_ascii_alphabetic() || c == '_') {
                let lead = &rest[..start];
                let tail = &rest[start..];
                let end = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                let end = end.unwrap_or(tail.len());
                let name = &tail[..end];
                let glue = if lead.is_empty() { before } else { lead };
                let is_part = glue.ends_with("::") || (glue.ends_with('.') && name != "to_string");
                if !is_part {
                    found.insert(name);
                }
                before = "";
                rest = &tail[end..];
            }
        }
    }
    found
}

/// Adds to links in comments the path that `path` finds for them.
pub(super) fn with_links(code: &str, path: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        let mut rest = line;
        if line.trim_start().starts_with("///") {
            while let Some((before, after)) = rest.split_once("[`") {
                let Some((name, tail)) = after.split_once("`]") else {
                    break;
                };
                out.push_str(&format!("{before}[`{name}`]"));
                if let Some(path) = path(name) {
                    out.push_str(&format!("({path})"));
                }
                rest = tail;
            }
        }
        out.push_str(rest);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::identifiers;

    #[test]
    fn only_names_that_need_an_import_are_found() {
        let code =
            "/// Comment\n    pub a: Option<Url>,\n x(\"Text\", Kind::Json).to_string().len()";
        let found: Vec<&str> = identifiers(code).into_iter().collect();
        assert_eq!(
            found,
            ["Kind", "Option", "Url", "a", "pub", "to_string", "x"]
        );
    }
}
