//! Colours, logos and fonts of a brand: the `brand_kits.*` operations.

mod brand_kit;
mod create;
mod delete;
mod get;
mod list;
mod roles;
mod update;

pub use brand_kit::{BrandKit, BrandKitStatus, Font, Logo};
pub use create::{CreateBrandKit, CreatedBrandKit};
pub use delete::{DeleteBrandKit, DeletedBrandKit};
pub use get::GetBrandKit;
pub use list::{BrandKitSummary, ListBrandKits};
pub use roles::{ColorRoles, FontRole, FontRoles, LogoRoles};
pub use update::{UpdateBrandKit, UpdateBrandKitBody};
