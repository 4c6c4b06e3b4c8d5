//! The operations of the API, by resource.

mod ai_clipping;
mod assets;
mod avatars;
mod background_removals;
mod batch;
mod brand_glossaries;
mod brand_kits;
mod call;
mod crowd;
mod dispatch;
mod filler_word_removals;
mod folders;
mod get_api_key;
mod get_user;
mod job_batches;
mod jobs;
mod lipsyncs;
mod models;
mod page;
mod proofreads;
mod references;
mod renders;
mod sounds;
mod templates;
mod translations;
mod validate;
mod video_agents;
mod videos;
mod viewer;
mod voices;
mod webhooks;

use bytes::Bytes;
use heygen_types::BodyEncoding;
use http::Response;
use serde_json::Value;

use crate::{
    Form, FormError,
    exchange::Payload,
    problem::Problem,
    state::{Collection, Record},
};

pub(crate) use assets::too_large;
pub(crate) use call::Call;
pub(crate) use models::is_generated;
pub(crate) use viewer::{Viewer, iso};

type Answer = Result<Response<Payload>, Problem>;

/// Judges a request that was admitted by what the table says of it, and carries it out.
pub(crate) fn answer(
    mut call: Call<'_>,
    json: &Bytes,
    form: Option<Result<Form, FormError>>,
) -> Answer {
    validate::query(&call)?;
    let body = match call.operation().encoding {
        BodyEncoding::Json => {
            let body = validate::body(&call, json)?;
            references::check(&call, &body)?;
            body
        }
        _ => Value::Null,
    };
    crowd::check(&call)?;
    dispatch::carry_out(&mut call, &body, form)
}

/// Shows a job of any kind.
pub(crate) fn show(viewer: &Viewer<'_>, kind: Collection, id: &str, job: &Record) -> Value {
    let view: jobs::View = match kind {
        Collection::AvatarLooks => avatars::view_look,
        Collection::Avatars => avatars::view,
        Collection::BackgroundRemovals => background_removals::view,
        Collection::Batches => job_batches::view,
        Collection::BrandGlossaries => brand_glossaries::view,
        Collection::BrandKits => brand_kits::view,
        Collection::Clippings => ai_clipping::view,
        Collection::FillerWordRemovals => filler_word_removals::view,
        Collection::Folders => folders::view,
        Collection::Lipsyncs => lipsyncs::view,
        Collection::ModelImages => models::view_images,
        Collection::ModelVoices => models::view_voice,
        Collection::Proofreads => proofreads::view,
        Collection::Renders => renders::view,
        Collection::Sessions => video_agents::view,
        Collection::Templates => templates::view,
        Collection::Translations => translations::view,
        Collection::Videos => videos::view,
        Collection::Voices => voices::view,
        Collection::WebhookEndpoints => webhooks::view,
        Collection::Events => |_, _, event| event.fields.clone().into(),
    };
    view(viewer, id, job)
}
