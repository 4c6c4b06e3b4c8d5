//! Calls the invented operations of `entries.json` as a user of the library would.

use heygen_sdk::{
    client_builder,
    types::podcasts::{ListPodcasts, PodcastTone, StockVoice},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = client_builder()?.environment()?.build()?;
    let podcasts = client.podcasts();
    let voice = StockVoice::new("voice_1".parse()?);
    let create = |title: &str| podcasts.create(title, PodcastTone::Formal, 5, voice.clone());
    let created = create("Two of us")
        .subtitle("In five minutes")
        .cover("tests/media/image.png")
        .await?;
    let podcast = podcasts.get(created.podcast_id.clone()).await?;
    assert_eq!(podcast.podcast_id, created.podcast_id);
    let page = podcasts.list(&ListPodcasts::default()).await?;
    assert!(page.data.is_empty(), "{page:?}");
    let refused = create("").await.unwrap_err();
    assert!(refused.to_string().contains("title"), "{refused}");

    let video = "video_1".parse::<heygen_sdk::types::VideoId>()?;
    let thumbnail = client.videos().thumbnails().get(video.clone()).await?;
    assert_eq!(thumbnail.video_id, video);
    Ok(())
}
