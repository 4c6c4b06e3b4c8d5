//! What the table of operations cannot say: types with logic, rules across fields, constructors
//! that know more than their parameters. One module per resource, as in `generated`.

pub(crate) mod assets;
mod avatars;
pub(crate) mod batches;
mod lipsyncs;
mod models;
mod templates;
mod video_agents;
mod video_translations;
pub(crate) mod videos;
pub(crate) mod webhooks;
