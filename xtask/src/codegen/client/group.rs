//! A group: its type, the groups that it contains, and its methods.

use anyhow::Result;

use super::{
    super::{
        rust,
        table::{ByHand, Group},
    },
    Face, builder, job, method, text,
};

/// Writes a group with everything that belongs to it.
pub(super) fn write<'a>(face: &Face<'a>, group: &'a Group) -> Result<String> {
    let name = &group.rust;
    let mut methods = Vec::new();
    let mut others = String::new();
    for (operation, method) in face.calls(group) {
        if !operation.by_hand.contains(&ByHand::Method) {
            if operation.is_stream() {
                methods.push(method::stream(face, operation, method)?);
            } else if operation.has_json_body() {
                for builder in builder::builders(face, operation, method)? {
                    methods.push(builder.method());
                    others.push_str(&builder.setters(face)?);
                }
            } else {
                methods.extend(method::write(face, operation, method)?);
            }
        }
        if method == "get" && face.table().reads_job(operation)? {
            methods.push(method::wait(face, operation, group)?);
        }
        others.push_str(&job::write(face, operation)?);
    }
    let mut has_groups = false;
    for (inner, method) in face.groups(group) {
        has_groups = true;
        methods.push(accessor(inner, method, "self.client"));
    }
    let lifetime = if has_groups { "<'a>" } else { "" };
    let own = if has_groups { "<'a>" } else { "<'_>" };
    Ok(format!(
        "\n{}#[derive(Clone, Copy, Debug)]\npub struct {name}<'a> {{\n    pub(crate) client: &'a \
         Client,\n}}\n\nimpl{lifetime} {name}{own} {{\n{}}}\n{others}",
        rust::doc(&text::group(group), 0),
        methods.join("\n"),
    ))
}

/// Writes the method that returns a group. `client` is the client of the group.
pub(super) fn accessor(group: &Group, method: &str, client: &str) -> String {
    let name = &group.rust;
    let lifetime = if client == "self" { "'_" } else { "'a" };
    format!(
        "{}    #[must_use]\n    pub const fn {method}(&self) -> {name}<{lifetime}> {{\n        {name} \
         {{ client: {client} }}\n    }}\n",
        rust::doc(&text::accessor(group), 4)
    )
}
