mod complete;
mod create;
mod get;

pub(super) use complete::answer as complete;
pub(super) use create::answer as create;
pub(super) use get::{answer as get, items};
