use heygen_types::OperationId as Op;
use serde_json::Value;

use super::{
    Answer, Call, Viewer, account, ai_clipping, assets, avatars, background_removals,
    brand_glossaries, brand_kits, filler_word_removals, folders, job_batches, jobs, lipsyncs,
    models, page, proofreads, renders, sample, sounds, templates, translations, video_agents,
    videos, voices, webhooks,
};
use crate::{
    Form, FormError,
    state::{Collection, Record},
};

/// Carries out a request whose query and body were judged.
pub(super) fn carry_out(
    call: &mut Call<'_>,
    body: &Value,
    form: Option<Result<Form, FormError>>,
) -> Answer {
    match call.operation {
        Op::UploadAsset => assets::upload(call, form),
        Op::ListAssets => assets::list(call),
        Op::CreateDirectUpload => assets::create_direct_upload(call, body),
        Op::CreateUploadBatch => assets::create_batch(call, body),
        Op::CompleteUploadBatch => assets::complete_batch(call, body),
        Op::SearchAssets => assets::search(call),
        Op::ListAssetStatuses => assets::statuses(call),
        Op::GetUploadBatch => assets::get_batch(call),
        Op::CompleteAsset => assets::complete(call, body),
        Op::GetAsset => assets::get(call),
        Op::DeleteAsset => assets::delete(call),

        Op::GetCurrentApiKey => account::api_key(call),
        Op::GetCurrentUser => account::user(call),
        Op::SearchSounds => sounds::search(call),
        Op::CreateAiClipping => ai_clipping::create(call, body),
        Op::CreateFillerWordRemoval => filler_word_removals::create(call, body),
        Op::CreateFolder => folders::create(call, body),
        Op::CreateRender => renders::create(call, body),
        Op::GenerateFromTemplate => templates::generate(call, body),

        Op::ListAvatars => avatars::list(call),
        Op::CreateAvatar => avatars::create(call, body),
        Op::UpdateAvatar => avatars::update(call, body),
        Op::DeleteAvatar => avatars::delete(call),
        Op::RequestAvatarConsent => avatars::consent(call, body),
        Op::ListAvatarLooks => avatars::list_looks(call),
        Op::UpdateAvatarLook => avatars::update_look(call, body),
        Op::DeleteAvatarLook => avatars::delete_look(call),

        Op::ListBackgroundRemovals => background_removals::list(call),
        Op::CreateBackgroundRemoval => background_removals::create(call, body),
        Op::DeleteBackgroundRemoval => background_removals::delete(call),

        Op::CreateBrandGlossary => brand_glossaries::create(call, body),
        Op::UpdateBrandGlossary => brand_glossaries::update(call, body),
        Op::CreateBrandKit => brand_kits::create(call, body),
        Op::UpdateBrandKit => brand_kits::update(call, body),

        Op::CreateLipsync => lipsyncs::create(call, body),
        Op::CreateLipsyncBatch => lipsyncs::create_batch(call, body),

        Op::CreateModelSpeech => models::create_speech(call, body),
        Op::StreamModelSpeech => models::stream_speech(call, body),
        Op::ListModelVoices => models::list_voices(call),
        Op::CreateModelVoice => models::create_voice(call, body),
        Op::DeleteModelVoice => models::delete_voice(call),
        Op::GetModelVoice => models::get_voice(call),
        Op::CreateModelImages => models::create_images(call, body),
        Op::CreateModelVideo => models::create_video(call, body),
        Op::GetModelVideo => models::get_video(call),

        Op::CreateVideoAgent => video_agents::create(call, body),
        Op::ListVideoAgentStyles => video_agents::styles(call),
        Op::SendVideoAgentMessage => video_agents::send_message(call, body),
        Op::GetVideoAgentResource => video_agents::resource(call),
        Op::StopVideoAgent => video_agents::stop(call),
        Op::ListVideoAgentVideos => video_agents::list_videos(call),

        Op::CreateVideoTranslation => translations::create(call, body),
        Op::CreateVideoTranslationBatch => translations::create_batch(call, body),
        Op::ListTranslationLanguages => translations::languages(call),
        Op::CreateProofread => proofreads::create(call, body),
        Op::GenerateProofread => proofreads::generate(call, body),
        Op::GetProofreadSrt => proofreads::srt(call),
        Op::ReplaceProofreadSrt => proofreads::replace_srt(call, body),

        Op::ListVideos => videos::list(call),
        Op::CreateVideo => videos::create(call, body),
        Op::CreateVideoBatch => videos::create_batch(call, body),
        Op::GetVideoScenes => videos::scenes(call),

        Op::ListVoices => voices::list(call),
        Op::DesignVoice => voices::design(call, body),
        Op::CloneVoice => voices::clone(call, body),
        Op::CreateSpeech => voices::speech(call, body),
        Op::DeleteVoice => voices::delete(call),

        Op::CreateWebhookEndpoint => webhooks::create(call, body),
        Op::UpdateWebhookEndpoint => webhooks::update(call, body),
        Op::RotateWebhookSecret => webhooks::rotate_secret(call),
        Op::ListWebhookEventTypes => webhooks::event_types(call),
        Op::ListWebhookEvents => webhooks::events(call),

        _ => usual(call, body),
    }
}

/// Handles the verbs that mean the same for every resource. Any other operation is answered with a
/// sample, so that an operation which needs no behavior needs no code.
fn usual(call: &mut Call<'_>, body: &Value) -> Answer {
    let id: &'static str = call.operation.as_str();
    let found = RESOURCES.iter().find_map(|resource| {
        let verb = id.strip_prefix(resource.id)?.strip_prefix('.')?;
        Some((resource, verb))
    });
    let Some((resource, verb)) = found else {
        return sample::answer(call);
    };
    let kind = resource.kind;
    match verb {
        "get" => jobs::get(call, kind),
        "list" => page::list(call, kind, |_| true),
        "update" => jobs::update(call, kind, body),
        "delete" => jobs::delete(call, kind),
        "batches.get" => job_batches::get(call, kind),
        "statuses.list" => job_batches::statuses(call, kind),
        _ => sample::answer(call),
    }
}

/// Shows a resource of any kind.
pub(crate) fn show(viewer: &Viewer<'_>, kind: Collection, id: &str, record: &Record) -> Value {
    (Resource::of(kind).view)(viewer, id, record)
}

/// Shows a resource of any kind in a list.
pub(super) fn summary(viewer: &Viewer<'_>, kind: Collection, id: &str, record: &Record) -> Value {
    (Resource::of(kind).summary)(viewer, id, record)
}

type View = fn(&Viewer<'_>, &str, &Record) -> Value;

/// A kind of resources, and how they are shown.
struct Resource {
    /// What the ids of its operations begin with.
    id: &'static str,
    kind: Collection,
    /// Shows one by itself.
    view: View,
    /// Shows one in a list.
    summary: View,
}

impl Resource {
    fn of(kind: Collection) -> &'static Self {
        let mut resources = RESOURCES.iter();
        let own = resources.find(|resource| resource.kind == kind);
        own.expect("each collection has its resource")
    }
}

const fn resource(id: &'static str, kind: Collection, view: View, summary: View) -> Resource {
    Resource {
        id,
        kind,
        view,
        summary,
    }
}

// A longer id comes before the one that it begins with.
#[rustfmt::skip]
const RESOURCES: [Resource; 21] = [
    resource("ai_clipping", Collection::Clippings, ai_clipping::view, ai_clipping::summary),
    resource("avatars.looks", Collection::AvatarLooks, avatars::view_look, avatars::view_look),
    resource("avatars", Collection::Avatars, avatars::view, avatars::view),
    resource("background_removals", Collection::BackgroundRemovals, background_removals::view, background_removals::view),
    resource("batches", Collection::Batches, job_batches::view, job_batches::view),
    resource("brand_glossaries", Collection::BrandGlossaries, brand_glossaries::view, brand_glossaries::summary),
    resource("brand_kits", Collection::BrandKits, brand_kits::view, brand_kits::summary),
    resource("filler_word_removals", Collection::FillerWordRemovals, filler_word_removals::view, filler_word_removals::view),
    resource("folders", Collection::Folders, folders::view, folders::view),
    resource("hyperframes.renders", Collection::Renders, renders::view, renders::view),
    resource("lipsyncs", Collection::Lipsyncs, lipsyncs::view, lipsyncs::view),
    resource("models.audio.voices", Collection::ModelVoices, models::view_voice, models::view_voice),
    resource("models.images", Collection::ModelImages, models::view_images, models::view_images),
    resource("templates", Collection::Templates, templates::view, templates::summary),
    resource("video_agents", Collection::Sessions, video_agents::view, video_agents::summary),
    resource("video_translations.proofreads", Collection::Proofreads, proofreads::view, proofreads::view),
    resource("video_translations", Collection::Translations, translations::view, translations::view),
    resource("videos", Collection::Videos, videos::view, videos::view),
    resource("voices", Collection::Voices, voices::view, voices::summary),
    resource("webhooks.endpoints", Collection::WebhookEndpoints, webhooks::view, webhooks::view),
    resource("webhooks.events", Collection::Events, webhooks::view_event, webhooks::view_event),
];
