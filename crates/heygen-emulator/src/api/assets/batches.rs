mod complete;
mod create;
mod get;

pub(in crate::api) use complete::answer as complete;
pub(in crate::api) use create::answer as create;
pub(in crate::api) use get::{answer as get, items};
