//! Videos rendered from web pages: the `hyperframes.*` operations.

mod create_render;
mod delete_render;
mod get_render;
mod hyperframes_render;
mod list_renders;

pub use create_render::{CreateRender, CreatedRender};
pub use delete_render::{DeleteRender, DeletedRender};
pub use get_render::GetRender;
pub use hyperframes_render::{
    HyperframesRender, RenderFormat, RenderQuality, RenderResolution, RenderStatus,
};
pub use list_renders::ListRenders;
