//! People and characters that speak: the `avatars.*` operations.

mod avatar_group;
mod avatar_look;
mod create;
mod delete;
mod delete_look;
mod get;
mod get_look;
mod list;
mod list_looks;
mod request_consent;
mod update;
mod update_look;

pub use avatar_group::{AvatarGroup, AvatarStatus};
pub use avatar_look::{AvatarEngineType, AvatarLook, AvatarOrientation, AvatarType};
pub use create::{CreateAvatar, CreatedAvatar, DigitalTwinAvatar, PhotoAvatar, PromptAvatar};
pub use delete::{DeleteAvatar, DeletedAvatar};
pub use delete_look::{DeleteAvatarLook, DeletedAvatarLook};
pub use get::GetAvatar;
pub use get_look::GetAvatarLook;
pub use list::{ListAvatars, Ownership};
pub use list_looks::ListAvatarLooks;
pub use request_consent::{AvatarConsent, RequestAvatarConsent, RequestAvatarConsentBody};
pub use update::{UpdateAvatar, UpdateAvatarBody};
pub use update_look::{UpdateAvatarLook, UpdateAvatarLookBody};
