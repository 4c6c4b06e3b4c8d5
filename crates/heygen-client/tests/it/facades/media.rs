use std::future::IntoFuture as _;

use heygen_client::{
    Client, Source,
    types::{AssetId, ByteSize, MediaType},
};

use super::{Tour, id, list, paged, url};

pub(super) fn assets(tour: &mut Tour, client: &Client) {
    use heygen_client::types::assets::{
        CompleteAsset, CompleteUploadBatch, CreateDirectUpload, CreateUploadBatch, GetUploadBatch,
        ListAssetStatuses, ListAssets, SearchAssets, SearchType, UploadBatchFile,
    };
    let assets = client.assets();
    let size = ByteSize::new(5);
    let png = Source::bytes("a.png", &b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]);
    tour.call("assets.upload", assets.upload(png).into_future());
    tour.call("assets.get", assets.get(id()));
    tour.call("assets.delete", assets.delete(id()));
    list!(tour, "assets.list", assets, ListAssets::new("sam"));
    let search = || SearchAssets::new("dogs", SearchType::Icon);
    tour.call("assets.search", assets.search(&search()));
    paged!(
        tour,
        "assets.search",
        assets,
        search(),
        search_items,
        search_pages
    );
    let statuses = ListAssetStatuses::new(vec![id()]);
    tour.call("assets.statuses.list", assets.statuses(&statuses));
    let create = CreateDirectUpload::new("a.png", MediaType::Png, size);
    tour.call(
        "assets.direct_uploads.create",
        assets.create_direct_upload(&create),
    );
    tour.call(
        "assets.complete",
        assets.complete(&CompleteAsset::new(id())),
    );
    let file = UploadBatchFile::new("a.png", MediaType::Png, size);
    let (create, complete) = (
        CreateUploadBatch::new(vec![file]),
        CompleteUploadBatch::new(id()),
    );
    let get = || GetUploadBatch::new(id());
    tour.call(
        "assets.direct_uploads.batches.create",
        assets.create_batch(&create),
    );
    tour.call("assets.batches.complete", assets.complete_batch(&complete));
    tour.call("assets.batches.get", assets.get_batch(&get()));
    let batches = assets.batches();
    tour.call(
        "assets.direct_uploads.batches.create",
        batches.create(&create),
    );
    tour.call("assets.batches.complete", batches.complete(&complete));
    tour.call("assets.batches.get", batches.get(&get()));
    paged!(tour, "assets.batches.get", batches, get(), items, pages);
    tour.call("assets.batches.get", batches.wait(id()).into_future());
}

pub(super) fn avatars(tour: &mut Tour, client: &Client) {
    use heygen_client::types::avatars::{
        CreateAvatar, ListAvatarLooks, ListAvatars, PromptAvatar, RequestAvatarConsent,
        UpdateAvatar, UpdateAvatarLook,
    };
    let avatars = client.avatars();
    let create = CreateAvatar::from(PromptAvatar::new("n", "p"));
    tour.call("avatars.create", avatars.create(&create));
    let create = avatars
        .create_prompt_from("n", "p")
        .reference_image(id::<AssetId>());
    tour.call("avatars.create", create.into_future());
    let create = avatars.create_photo_from(id::<AssetId>(), "n");
    tour.call("avatars.create", create.into_future());
    let create = avatars.create_digital_twin_from(id::<AssetId>(), "n");
    tour.call("avatars.create", create.into_future());
    tour.call("avatars.get", avatars.get(id()));
    list!(tour, "avatars.list", avatars, ListAvatars::new());
    let mut update = UpdateAvatar::new(id());
    update.body.default_voice_id = Some(id());
    tour.call("avatars.update", avatars.update(&update));
    tour.call("avatars.delete", avatars.delete(id()));
    let mut consent = RequestAvatarConsent::new(id());
    consent.body.reroute_url = Some(url());
    tour.call("avatars.consent", avatars.consent(&consent));
    let consent = avatars.consent_from(id(), id::<AssetId>());
    tour.call("avatars.consent", consent.into_future());
    tour.call("avatars.get", avatars.wait(id()).into_future());
    let looks = avatars.looks();
    tour.call("avatars.looks.get", looks.get(id()));
    list!(tour, "avatars.looks.list", looks, ListAvatarLooks::new());
    let mut update = UpdateAvatarLook::new(id());
    update.body.name = Some("n".to_owned());
    tour.call("avatars.looks.update", looks.update(&update));
    tour.call("avatars.looks.delete", looks.delete(id()));
    tour.call("avatars.looks.get", looks.wait(id()).into_future());
}

pub(super) fn agents(tour: &mut Tour, client: &Client) {
    use heygen_client::types::video_agents::{
        CreateVideoAgent, ListVideoAgentStyles, ListVideoAgents, SendVideoAgentMessage,
    };
    let agents = client.video_agents();
    tour.call(
        "video_agents.create",
        agents.create(&CreateVideoAgent::new("p")),
    );
    let create = agents.create_from("p").file(id::<AssetId>());
    tour.call("video_agents.create", create.into_future());
    tour.call("video_agents.get", agents.get(id()));
    list!(tour, "video_agents.list", agents, ListVideoAgents::new());
    let message = SendVideoAgentMessage::new(id(), "m");
    tour.call("video_agents.send_message", agents.send_message(&message));
    let message = agents.send_message_from(id(), "m").file(id::<AssetId>());
    tour.call("video_agents.send_message", message.into_future());
    tour.call("video_agents.stop", agents.stop(id()));
    tour.call("video_agents.get", agents.wait(id()).into_future());
    tour.call("video_agents.videos.list", agents.videos(id()));
    tour.call("video_agents.resources.get", agents.resource(id(), id()));
    list!(
        tour,
        "video_agents.styles.list",
        agents.styles(),
        ListVideoAgentStyles::new()
    );
}

pub(super) fn videos(tour: &mut Tour, client: &Client) {
    use heygen_client::types::videos::{
        CinematicAvatarVideo, CreateVideo, CreateVideoBatch, GetVideoBatch, ListVideoStatuses,
        ListVideos,
    };
    let videos = client.videos();
    let create = || CreateVideo::from(CinematicAvatarVideo::new(vec![id()], "p"));
    let create_from = || videos.create_cinematic_from([id()], "p");
    tour.call("videos.create", videos.create(&create()));
    tour.call(
        "videos.create",
        create_from().reference(id::<AssetId>()).into_future(),
    );
    let avatar = videos.create_avatar_from(id()).audio(id::<AssetId>());
    tour.call("videos.create", avatar.into_future());
    let image = videos
        .create_image_from(id::<AssetId>())
        .audio(id::<AssetId>());
    tour.call("videos.create", image.into_future());
    let studio = videos
        .create_studio_from()
        .video_scene(id::<AssetId>(), |_| {});
    tour.call("videos.create", studio.into_future());
    tour.call("videos.get", videos.get(id()));
    list!(tour, "videos.list", videos, ListVideos::new());
    tour.call("videos.delete", videos.delete(id()));
    tour.call("videos.get", videos.wait(id()).into_future());
    tour.call(
        "videos.statuses.list",
        videos.statuses(&ListVideoStatuses::new(vec![id()])),
    );
    tour.call("videos.scenes.get", videos.scenes(id()));
    let batches = videos.batches();
    let get = || GetVideoBatch::new(id());
    tour.call(
        "videos.batches.create",
        batches.create(&CreateVideoBatch::new(vec![create()])),
    );
    let batch = batches.create_from().video(create_from());
    tour.call("videos.batches.create", batch.into_future());
    tour.call("videos.batches.get", batches.get(&get()));
    paged!(tour, "videos.batches.get", batches, get(), items, pages);
    tour.call("videos.batches.get", batches.wait(id()).into_future());
}
