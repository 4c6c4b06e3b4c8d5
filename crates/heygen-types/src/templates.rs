//! Videos from templates: the `templates.*` operations.

mod generate;
mod get;
mod list;
mod variable;

pub use generate::{
    Dimension, GenerateFromTemplate, GenerateFromTemplateBody, SubtitlePosition, Subtitles,
};
pub use get::{GetTemplate, SceneVariable, Template, TemplateScene};
pub use list::{ListTemplates, TemplateSummary};
pub use variable::{
    AudioVariable, CharacterType, CharacterVariable, ImageVariable, MediaFit, PlayStyle,
    TemplateVariable, TextVariable, VideoVariable, VoiceVariable,
};
