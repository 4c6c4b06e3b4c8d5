use serde_json::Value;

use super::{
    Answer, Call, ai_clipping, assets, avatars, background_removals, brand_glossaries, brand_kits,
    filler_word_removals, folders, get_api_key, get_user, job_batches, jobs, lipsyncs, models,
    page, proofreads, renders, sounds, templates, translations, video_agents, videos, voices,
    webhooks,
};
use crate::{Endpoint, Form, FormError, state::Collection};

/// Carries out a request whose query and body were judged.
pub(super) fn carry_out(
    call: &mut Call<'_>,
    body: &Value,
    form: Option<Result<Form, FormError>>,
) -> Answer {
    match call.endpoint {
        Endpoint::UploadAsset => assets::upload(call, form),
        Endpoint::ListAssets => assets::list(call),
        Endpoint::CreateDirectUpload => assets::create_direct_upload(call, body),
        Endpoint::CreateUploadBatch => assets::create_batch(call, body),
        Endpoint::CompleteUploadBatch => assets::complete_batch(call, body),
        Endpoint::SearchAssets => assets::search(call),
        Endpoint::ListAssetStatuses => assets::statuses(call),
        Endpoint::GetUploadBatch => assets::get_batch(call),
        Endpoint::CompleteAsset => assets::complete(call, body),
        Endpoint::GetAsset => assets::get(call),
        Endpoint::DeleteAsset => assets::delete(call),

        Endpoint::ListAiClippings => all(call, Collection::Clippings, ai_clipping::summary),
        Endpoint::CreateAiClipping => ai_clipping::create(call, body),
        Endpoint::DeleteAiClipping => jobs::delete(call, Collection::Clippings, "id"),
        Endpoint::GetAiClipping => jobs::get(call, Collection::Clippings, ai_clipping::view),

        Endpoint::SearchSounds => sounds::search(call),

        Endpoint::ListAvatars => avatars::list(call),
        Endpoint::CreateAvatar => avatars::create(call, body),
        Endpoint::ListAvatarLooks => avatars::list_looks(call),
        Endpoint::DeleteAvatarLook => avatars::delete_look(call),
        Endpoint::GetAvatarLook => jobs::get(call, Collection::AvatarLooks, avatars::view_look),
        Endpoint::UpdateAvatarLook => avatars::update_look(call, body),
        Endpoint::DeleteAvatar => avatars::delete(call),
        Endpoint::GetAvatar => jobs::get(call, Collection::Avatars, avatars::view),
        Endpoint::UpdateAvatar => avatars::update(call, body),
        Endpoint::RequestAvatarConsent => avatars::consent(call, body),

        Endpoint::ListBackgroundRemovals => background_removals::list(call),
        Endpoint::CreateBackgroundRemoval => background_removals::create(call, body),
        Endpoint::DeleteBackgroundRemoval => background_removals::delete(call),
        Endpoint::GetBackgroundRemoval => jobs::get(
            call,
            Collection::BackgroundRemovals,
            background_removals::view,
        ),

        Endpoint::ListBrandGlossaries => {
            all(call, Collection::BrandGlossaries, brand_glossaries::summary)
        }
        Endpoint::CreateBrandGlossary => brand_glossaries::create(call, body),
        Endpoint::DeleteBrandGlossary => {
            jobs::delete(call, Collection::BrandGlossaries, "brand_glossary_id")
        }
        Endpoint::GetBrandGlossary => {
            jobs::get(call, Collection::BrandGlossaries, brand_glossaries::view)
        }
        Endpoint::UpdateBrandGlossary => brand_glossaries::update(call, body),

        Endpoint::ListBrandKits => all(call, Collection::BrandKits, brand_kits::summary),
        Endpoint::CreateBrandKit => brand_kits::create(call, body),
        Endpoint::DeleteBrandKit => jobs::delete(call, Collection::BrandKits, "brand_kit_id"),
        Endpoint::GetBrandKit => jobs::get(call, Collection::BrandKits, brand_kits::view),
        Endpoint::UpdateBrandKit => brand_kits::update(call, body),

        Endpoint::CreateFillerWordRemoval => filler_word_removals::create(call, body),
        Endpoint::GetFillerWordRemoval => jobs::get(
            call,
            Collection::FillerWordRemovals,
            filler_word_removals::view,
        ),

        Endpoint::ListRenders => all(call, Collection::Renders, renders::view),
        Endpoint::CreateRender => renders::create(call, body),
        Endpoint::DeleteRender => jobs::delete(call, Collection::Renders, "render_id"),
        Endpoint::GetRender => jobs::get(call, Collection::Renders, renders::view),

        Endpoint::ListLipsyncs => all(call, Collection::Lipsyncs, lipsyncs::view),
        Endpoint::CreateLipsync => lipsyncs::create(call, body),
        Endpoint::CreateLipsyncBatch => job_batches::create(
            call,
            Collection::Lipsyncs,
            body,
            "lipsyncs",
            |call, body| vec![lipsyncs::start(call, body)],
        ),
        Endpoint::GetLipsyncBatch => job_batches::get(call, Collection::Lipsyncs),
        Endpoint::ListLipsyncStatuses => {
            job_batches::statuses(call, Collection::Lipsyncs, "lipsync_ids")
        }
        Endpoint::DeleteLipsync => jobs::delete(call, Collection::Lipsyncs, "id"),
        Endpoint::GetLipsync => jobs::get(call, Collection::Lipsyncs, lipsyncs::view),
        Endpoint::UpdateLipsync => jobs::retitle(call, Collection::Lipsyncs, body, lipsyncs::view),

        Endpoint::CreateModelSpeech => models::create_speech(call, body),
        Endpoint::StreamModelSpeech => models::stream_speech(call, body),
        Endpoint::ListModelVoices => models::list_voices(call),
        Endpoint::CreateModelVoice => models::create_voice(call, body),
        Endpoint::DeleteModelVoice => models::delete_voice(call),
        Endpoint::GetModelVoice => models::get_voice(call),
        Endpoint::CreateModelImages => models::create_images(call, body),
        Endpoint::GetModelImages => jobs::get(call, Collection::ModelImages, models::view_images),
        Endpoint::CreateModelVideo => models::create_video(call, body),
        Endpoint::GetModelVideo => models::get_video(call),

        Endpoint::ListTemplates => all(call, Collection::Templates, templates::summary),
        Endpoint::GetTemplate => jobs::get(call, Collection::Templates, templates::view),
        Endpoint::GenerateFromTemplate => templates::generate(call, body),

        Endpoint::GetCurrentApiKey => get_api_key::answer(call),
        Endpoint::GetUser => get_user::answer(call),

        Endpoint::CreateFolder => folders::create(call, body),
        Endpoint::GetFolder => jobs::get(call, Collection::Folders, folders::view),

        Endpoint::ListVideoAgents => all(call, Collection::Sessions, video_agents::summary),
        Endpoint::CreateVideoAgent => video_agents::create(call, body),
        Endpoint::ListVideoAgentStyles => video_agents::styles(call),
        Endpoint::GetVideoAgent => jobs::get(call, Collection::Sessions, video_agents::view),
        Endpoint::SendVideoAgentMessage => video_agents::send_message(call, body),
        Endpoint::GetVideoAgentResource => video_agents::resource(call),
        Endpoint::StopVideoAgent => video_agents::stop(call),
        Endpoint::ListVideoAgentVideos => video_agents::list_videos(call),

        Endpoint::ListVideoTranslations => all(call, Collection::Translations, translations::view),
        Endpoint::CreateVideoTranslation => translations::create(call, body),
        Endpoint::CreateVideoTranslationBatch => translations::create_batch(call, body),
        Endpoint::GetVideoTranslationBatch => job_batches::get(call, Collection::Translations),
        Endpoint::ListTranslationLanguages => translations::languages(call),
        Endpoint::CreateProofread => proofreads::create(call, body),
        Endpoint::ListProofreads => all(call, Collection::Proofreads, proofreads::view),
        Endpoint::DeleteProofread => jobs::delete(call, Collection::Proofreads, "id"),
        Endpoint::GetProofread => jobs::get(call, Collection::Proofreads, proofreads::view),
        Endpoint::GenerateProofread => proofreads::generate(call, body),
        Endpoint::GetProofreadSrt => proofreads::srt(call),
        Endpoint::ReplaceProofreadSrt => proofreads::replace_srt(call, body),
        Endpoint::ListVideoTranslationStatuses => {
            job_batches::statuses(call, Collection::Translations, "video_translation_ids")
        }
        Endpoint::DeleteVideoTranslation => jobs::delete(call, Collection::Translations, "id"),
        Endpoint::GetVideoTranslation => {
            jobs::get(call, Collection::Translations, translations::view)
        }
        Endpoint::UpdateVideoTranslation => {
            jobs::retitle(call, Collection::Translations, body, translations::view)
        }

        Endpoint::ListVideos => videos::list(call),
        Endpoint::CreateVideo => videos::create(call, body),
        Endpoint::CreateVideoBatch => videos::create_batch(call, body),
        Endpoint::GetVideoBatch => job_batches::get(call, Collection::Videos),
        Endpoint::ListVideoStatuses => job_batches::statuses(call, Collection::Videos, "video_ids"),
        Endpoint::DeleteVideo => videos::delete(call),
        Endpoint::GetVideo => jobs::get(call, Collection::Videos, videos::view),
        Endpoint::GetVideoScenes => videos::scenes(call),

        Endpoint::ListVoices => voices::list(call),
        Endpoint::DesignVoice => voices::design(call, body),
        Endpoint::CloneVoice => voices::clone(call, body),
        Endpoint::CreateSpeech => voices::speech(call, body),
        Endpoint::DeleteVoice => voices::delete(call),
        Endpoint::GetVoice => jobs::get(call, Collection::Voices, voices::view),

        Endpoint::ListWebhookEndpoints => all(call, Collection::WebhookEndpoints, webhooks::view),
        Endpoint::CreateWebhookEndpoint => webhooks::create(call, body),
        Endpoint::DeleteWebhookEndpoint => webhooks::delete(call),
        Endpoint::UpdateWebhookEndpoint => webhooks::update(call, body),
        Endpoint::RotateWebhookSecret => webhooks::rotate_secret(call),
        Endpoint::ListWebhookEventTypes => webhooks::event_types(call),
        Endpoint::ListWebhookEvents => webhooks::events(call),

        Endpoint::StoragePut | Endpoint::StorageGet => {
            unreachable!("requests to storage are answered by the core itself")
        }
    }
}

/// Answers with all resources of a kind, newest first.
fn all(call: &Call<'_>, kind: Collection, view: jobs::View) -> Answer {
    page::list(call, kind, |_| true, view)
}
