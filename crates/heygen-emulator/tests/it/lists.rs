use serde_json::{Value, json};

use crate::bench::{Bench, link};

/// Walks a list with a limit and returns what stands in it, in order.
fn walk(bench: &mut Bench, path: &str, limit: usize, name: &str) -> Vec<Value> {
    let separator = if path.contains('?') { '&' } else { '?' };
    let first = format!("{path}{separator}limit={limit}");
    let mut next = first.clone();
    let mut seen = Vec::new();
    loop {
        let page = bench.get(&next).json();
        let items = page["data"].as_array().unwrap();
        assert!(items.len() <= limit);
        seen.extend(items.iter().map(|item| item[name].clone()));
        let Some(token) = page["next_token"].as_str() else {
            assert_eq!(page["has_more"], false);
            return seen;
        };
        assert_eq!(
            (page["has_more"].as_bool(), items.len()),
            (Some(true), limit)
        );
        next = format!("{first}&token={token}");
    }
}

#[test]
fn every_list_is_walked_by_its_cursor() {
    let body = json!({ "video": link(), "audio": link() });
    let video = json!({ "video": link() });
    let kinds = [
        ("/v3/lipsyncs", body, "lipsync_id", "id"),
        ("/v3/ai-clipping", video.clone(), "ai_clipping_id", "id"),
        ("/v3/background-removals", video, "id", "id"),
        (
            "/v3/hyperframes/renders",
            json!({ "project": link() }),
            "render_id",
            "render_id",
        ),
        (
            "/v3/video-agents",
            json!({ "prompt": "x" }),
            "session_id",
            "session_id",
        ),
        (
            "/v3/brand-kits",
            json!({ "url": "https://a.b" }),
            "brand_kit_id",
            "brand_kit_id",
        ),
        (
            "/v3/videos",
            json!({ "type": "avatar", "avatar_id": "a", "script": "x" }),
            "video_id",
            "id",
        ),
    ];
    for (path, body, created, listed) in kinds {
        let mut bench = Bench::new();
        let mut ids: Vec<_> = (0..7)
            .map(|_| Value::from(bench.created(path, &body, created)))
            .collect();
        ids.reverse();
        for limit in [1, 3, 7, 100] {
            assert_eq!(walk(&mut bench, path, limit, listed), ids, "{path}");
        }
        bench
            .get(&format!("{path}?token=x"))
            .assert_refused(400, "invalid_parameter", "token");
    }
}

#[test]
fn the_default_of_the_limit_is_that_of_the_table() {
    let mut bench = Bench::new();
    for _ in 0..21 {
        bench.created("/v3/video-agents", &json!({ "prompt": "x" }), "session_id");
        bench.created(
            "/v3/ai-clipping",
            &json!({ "video": link() }),
            "ai_clipping_id",
        );
    }
    let length = |page: Value| page["data"].as_array().unwrap().len();
    assert_eq!(length(bench.get("/v3/video-agents").json()), 20);
    assert_eq!(length(bench.get("/v3/ai-clipping").json()), 10);
}

#[test]
fn library_and_own_things_stand_in_one_list() {
    let mut bench = Bench::new();
    let body = json!({ "type": "photo", "name": "Mine", "file": link() });
    let created = bench.post("/v3/avatars", &body).success();
    let own = &created["avatar_group"]["id"];
    let all = walk(&mut bench, "/v3/avatars", 2, "id");
    assert_eq!((all.len(), &all[0]), (4, own));
    assert_eq!(
        walk(&mut bench, "/v3/avatars?ownership=private", 2, "id"),
        std::slice::from_ref(own)
    );
    assert_eq!(
        walk(&mut bench, "/v3/avatars?ownership=public", 2, "id"),
        all[1..]
    );
    let looks = walk(
        &mut bench,
        "/v3/avatars/looks?group_id=group_public_anna",
        1,
        "id",
    );
    assert_eq!(looks, ["look_public_anna_1", "look_public_anna_2"]);
    let twins = "/v3/avatars/looks?avatar_type=digital_twin";
    assert!(walk(&mut bench, twins, 5, "id").is_empty());
}

#[test]
fn videos_are_found_by_folder_and_title() {
    let mut bench = Bench::new();
    let mut video = |title: &str, folder: Value| {
        let body = json!({
            "type": "avatar", "avatar_id": "a", "script": "x", "title": title, "folder_id": folder,
        });
        bench.created("/v3/videos", &body, "video_id")
    };
    let root = video("Red cat", Value::Null);
    let empty = video("Blue cat", json!(""));
    let inside = video("red dog", json!("f1"));
    let found =
        |bench: &mut Bench, query: &str| walk(bench, &format!("/v3/videos?{query}"), 9, "id");
    assert_eq!(found(&mut bench, "title=red"), [&*inside, &*root]);
    assert_eq!(found(&mut bench, "folder_id=f1"), [&*inside]);
    assert_eq!(found(&mut bench, "folder_id="), [&*empty, &*root]);
    assert_eq!(found(&mut bench, "folder_id=f1&title=cat"), [] as [&str; 0]);
}

#[test]
fn sounds_come_with_the_best_match_first() {
    let mut bench = Bench::new();
    let found =
        |bench: &mut Bench, query: &str| walk(bench, &format!("/v3/audio/sounds?{query}"), 1, "id");
    assert_eq!(found(&mut bench, "query=calm+piano"), ["sound_piano"]);
    assert_eq!(
        found(&mut bench, "query=calm+piano+music&min_score=0.5").len(),
        3
    );
    assert_eq!(
        found(&mut bench, "query=rain&type=sound_effects"),
        ["sound_rain"]
    );
    assert!(found(&mut bench, "query=zither").is_empty());
}
