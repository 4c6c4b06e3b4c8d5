//! The commands of the API: one group for a resource, groups in it for what belongs to it, and a
//! command for each operation.

use clap::Command;
use heygen_types::{
    OperationId,
    table::{self, OperationEntry},
};

use super::{describe, download::DownloadArgs, examples, shape::kebab, single::SingleArgs, verb};
use crate::args::HELP_TEMPLATE;

/// The groups, and what they are for.
const GROUPS: [(&str, &str); 20] = [
    ("ai-clipping", "Short clips out of long videos"),
    ("api-keys", "The key that requests are sent with"),
    (
        "assets",
        "Uploaded files: list, search, delete, and uploads step by step",
    ),
    ("audio", "Sounds and music to use in videos"),
    ("avatars", "Avatars and their looks"),
    ("background-removals", "Videos without their background"),
    (
        "brand-glossaries",
        "How the words of a brand are said and translated",
    ),
    ("brand-kits", "Colours, logos and fonts of a brand"),
    ("filler-word-removals", "Videos without ums and ahs"),
    ("folders", "Folders for videos and translations"),
    ("hyperframes", "Videos rendered from HTML projects"),
    ("lipsyncs", "Videos whose lips follow another sound"),
    (
        "models",
        "Videos, images and speech from HeyGen's own generation models",
    ),
    ("templates", "Videos from templates"),
    ("users", "The account that the key belongs to"),
    ("video-agents", "Videos made from a prompt and files"),
    ("video-translations", "Videos in other languages"),
    ("videos", "Videos of avatars, from a script or a recording"),
    ("voices", "Voices: find, design, clone, speak"),
    ("webhooks", "Where to report events, and which there were"),
];

/// Returns a command per group. What is in a group is found out when somebody asks for it.
pub(super) fn groups() -> impl Iterator<Item = Command> {
    GROUPS
        .into_iter()
        .map(|(name, about)| Command::new(name).about(about).defer(fill))
}

/// Tells whether a word is the name of a group.
pub(super) fn is_group(name: &str) -> bool {
    GROUPS.iter().any(|(group, _)| *group == name)
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
                let about = describe::group(below, prefix);
                let command = Command::new(kebab(below)).about(about);
                let prefix = format!("{prefix}{below}.");
                group = group.subcommand(nest(command, &prefix));
            }
        }
    }
    group
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn the_groups_are_those_of_the_table() {
        let in_table: BTreeSet<String> = table::OPERATIONS
            .iter()
            .map(|operation| kebab(operation.id.as_str().split('.').next().unwrap()))
            .collect();
        let named: BTreeSet<String> = GROUPS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(named, in_table);
    }

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
