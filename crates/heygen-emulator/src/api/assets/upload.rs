use heygen_types::{ByteSize, assets::UploadedAsset};
use http::StatusCode;

use crate::{
    Form, FormError, FormFile, Settings, TooLarge,
    api::{Answer, Call, call::data},
    media,
    problem::Problem,
    state::{Asset, Finished},
};

/// `POST /v3/assets`
pub(in crate::api) fn answer(call: &mut Call<'_>, form: Option<Result<Form, FormError>>) -> Answer {
    let FormFile {
        filename,
        content_type: declared,
        content,
    } = match form {
        Some(Ok(Form { file: Some(file) })) => file,
        Some(Err(FormError::TooLarge)) => return Err(too_large(call.settings)),
        Some(Err(FormError::Unkept(unkept))) => return Err(Problem::unkept(unkept)),
        Some(Err(FormError::Malformed(problem))) => {
            return Err(refuse(&format!("the body is not multipart: {problem}")));
        }
        Some(Ok(Form { file: None })) | None => {
            return Err(refuse("there is no part named file with a file name"));
        }
    };
    if content.size_bytes() == 0 {
        return Err(refuse("the file is empty"));
    }
    let Some(media_type) = media::detect(&content) else {
        return Err(refuse(
            "the type of the file, judged by its content, is not supported",
        ));
    };
    // The label of a file that is taken does not matter: its type is that of its bytes.
    if !media_type.is_accepted_in_single_request() {
        let declared = declared.filter(|declared| declared != "application/octet-stream");
        return Err(match declared {
            Some(declared) if declared != media_type.as_str() => {
                Problem::other_type("file", &declared, media_type.as_str())
            }
            _ => Problem::unsupported_type("file", &media_type),
        });
    }
    let asset_id = call.state.next_asset_id();
    let size = ByteSize::new(content.size_bytes());
    let asset = Asset {
        number: call.state.ids.made(),
        name: filename,
        key: format!("{asset_id}.{}", media_type.extension().unwrap_or("bin")),
        created_at: call.now,
        declared: None,
        conflicts_left: 0,
        finished: Some(Finished {
            at: call.now,
            media_type: media_type.clone(),
            content,
        }),
    };
    let url = call.url(&asset);
    call.state.assets.insert(asset_id.clone(), asset);
    call.state.is_dirty = true;
    data(UploadedAsset::new(asset_id, media_type, size, url))
}

/// Refuses a file that is too large, in the way that is set.
pub(crate) fn too_large(settings: &Settings) -> Problem {
    let max = settings.single_request_max_bytes;
    let message = format!(
        "the file is too large: one request takes at most {max} bytes, use a direct upload"
    );
    match settings.single_request_too_large {
        TooLarge::BadRequest => Problem::parameter("file", message),
        TooLarge::PayloadTooLarge => {
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "payload_too_large", message)
        }
    }
}

fn refuse(problem: &str) -> Problem {
    Problem::parameter("file", problem)
}
