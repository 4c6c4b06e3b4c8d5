//! The operations of the API, by resource.

mod account;
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
mod job_batches;
mod jobs;
mod lipsyncs;
mod models;
mod page;
mod proofreads;
mod references;
mod renders;
mod sample;
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

use crate::{Form, FormError, exchange::Payload, problem::Problem};

pub(crate) use assets::too_large;
pub(crate) use call::Call;
pub(crate) use dispatch::show;
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
    let body = match call.entry().encoding {
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
