//! Videos made from a prompt and files: the `video_agents.*` operations.

mod create;
mod get;
mod get_resource;
mod list;
mod list_styles;
mod list_videos;
mod send_message;
mod session;
mod stop;

pub use create::{CreateVideoAgent, CreatedVideoAgent};
pub use get::GetVideoAgent;
pub use get_resource::{GetVideoAgentResource, VideoAgentResource};
pub use list::{ListVideoAgents, VideoAgentSummary};
pub use list_styles::{ListVideoAgentStyles, VideoAgentStyle};
pub use list_videos::ListVideoAgentVideos;
pub use send_message::{SendVideoAgentMessage, SendVideoAgentMessageBody, SentMessage};
pub use session::{
    AgentMessage, AgentMessageType, AgentMode, AgentStatus, Orientation, VideoAgentSession,
};
pub use stop::{StopVideoAgent, StopVideoAgentBody, StoppedVideoAgent};
