use serde_json::{Value, json};

use crate::bench::{Bench, link};

const PATH: &str = "/v3/avatars";

fn create(bench: &mut Bench, changes: Value) -> (String, String) {
    let mut body = json!({ "type": "photo", "name": "Me", "file": link() });
    for (name, value) in changes.as_object().unwrap() {
        body[name] = value.clone();
    }
    let created = bench.post(PATH, &body).success();
    let id = |part: &str| created[part]["id"].as_str().unwrap().to_owned();
    (id("avatar_group"), id("avatar_item"))
}

fn twin() -> Value {
    json!({ "type": "digital_twin" })
}

#[test]
fn a_photo_becomes_a_group_with_a_look() {
    let mut bench = Bench::new();
    let (group, look) = create(&mut bench, json!({}));
    let shown = bench.get(&format!("{PATH}/{group}")).success();
    assert_eq!(
        (&shown["status"], &shown["looks_count"]),
        (&json!("processing"), &json!(1))
    );
    assert_eq!(shown["preview_image_url"], Value::Null);
    bench.advance(10);
    let shown = bench.get(&format!("{PATH}/looks/{look}")).success();
    assert_eq!(
        (&shown["status"], &shown["group_id"]),
        (&json!("completed"), &json!(group))
    );
    assert_eq!(shown["avatar_type"], "photo_avatar");
    assert_eq!(bench.fetch(&shown["preview_image_url"]).status, 200);
}

#[test]
fn a_look_goes_to_the_group_that_is_named() {
    let mut bench = Bench::new();
    let (group, look) = create(&mut bench, json!({}));
    let (same, other) = create(&mut bench, json!({ "avatar_group_id": group }));
    assert_eq!((&same, other == look), (&group, false));
    let shown = bench.get(&format!("{PATH}/{group}")).success();
    assert_eq!(shown["looks_count"], 2);
    bench.advance(10);
    let prompt = json!({ "type": "prompt", "name": "x", "prompt": "smile", "avatar_id": look });
    let created = bench.post(PATH, &prompt).success();
    assert_eq!(created["avatar_group"]["id"], group);
    for (field, value) in [
        ("avatar_group_id", "none"),
        ("avatar_group_id", "group_public_anna"),
        ("avatar_id", "none"),
    ] {
        let mut body = json!({ "type": "prompt", "name": "x", "prompt": "smile" });
        body[field] = value.into();
        bench
            .post(PATH, &body)
            .assert_refused(400, "invalid_parameter", field);
    }
    let (foreign, _) = create(&mut bench, json!({}));
    let mut body = prompt;
    body["avatar_group_id"] = foreign.into();
    bench
        .post(PATH, &body)
        .assert_refused(400, "invalid_parameter", "avatar_id");
}

#[test]
fn a_name_has_more_than_spaces() {
    let mut bench = Bench::new();
    let body = json!({ "type": "photo", "name": " ", "file": link() });
    bench
        .post(PATH, &body)
        .assert_refused(400, "invalid_parameter", "name");
}

#[test]
fn a_digital_twin_waits_for_consent_where_that_is_set() {
    let mut bench = Bench::with(|settings| settings.digital_twins_need_consent = true);
    let (group, look) = create(&mut bench, twin());
    let path = format!("{PATH}/{group}");
    let state = |bench: &mut Bench| {
        let group = bench.get(&path).success();
        let look = bench.get(&format!("{PATH}/looks/{look}")).success();
        assert_eq!(group["status"], look["status"]);
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&group["status"]), text(&group["consent_status"]))
    };
    let is = |status: &str, consent: &str| (status.to_owned(), consent.to_owned());
    assert_eq!(state(&mut bench), is("processing", "pending"));
    bench.advance(1000);
    assert_eq!(state(&mut bench), is("pending_consent", "pending"));
    let asked = bench
        .post(
            &format!("{path}/consent"),
            &json!({ "consent_text": "I agree" }),
        )
        .success();
    assert!(asked["url"].as_str().unwrap().starts_with("https://"));
    assert_eq!(state(&mut bench), is("pending_consent", "pending"));
    bench.advance(5);
    assert_eq!(state(&mut bench), is("completed", "approved"));
}

#[test]
fn a_film_of_the_consent_is_enough_at_once() {
    let mut bench = Bench::with(|settings| settings.digital_twins_need_consent = true);
    let (group, _) = create(&mut bench, twin());
    let path = format!("{PATH}/{group}");
    bench.advance(2);
    let given = bench
        .post(
            &format!("{path}/consent"),
            &json!({ "consent_video": link() }),
        )
        .success();
    assert_eq!(given["url"], Value::Null);
    assert_eq!(given["avatar_group"]["consent_status"], "approved");
    assert_eq!(
        given["avatar_group"]["status"], "processing",
        "training goes on"
    );
    bench.advance(3);
    assert_eq!(bench.get(&path).success()["status"], "completed");
}

#[test]
fn a_request_for_consent_is_judged() {
    let mut bench = Bench::new();
    let (group, _) = create(&mut bench, twin());
    let path = format!("{PATH}/{group}/consent");
    for (body, param) in [
        (json!({ "consent_text": "<b>yes</b>" }), "consent_text"),
        (json!({ "consent_text": "x".repeat(1001) }), "consent_text"),
        (
            json!({ "consent_video": link(), "consent_text": "x" }),
            "consent_video",
        ),
        (
            json!({ "consent_video": link(), "reroute_url": "https://a.b" }),
            "consent_video",
        ),
        (json!({ "reroute_url": "nonsense" }), "reroute_url"),
    ] {
        bench
            .post(&path, &body)
            .assert_refused(400, "invalid_parameter", param);
    }
    bench
        .post(&format!("{PATH}/none/consent"), &json!({}))
        .assert_refused(404, "avatar_not_found", "");
}

#[test]
fn updates_are_for_own_avatars_that_are_done() {
    let mut bench = Bench::new();
    let (group, look) = create(&mut bench, json!({}));
    let voice = json!({ "default_voice_id": "voice_public_ben" });
    let path = format!("{PATH}/{group}");
    bench
        .json("PATCH", &path, &voice)
        .assert_refused(409, "resource_not_ready", "");
    bench.advance(10);
    bench
        .json("PATCH", &path, &json!({}))
        .assert_refused(400, "invalid_parameter", "");
    let updated = bench.json("PATCH", &path, &voice).success();
    assert_eq!(updated["default_voice_id"], "voice_public_ben");
    bench
        .json("PATCH", "/v3/avatars/group_public_anna", &voice)
        .assert_refused(403, "forbidden", "");
    let clone = json!({ "audio": link(), "voice_name": "x" });
    let clone = bench.created("/v3/voices/clone", &clone, "voice_clone_id");
    bench
        .json("PATCH", &path, &json!({ "default_voice_id": clone }))
        .assert_refused(403, "voice_not_usable", "");

    let path = format!("{PATH}/looks/{look}");
    let name = json!({ "name": "New" });
    assert_eq!(bench.json("PATCH", &path, &name).success()["name"], "New");
    bench
        .json("PATCH", "/v3/avatars/looks/look_public_anna_1", &name)
        .assert_refused(404, "not_found", "");
}

#[test]
fn the_last_look_takes_its_group_with_it() {
    let mut bench = Bench::new();
    let (group, first) = create(&mut bench, json!({}));
    let (_, second) = create(&mut bench, json!({ "avatar_group_id": group }));
    let path = format!("{PATH}/{group}");
    bench.delete(&format!("{PATH}/looks/{first}")).success();
    assert_eq!(bench.get(&path).success()["looks_count"], 1);
    bench.delete(&format!("{PATH}/looks/{second}")).success();
    bench.get(&path).assert_refused(404, "avatar_not_found", "");
    bench
        .delete("/v3/avatars/looks/look_public_anna_1")
        .assert_refused(403, "forbidden", "");
    bench
        .delete("/v3/avatars/group_public_anna")
        .assert_refused(404, "avatar_not_found", "");
    let (group, look) = create(&mut bench, json!({}));
    bench.delete(&format!("{PATH}/{group}")).success();
    bench
        .get(&format!("{PATH}/looks/{look}"))
        .assert_refused(404, "not_found", "");
}
