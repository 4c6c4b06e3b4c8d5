//! Videos in other languages: the `video_translations.*` operations.

mod create;
mod create_batch;
mod create_proofread;
mod delete;
mod generate_proofread;
mod get;
mod get_batch;
mod get_proofread;
mod get_proofread_srt;
mod list;
mod list_languages;
mod list_statuses;
mod proofread;
mod replace_proofread_srt;
mod translation_job;
mod update;

pub use create::{CreateVideoTranslation, CreatedVideoTranslations, SrtRole, StockVoiceConfig};
pub use create_batch::{CreateVideoTranslationBatch, CreatedVideoTranslationBatch};
pub use create_proofread::{CreateProofread, CreatedProofreads};
pub use delete::{DeleteVideoTranslation, DeletedVideoTranslation};
pub use generate_proofread::{GenerateProofread, GenerateProofreadBody, GeneratedProofread};
pub use get::GetVideoTranslation;
pub use get_batch::GetVideoTranslationBatch;
pub use get_proofread::GetProofread;
pub use get_proofread_srt::{GetProofreadSrt, ProofreadSrt};
pub use list::ListVideoTranslations;
pub use list_languages::{ListTranslationLanguages, TranslationLanguages};
pub use list_statuses::ListVideoTranslationStatuses;
pub use proofread::{Proofread, ProofreadStatus};
pub use replace_proofread_srt::{ReplaceProofreadSrt, ReplaceProofreadSrtBody};
pub use translation_job::{TranslationJob, TranslationStatus};
pub use update::{UpdateVideoTranslation, UpdateVideoTranslationBody};
