use heygen_types::video_agents::{
    GetVideoAgentResource, ListVideoAgentStyles, ListVideoAgentVideos, ListVideoAgents,
    SendVideoAgentMessage, StopVideoAgent,
};

use super::{Entry, entry, maximal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListVideoAgents::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let minimal = ListVideoAgentStyles::new();
            let mut maximal = minimal.clone();
            maximal.tag = Some("t".to_owned());
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let mut minimal = SendVideoAgentMessage::new("a".parse().unwrap(), "text");
            let mut maximal = minimal.clone();
            // A message or an edit is needed; neither is required by itself.
            minimal.body.message = None;
            maximal.body = maximal_body("video_agents.send_message");
            entry(&minimal, &maximal)
        },
        {
            let operation = GetVideoAgentResource::new("a".parse().unwrap(), "a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = StopVideoAgent::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("video_agents.stop");
            entry(&minimal, &maximal)
        },
        {
            let operation = ListVideoAgentVideos::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
