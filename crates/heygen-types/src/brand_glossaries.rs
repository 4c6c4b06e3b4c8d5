//! How names are said, kept and translated: the `brand_glossaries.*` operations.

mod brand_glossary;
mod create;
mod delete;
mod get;
mod list;
mod terms;
mod update;

pub use brand_glossary::BrandGlossary;
pub use create::CreateBrandGlossary;
pub use delete::{DeleteBrandGlossary, DeletedBrandGlossary};
pub use get::GetBrandGlossary;
pub use list::{BrandGlossarySummary, ListBrandGlossaries};
pub use terms::{ForcedTranslation, KeptTerm, Pronunciation};
pub use update::{UpdateBrandGlossary, UpdateBrandGlossaryBody};
