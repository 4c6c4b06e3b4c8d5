//! The pages of the guide, so that their code is compiled and run.

macro_rules! pages {
    ($($name:ident = $file:literal,)+) => {$(
        #[doc = include_str!(concat!("../../docs/guide/", $file))]
        #[derive(Debug)]
        pub struct $name;
    )+};
}

pages! {
    Upload = "upload.md",
    Agent = "agent.md",
    Avatar = "avatar.md",
    Translation = "translation.md",
    Lipsync = "lipsync.md",
    Speech = "speech.md",
    Webhooks = "webhooks.md",
    Testing = "testing.md",
    Faults = "faults.md",
    Transport = "transport.md",
}
