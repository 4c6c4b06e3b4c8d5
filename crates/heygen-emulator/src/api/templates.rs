use serde_json::{Value, json};

use super::{Answer, Call, Viewer, videos};
use crate::{
    media::Medium,
    problem::Problem,
    state::{Collection, Record},
};

/// Shows a template in a list.
pub(super) fn summary(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    json!({
        "id": id,
        "name": record.fields["name"],
        "aspect_ratio": record.fields["aspect_ratio"],
        "created_at": record.created_at.as_secs(),
        "updated_at": record.created_at.as_secs(),
        "thumbnail_url": viewer.result(id, Medium::Png),
    })
}

/// Shows a whole template.
pub(super) fn view(viewer: &Viewer<'_>, id: &str, record: &Record) -> Value {
    let mut template = summary(viewer, id, record);
    for name in ["scene_ids", "scenes", "variables"] {
        template[name] = record.fields[name].clone();
    }
    template["elements"] = elements(&record.fields["scenes"]);
    template["revision"] = 1.into();
    template["source_video_id"] = Value::Null;
    template
}

/// Tells the elements of a template: a script for each scene, and what its variables set.
fn elements(scenes: &Value) -> Value {
    let scenes = scenes.as_array().into_iter().flatten();
    let elements = scenes.flat_map(|scene| {
        let id = scene["scene_id"].as_str().unwrap_or_default();
        let variables = scene["variables"].as_array().into_iter().flatten();
        let (texts, others): (Vec<_>, Vec<_>) =
            variables.partition(|variable| variable["variable_type"] == "text");
        let texts: Vec<_> = texts.iter().map(|variable| &variable["name"]).collect();
        let script = json!({
            "element_id": format!("element_{id}_script"),
            "element_type": "tts",
            "scene_id": id,
            "bindable_as": ["text"],
            "text_variables": texts,
            "current": { "text": scene["script"] },
        });
        let others = others.into_iter().filter_map(move |variable| {
            let kind = variable["variable_type"].as_str()?;
            let element_type = match kind {
                "character" => "avatar",
                "voice" => "tts",
                media => media,
            };
            let name = variable["name"].as_str()?;
            Some(json!({
                "element_id": format!("element_{id}_{name}"),
                "element_type": element_type,
                "scene_id": id,
                "bindable_as": [kind],
                "text_variables": [],
                "variable": name,
            }))
        });
        std::iter::once(script).chain(others)
    });
    elements.collect()
}

/// `POST /v3/templates/{template_id}`: answers with the record of a video.
pub(super) fn generate(call: &mut Call<'_>, body: &Value) -> Answer {
    let template = call.record(Collection::Templates)?;
    check_variables(&template.fields["variables"], &body["variables"])?;
    check_scenes(&template.fields["scene_ids"], &body["scene_ids"])?;
    check_picture(&template.fields["aspect_ratio"], body)?;
    check_folder(call, body)?;
    let name = template.fields["name"].clone();
    let mut record = videos::record(call, body);
    record.fields.entry("title").or_insert(name);
    let id = call.start(Collection::Videos, "video", record);
    call.show(Collection::Videos, &id)
}

fn check_variables(known: &Value, given: &Value) -> Result<(), Problem> {
    for (name, variable) in given.as_object().into_iter().flatten() {
        let path = format!("variables.{name}");
        let expected = &known[name]["type"];
        if expected.is_null() {
            let message = format!("{path} is no variable of the template");
            return Err(Problem::parameter(path, message));
        }
        if variable["type"] != *expected {
            let path = format!("{path}.type");
            let message = format!("{path} is {}, the variable is {expected}", variable["type"]);
            return Err(Problem::parameter(path, message));
        }
        if variable["content"] == "" {
            let path = format!("{path}.content");
            let message = format!("{path} is empty");
            return Err(Problem::parameter(path, message));
        }
    }
    Ok(())
}

fn check_scenes(known: &Value, given: &Value) -> Result<(), Problem> {
    let known = known.as_array().map(Vec::as_slice).unwrap_or_default();
    let given = given.as_array().into_iter().flatten();
    for (index, scene) in given.enumerate() {
        if !known.contains(scene) {
            let path = format!("scene_ids[{index}]");
            let message = format!("{path} names no scene of the template");
            return Err(Problem::parameter(path, message));
        }
    }
    Ok(())
}

/// Refuses a folder that is not there; an empty text is the root.
fn check_folder(call: &Call<'_>, body: &Value) -> Result<(), Problem> {
    let Some(folder) = body["folder_id"].as_str().filter(|id| !id.is_empty()) else {
        return Ok(());
    };
    let known = call.find(Collection::Folders, folder);
    match known {
        Some(_) => Ok(()),
        None => {
            let problem = Problem::parameter("folder_id", "folder_id names no known folder");
            Err(problem.with_code("not_found").into_not_found())
        }
    }
}

fn check_picture(aspect_ratio: &Value, body: &Value) -> Result<(), Problem> {
    let dimension = &body["dimension"];
    let mut sides = [0; 2];
    for (side, name) in sides.iter_mut().zip(["width", "height"]) {
        *side = dimension[name].as_u64().unwrap_or_default();
        if *side % 2 == 1 {
            let path = format!("dimension.{name}");
            let message = format!("{path} is {side}, it has to be even");
            return Err(Problem::parameter(path, message));
        }
    }
    let [width, height] = sides;
    let ratio = aspect_ratio
        .as_str()
        .and_then(|ratio| ratio.split_once(':'));
    let ratio = ratio.and_then(|(wide, high)| Some((wide.parse().ok()?, high.parse().ok()?)));
    let ratio: Option<(u64, u64)> = ratio;
    // A side may be rounded to an even number.
    if ratio.is_some_and(|(wide, high)| (width * high).abs_diff(height * wide) > 2 * wide.max(high))
    {
        let message = format!("dimension is {width} × {height}, the template is {aspect_ratio}");
        return Err(Problem::parameter("dimension", message));
    }
    let fps = &body["fps"];
    if !fps.is_null() && ![25.0, 30.0, 60.0].contains(&fps.as_f64().unwrap_or_default()) {
        return Err(Problem::parameter(
            "fps",
            format!("fps is {fps}, not 25, 30 or 60"),
        ));
    }
    Ok(())
}
