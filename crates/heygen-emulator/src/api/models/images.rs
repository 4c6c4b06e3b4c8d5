use serde_json::{Value, json};

use super::videos::seed;
use crate::{
    api::{Answer, Call, Viewer},
    media::Medium,
    state::{Collection, Record},
};

/// `POST /v3/models/images`
pub(in crate::api) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let record = Record::new(call.now)
        .with("model", body["model"].clone())
        .with("num_images", body["num_images"].as_u64().unwrap_or(1))
        .with_hidden("aspect_ratio", body["aspect_ratio"].clone());
    let id = call.start(Collection::ModelImages, "generation", record);
    // A seed of the caller may be any number, also one below zero.
    let seed = body["seed"].as_i64().unwrap_or_else(|| seed(&id).into());
    if let Some(record) = call.state.records.get_mut(Collection::ModelImages, &id) {
        record.hidden.insert("seed".to_owned(), seed.into());
    }
    call.data(json!({ "generation_id": id }))
}

/// Shows a generation of images.
pub(in crate::api) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let is_completed = record.schedule.is_completed(viewer.now);
    let count = record.fields["num_images"].as_u64().unwrap_or_default();
    let first = record.hidden["seed"].as_i64().unwrap_or_default();
    let (width, height) = size(record.secret("aspect_ratio").unwrap_or("1:1"), 1024);
    let shown = (0..count).filter(|_| is_completed).map(|number| {
        let image = format!("{id}_{number}");
        json!({
            "image_id": image,
            "image_url": viewer.result(&image, Medium::Png),
            "width": width,
            "height": height,
            "seed": first.wrapping_add_unsigned(number),
        })
    });
    let mut generation = json!({
        "generation_id": id,
        "created_at": record.created_at.as_secs(),
        "model": record.fields["model"],
        "num_images": count,
        "status": record.schedule.status(viewer.now),
        "images": shown.collect::<Vec<_>>(),
    });
    if let Some(failure) = record.schedule.failure(viewer.now) {
        generation["failure_code"] = failure.code.as_str().into();
        generation["failure_message"] = failure.message.as_str().into();
    }
    generation
}

/// Returns the width and height of a picture whose shorter side has so many pixels.
pub(super) fn size(aspect_ratio: &str, shorter: u64) -> (u64, u64) {
    let sides = aspect_ratio.split_once(':');
    let sides = sides.and_then(|(wide, high)| Some((wide.parse().ok()?, high.parse().ok()?)));
    let (wide, high): (u64, u64) = sides.unwrap_or((16, 9));
    let longer = |of: u64, to: u64| (shorter * of / to.max(1)) & !1;
    if wide >= high {
        (longer(wide, high), shorter)
    } else {
        (shorter, longer(high, wide))
    }
}
