use serde_json::json;

use crate::bench::Bench;

const GLOSSARIES: &str = "/v3/brand-glossaries";
const KITS: &str = "/v3/brand-kits";

fn glossary(bench: &mut Bench, name: &str) -> String {
    bench.created(GLOSSARIES, &json!({ "name": name }), "brand_glossary_id")
}

#[test]
fn names_of_glossaries_are_unique_whatever_their_case() {
    let mut bench = Bench::new();
    let id = glossary(&mut bench, "  Ours ");
    let path = format!("{GLOSSARIES}/{id}");
    assert_eq!(bench.get(&path).success()["name"], "Ours");
    bench
        .post(GLOSSARIES, &json!({ "name": "OURS" }))
        .assert_refused(409, "conflict", "");
    let other = glossary(&mut bench, "Theirs");
    bench
        .json(
            "PATCH",
            &format!("{GLOSSARIES}/{other}"),
            &json!({ "name": "ours" }),
        )
        .assert_refused(409, "conflict", "");
    assert_eq!(
        bench
            .json("PATCH", &path, &json!({ "name": "OURS" }))
            .status,
        200
    );
    bench
        .post(GLOSSARIES, &json!({ "name": "  " }))
        .assert_refused(400, "invalid_parameter", "name");
}

#[test]
fn lists_of_a_glossary_are_replaced() {
    let mut bench = Bench::new();
    let id = glossary(&mut bench, "Ours");
    let path = format!("{GLOSSARIES}/{id}");
    let created = bench.get(&path).success();
    assert_eq!(created["terms"], json!([]));
    assert!(
        created.get("forced_translations").is_none(),
        "absent when empty"
    );
    bench.advance(60);
    let lists = json!({
        "terms": [{ "term": "SQL", "pronunciation": "sequel", "note": "terms are open" }],
        "do_not_translate_terms": [{ "term": "HeyGen" }],
    });
    let updated = bench.json("PATCH", &path, &lists).success();
    assert_eq!(
        updated["terms"],
        json!([{ "term": "SQL", "pronunciation": "sequel" }])
    );
    assert_eq!(
        updated["do_not_translate_terms"],
        lists["do_not_translate_terms"]
    );
    assert_ne!(updated["updated_at"], updated["created_at"]);
    let cleared = json!({ "do_not_translate_terms": [] });
    let updated = bench.json("PATCH", &path, &cleared).success();
    assert!(updated.get("do_not_translate_terms").is_none());
    assert_eq!(updated["terms"].as_array().unwrap().len(), 1);
    bench
        .json("PATCH", &path, &json!({}))
        .assert_refused(400, "invalid_parameter", "");
}

#[test]
fn a_kit_is_renamed_at_any_time_and_changed_once_it_is_there() {
    let mut bench = Bench::new();
    let created = bench.post(KITS, &json!({ "url": "https://example.com/about" }));
    assert_eq!(created.status, 201);
    let id = created.success()["brand_kit_id"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("{KITS}/{id}");
    assert_eq!(bench.get(&path).success()["name"], "example.com");
    let roles = json!({ "color_roles": { "accent": "#123456" } });
    bench
        .json("PATCH", &path, &roles)
        .assert_refused(409, "brand_kit_not_ready", "");
    let renamed = bench
        .json("PATCH", &path, &json!({ "name": "Ours" }))
        .success();
    assert_eq!(
        (&renamed["name"], &renamed["status"]),
        (&json!("Ours"), &json!("loading"))
    );
    bench.advance(10);
    let kit = bench.json("PATCH", &path, &roles).success();
    assert_eq!(kit["color_roles"], roles["color_roles"]);
    assert_eq!(bench.fetch(&kit["logos"][0]["url"]).status, 200);
    let logo = json!({ "logo_roles": { "primary": kit["logos"][0]["logo_id"] } });
    assert_eq!(bench.json("PATCH", &path, &logo).status, 200);
    for (body, param) in [
        (json!({}), ""),
        (
            json!({ "logo_roles": { "primary": "none" } }),
            "logo_roles.primary",
        ),
        (
            json!({ "font_roles": { "body_text": { "font_id": "none" } } }),
            "font_roles.body_text.font_id",
        ),
        (
            json!({ "font_roles": { "body_text": { "weight": 1001 } } }),
            "font_roles.body_text.weight",
        ),
    ] {
        bench
            .json("PATCH", &path, &body)
            .assert_refused(400, "invalid_parameter", param);
    }
    bench
        .post(KITS, &json!({ "url": "our site" }))
        .assert_refused(400, "invalid_parameter", "url");
}
