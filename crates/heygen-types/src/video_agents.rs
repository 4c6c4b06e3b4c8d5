//! Videos made from a prompt and files: the `video_agents.*` operations.

mod create;
mod get;
mod session;

pub use create::{CreateVideoAgent, CreatedVideoAgent};
pub use get::GetVideoAgent;
pub use session::{
    AgentMessage, AgentMessageType, AgentMode, AgentStatus, Orientation, VideoAgentSession,
};
