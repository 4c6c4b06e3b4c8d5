//! Upload a file, hand it to a video agent, and wait for the video: the shortest way there is.
//!
//! ```console
//! $ heygen-rs emulator --listen 8080 &
//! {"url":"http://127.0.0.1:8080","api_key":"…"}
//! $ export HEYGEN_API_BASE=http://127.0.0.1:8080 HEYGEN_API_KEY=…
//! $ cargo run -p heygen-sdk --example facade -- tests/media/report.pdf
//! ```
//!
//! With a real key in `HEYGEN_API_KEY`, and without `HEYGEN_API_BASE`, it talks to HeyGen.
#![expect(clippy::print_stdout, reason = "a program tells its result")]

use std::{error::Error, path::Path};

use heygen_sdk::{
    Client, Outcome, Progress, client_builder,
    types::{SessionId, VideoId},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os().nth(1).ok_or("usage: facade FILE")?;
    let client = client_builder()?.environment()?.build()?;
    let (session, video) = present(&client, file.as_ref()).await?;
    println!("session {session} made video {video}");
    Ok(())
}

pub(crate) async fn present(
    client: &Client,
    file: &Path,
) -> Result<(SessionId, VideoId), Box<dyn Error>> {
    let asset = client
        .assets()
        .upload(file)
        .observer(|progress: &Progress<'_>| {
            if let Progress::Sending { done, total } = progress {
                println!("sent {done} of {total}");
            }
        })
        .await?;
    println!(
        "{} is {} of {}",
        asset.asset_id, asset.size, asset.media_type
    );

    let agents = client.video_agents();
    let session = agents
        .create("Present this file in a minute")
        .file(asset.asset_id)
        .await?;

    match agents.wait(session.session_id).await? {
        Outcome::Completed(done) => {
            let video = done.video_id.ok_or("the session ended without a video")?;
            Ok((done.session_id, video))
        }
        Outcome::NeedsInput(asking) => {
            let question = asking.messages.first().map(|message| &*message.content);
            Err(format!("the agent asks: {}", question.unwrap_or("?")).into())
        }
        Outcome::Failed { message, .. } => Err(format!(
            "no video: {}",
            message.as_deref().unwrap_or("no reason given")
        )
        .into()),
        other => Err(format!("not done: {other:?}").into()),
    }
}
