//! The commands of the API: one group for a resource, groups in it for what belongs to it, and a
//! command for each operation.

use clap::Command;
use heygen_types::{
    OperationId,
    table::{self, GROUPS, OperationEntry},
};

use super::{describe, download::DownloadArgs, examples, shape::kebab, single::SingleArgs, verb};
use crate::args::HELP_TEMPLATE;

/// Returns a command per group. What is in a group is found out when somebody asks for it.
pub(super) fn groups() -> impl Iterator<Item = Command> {
    GROUPS
        .iter()
        .filter(|group| !group.name.contains('.'))
        .map(|group| {
            Command::new(kebab(group.name))
                .about(describe::group(group))
                .defer(fill)
        })
}

/// Returns `true` if a word is the name of a group.
pub(super) fn is_group(name: &str) -> bool {
    GROUPS.iter().any(|group| kebab(group.name) == name)
}

/// Finds the operation behind the words of a command.
pub(super) fn operation(words: &[&str]) -> Option<&'static OperationEntry> {
    table::OPERATIONS.iter().find(|operation| {
        operation
            .id
            .as_str()
            .split('.')
            .map(kebab)
            .eq(words.iter().copied())
    })
}

fn fill(group: Command) -> Command {
    let name = group.get_name().replace('-', "_");
    let mut group = nest(group, &format!("{name}."));
    if name == "videos" {
        group = group.subcommand(DownloadArgs::command());
    }
    group
}

/// Adds the commands whose ids begin with a prefix, and groups for those with more to follow.
fn nest(group: Command, prefix: &str) -> Command {
    let mut group = group
        .subcommand_required(true)
        .arg_required_else_help(true)
        .before_help(examples::of_group(prefix))
        .help_template(HELP_TEMPLATE);
    let mut nested: Vec<&str> = Vec::new();
    for operation in table::OPERATIONS {
        let Some(rest) = operation.id.as_str().strip_prefix(prefix) else {
            continue;
        };
        match rest.split_once('.') {
            None if operation.id == OperationId::UploadAsset => {
                group = group.subcommand(SingleArgs::command());
            }
            None => group = group.subcommand(verb::command(operation)),
            Some((below, _)) if nested.contains(&below) => {}
            Some((below, _)) => {
                nested.push(below);
                let prefix = format!("{prefix}{below}.");
                let text = GROUPS
                    .iter()
                    .find(|group| group.name == prefix.trim_end_matches('.'));
                let about = text.map_or_else(|| describe::summary(operation), describe::group);
                let command = Command::new(kebab(below)).about(about);
                group = group.subcommand(nest(command, &prefix));
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_operation_is_found_by_its_words() {
        let found = |words: &[&str]| operation(words).map(|operation| operation.id.as_str());
        assert_eq!(
            found(&["assets", "direct-uploads", "create"]),
            Some("assets.direct_uploads.create")
        );
        assert_eq!(
            found(&["video-agents", "send-message"]),
            Some("video_agents.send_message")
        );
        assert_eq!(found(&["video-agents"]), None);
        assert_eq!(found(&["videos", "download"]), None);
    }
}
