use serde_json::{Value, json};

use crate::bench::{Bench, link};

const PATH: &str = "/v3/templates/template_welcome";

#[test]
fn a_template_makes_a_video() {
    let mut bench = Bench::new();
    let body = json!({
        "variables": {
            "first_name": { "type": "text", "content": "Ada" },
            "logo": { "type": "image", "asset": link() },
        },
        "caption": true,
        "dimension": { "width": 1280, "height": 720 },
        "fps": 30,
    });
    let key = [("idempotency-key", "k1")];
    let video = bench.post_with(PATH, &body, &key).success();
    assert_eq!(
        (&video["status"], &video["title"]),
        (&json!("pending"), &json!("Welcome"))
    );
    bench.advance(10);
    let path = format!("/v3/videos/{}", video["id"].as_str().unwrap());
    assert_eq!(bench.get(&path).success()["status"], "completed");
    assert!(bench.get(&path).success()["captioned_video_url"].is_string());
    // A replay is the record as it was.
    assert_eq!(bench.post_with(PATH, &body, &key).success(), video);
}

#[test]
fn what_a_template_does_not_have_is_refused() {
    let mut bench = Bench::new();
    let text = |content: &str| json!({ "type": "text", "content": content });
    for (body, param) in [
        (
            json!({ "variables": { "colour": text("x") } }),
            "variables.colour",
        ),
        (
            json!({ "variables": { "logo": text("x") } }),
            "variables.logo.type",
        ),
        (
            json!({ "variables": { "product": text("") } }),
            "variables.product.content",
        ),
        (
            json!({ "variables": {}, "scene_ids": ["scene_intro", "none"] }),
            "scene_ids[1]",
        ),
        (json!({ "variables": {}, "fps": 24 }), "fps"),
        (
            json!({ "variables": {}, "dimension": { "width": 1281, "height": 720 } }),
            "dimension.width",
        ),
        (
            json!({ "variables": {}, "dimension": { "width": 720, "height": 720 } }),
            "dimension",
        ),
        (
            json!({ "variables": {}, "dimension": { "width": 64, "height": 36 } }),
            "dimension.height",
        ),
    ] {
        bench
            .post(PATH, &body)
            .assert_refused(400, "invalid_parameter", param);
    }
    bench
        .post("/v3/templates/none", &json!({ "variables": {} }))
        .assert_refused(404, "template_not_found", "");
}

#[test]
fn a_template_tells_its_variables() {
    let mut bench = Bench::new();
    let template = bench.get(PATH).success();
    let kinds: Vec<&Value> = template["variables"]
        .as_object()
        .unwrap()
        .values()
        .map(|variable| &variable["type"])
        .collect();
    for kind in ["text", "image", "video", "audio", "character", "voice"] {
        assert!(kinds.contains(&&json!(kind)), "{kind}");
    }
    assert_eq!(template["scene_ids"], json!(["scene_intro", "scene_main"]));
}

#[test]
fn a_folder_has_to_be_there_before_anything_is_made() {
    let mut bench = Bench::new();
    let body = |folder: &str| json!({ "variables": {}, "folder_id": folder });
    bench
        .post(PATH, &body("none"))
        .assert_refused(404, "not_found", "folder_id");
    assert_eq!(bench.get("/v3/videos").success(), json!([]));
    bench.post(PATH, &body("")).success();
    let folder = bench.created("/v3/folders", &json!({ "name": "Mine" }), "folder_id");
    let video = bench.post(PATH, &body(&folder)).success();
    assert_eq!(video["folder_id"], folder);
}

#[test]
fn the_elements_of_a_template_are_told() {
    let mut bench = Bench::new();
    let template = bench.get(PATH).success();
    assert_eq!(template["revision"], 1);
    let elements = template["elements"].as_array().unwrap();
    let script = &elements[0];
    assert_eq!(
        (&script["element_type"], &script["text_variables"]),
        (&json!("tts"), &json!(["first_name"]))
    );
    let logo = elements
        .iter()
        .find(|element| element["variable"] == "logo");
    assert_eq!(logo.unwrap()["element_type"], "image");
}
