use std::future::IntoFuture as _;

use heygen_client::{Client, types::AssetId};

use super::{Tour, id, input, link, list, paged};

pub(super) fn jobs(tour: &mut Tour, client: &Client) {
    use heygen_client::types::{
        ai_clipping::{CreateAiClipping, ListAiClippings},
        background_removals::{CreateBackgroundRemoval, ListBackgroundRemovals},
        filler_word_removals::CreateFillerWordRemoval,
        hyperframes::{CreateRender, ListRenders},
    };
    let clipping = client.ai_clipping();
    tour.call(
        "ai_clipping.create",
        clipping.create(&CreateAiClipping::new(link())),
    );
    tour.call(
        "ai_clipping.create",
        clipping.create_from(id::<AssetId>()).into_future(),
    );
    tour.call("ai_clipping.get", clipping.get(id()));
    list!(tour, "ai_clipping.list", clipping, ListAiClippings::new());
    tour.call("ai_clipping.delete", clipping.delete(id()));
    tour.call("ai_clipping.get", clipping.wait(id()).into_future());
    let removals = client.background_removals();
    let create = CreateBackgroundRemoval::new(input());
    tour.call("background_removals.create", removals.create(&create));
    tour.call(
        "background_removals.create",
        removals.create_from(id::<AssetId>()).into_future(),
    );
    tour.call("background_removals.get", removals.get(id()));
    list!(
        tour,
        "background_removals.list",
        removals,
        ListBackgroundRemovals::new()
    );
    tour.call("background_removals.delete", removals.delete(id()));
    tour.call("background_removals.get", removals.wait(id()).into_future());
    let removals = client.filler_word_removals();
    let create = CreateFillerWordRemoval::new(link());
    tour.call("filler_word_removals.create", removals.create(&create));
    tour.call(
        "filler_word_removals.create",
        removals.create_from(id::<AssetId>()).into_future(),
    );
    tour.call("filler_word_removals.get", removals.get(id()));
    tour.call(
        "filler_word_removals.get",
        removals.wait(id()).into_future(),
    );
    let renders = client.hyperframes().renders();
    tour.call(
        "hyperframes.renders.create",
        renders.create(&CreateRender::new(input())),
    );
    tour.call(
        "hyperframes.renders.create",
        renders.create_from(id::<AssetId>()).into_future(),
    );
    tour.call("hyperframes.renders.get", renders.get(id()));
    list!(
        tour,
        "hyperframes.renders.list",
        renders,
        ListRenders::new()
    );
    tour.call("hyperframes.renders.delete", renders.delete(id()));
    tour.call("hyperframes.renders.get", renders.wait(id()).into_future());
}

pub(super) fn lipsyncs(tour: &mut Tour, client: &Client) {
    use heygen_client::types::lipsyncs::{
        CreateLipsync, CreateLipsyncBatch, GetLipsyncBatch, ListLipsyncStatuses, ListLipsyncs,
        UpdateLipsync,
    };
    let lipsyncs = client.lipsyncs();
    let create = || CreateLipsync::new(link(), link());
    let create_from = || lipsyncs.create_from(id::<AssetId>(), id::<AssetId>());
    tour.call("lipsyncs.create", lipsyncs.create(&create()));
    tour.call("lipsyncs.create", create_from().into_future());
    tour.call("lipsyncs.get", lipsyncs.get(id()));
    list!(tour, "lipsyncs.list", lipsyncs, ListLipsyncs::new());
    tour.call(
        "lipsyncs.update",
        lipsyncs.update(&UpdateLipsync::new(id(), "t")),
    );
    tour.call("lipsyncs.delete", lipsyncs.delete(id()));
    tour.call("lipsyncs.get", lipsyncs.wait(id()).into_future());
    let statuses = ListLipsyncStatuses::new(vec![id()]);
    tour.call("lipsyncs.statuses.list", lipsyncs.statuses(&statuses));
    let batches = lipsyncs.batches();
    let get = || GetLipsyncBatch::new(id());
    let batch = CreateLipsyncBatch::new(vec![create()]);
    tour.call("lipsyncs.batches.create", batches.create(&batch));
    let batch = batches.create_from().lipsync(create_from());
    tour.call("lipsyncs.batches.create", batch.into_future());
    tour.call("lipsyncs.batches.get", batches.get(&get()));
    paged!(tour, "lipsyncs.batches.get", batches, get(), items, pages);
    tour.call("lipsyncs.batches.get", batches.wait(id()).into_future());
}

pub(super) fn translations(tour: &mut Tour, client: &Client) {
    use heygen_client::types::video_translations::{
        CreateProofread, CreateVideoTranslation, CreateVideoTranslationBatch, GenerateProofread,
        GetVideoTranslationBatch, ListProofreads, ListVideoTranslationStatuses,
        ListVideoTranslations, ReplaceProofreadSrt, UpdateVideoTranslation,
    };
    let translations = client.video_translations();
    let german = || vec!["German".to_owned()];
    let create = || CreateVideoTranslation::new(link(), german());
    let create_from = || translations.create_from(id::<AssetId>(), ["German"]);
    tour.call("video_translations.create", translations.create(&create()));
    let with_all = create_from().audio(id::<AssetId>()).srt(id::<AssetId>());
    tour.call("video_translations.create", with_all.into_future());
    tour.call("video_translations.get", translations.get(id()));
    list!(
        tour,
        "video_translations.list",
        translations,
        ListVideoTranslations::new()
    );
    let update = UpdateVideoTranslation::new(id(), "t");
    tour.call("video_translations.update", translations.update(&update));
    tour.call("video_translations.delete", translations.delete(id()));
    tour.call(
        "video_translations.get",
        translations.wait(id()).into_future(),
    );
    let statuses = ListVideoTranslationStatuses::new(vec![id()]);
    tour.call(
        "video_translations.statuses.list",
        translations.statuses(&statuses),
    );
    tour.call(
        "video_translations.languages.list",
        translations.languages(),
    );
    let batches = translations.batches();
    let get = || GetVideoTranslationBatch::new(id());
    let batch = CreateVideoTranslationBatch::new(vec![create()]);
    tour.call("video_translations.batches.create", batches.create(&batch));
    let batch = batches.create_from().translation(create_from());
    tour.call("video_translations.batches.create", batch.into_future());
    tour.call("video_translations.batches.get", batches.get(&get()));
    paged!(
        tour,
        "video_translations.batches.get",
        batches,
        get(),
        items,
        pages
    );
    tour.call(
        "video_translations.batches.get",
        batches.wait(id()).into_future(),
    );
    let proofreads = translations.proofreads();
    let create = CreateProofread::new(link(), "t", german());
    tour.call(
        "video_translations.proofreads.create",
        proofreads.create(&create),
    );
    let create = proofreads
        .create_from(id::<AssetId>(), "t", ["German"])
        .srt(id::<AssetId>());
    tour.call("video_translations.proofreads.create", create.into_future());
    tour.call("video_translations.proofreads.get", proofreads.get(id()));
    list!(
        tour,
        "video_translations.proofreads.list",
        proofreads,
        ListProofreads::new()
    );
    tour.call(
        "video_translations.proofreads.delete",
        proofreads.delete(id()),
    );
    let generate = GenerateProofread::new(id());
    tour.call(
        "video_translations.proofreads.generate",
        proofreads.generate(&generate),
    );
    tour.call(
        "video_translations.proofreads.get",
        proofreads.wait(id()).into_future(),
    );
    let srt = proofreads.srt();
    tour.call("video_translations.proofreads.srt.get", srt.get(id()));
    let replace = ReplaceProofreadSrt::new(id(), link());
    tour.call(
        "video_translations.proofreads.srt.replace",
        srt.replace(&replace),
    );
    let replace = srt.replace_from(id(), id::<AssetId>());
    tour.call(
        "video_translations.proofreads.srt.replace",
        replace.into_future(),
    );
}

pub(super) fn models(tour: &mut Tour, client: &Client) {
    use heygen_client::types::models::{
        CreateModelImages, CreateModelSpeech, ImageModel, InstantVoice, ListModelVoices,
        StreamModelSpeech, TextToVideo, VideoModel,
    };
    let audio = client.models().audio();
    let speech = CreateModelSpeech::new("t", id());
    tour.call("models.audio.tts.create", audio.tts(&speech));
    let speech = StreamModelSpeech::new("t", id());
    tour.call("models.audio.tts.stream", audio.tts_stream(&speech));
    let voices = audio.voices();
    let create = InstantVoice::new("n", vec![input()]).into();
    tour.call("models.audio.voices.create", voices.create(&create));
    let create = voices.create_instant_from("n", id::<AssetId>());
    tour.call("models.audio.voices.create", create.into_future());
    let create = voices.create_professional_from().recording(id::<AssetId>());
    tour.call("models.audio.voices.create", create.into_future());
    tour.call("models.audio.voices.get", voices.get(id()));
    list!(
        tour,
        "models.audio.voices.list",
        voices,
        ListModelVoices::new()
    );
    tour.call("models.audio.voices.delete", voices.delete(id()));
    tour.call("models.audio.voices.get", voices.wait(id()).into_future());
    let images = client.models().images();
    let model = || ImageModel::HeygenImage1;
    let create = CreateModelImages::new(model(), vec![input()], vec![input()]);
    tour.call("models.images.create", images.create(&create));
    let create = images
        .create_from(model(), id::<AssetId>())
        .identity_image(id::<AssetId>());
    tour.call("models.images.create", create.into_future());
    tour.call("models.images.get", images.get(id()));
    tour.call("models.images.get", images.wait(id()).into_future());
    let videos = client.models().videos();
    let model = || VideoModel::HeygenVideo1;
    let create = TextToVideo::new(model(), "p").into();
    tour.call("models.videos.create", videos.create(&create));
    let create = videos.create_image_to_video_from(model(), "p", id::<AssetId>());
    tour.call("models.videos.create", create.into_future());
    let create = videos
        .create_reference_to_video_from(model(), "p")
        .reference_image(id::<AssetId>())
        .reference_video(id::<AssetId>())
        .reference_audio(id::<AssetId>());
    tour.call("models.videos.create", create.into_future());
    tour.call("models.videos.get", videos.get(id()));
    tour.call("models.videos.get", videos.wait(id()).into_future());
}
