use serde::{Deserialize, Serialize};

use crate::AvatarId;

/// The engine that animates an avatar; Avatar IV when none is named.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum AvatarEngine {
    /// Avatar V, for digital twins and photo avatars.
    AvatarV {
        /// A look to go by: that of a digital twin, from the same group.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference_look_id: Option<AvatarId>,
    },
    /// Avatar IV.
    AvatarIv {},
    /// Avatar III. It takes no raw images, no motion prompt and no expressiveness.
    AvatarIii {},
}
