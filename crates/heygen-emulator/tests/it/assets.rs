use crate::bench::{Bench, png};

#[test]
fn a_record_tells_no_status() {
    let mut bench = Bench::new();
    let id = bench.uploaded("cat.png", &png(100));
    let record = bench.get(&format!("/v3/assets/{id}")).data();
    assert_eq!(record["id"], id);
    assert_eq!(record["type"], "image");
    assert_eq!(record["owner"], "emulated");
    assert_eq!(record["uploaded_at"], bench.now.as_secs());
    assert!(record["folder_id"].is_null());
    assert!(record["url"].as_str().unwrap().contains("X-Amz-Signature"));
    assert!(record.get("status").is_none() && record.get("size_bytes").is_none());
}

#[test]
fn a_deleted_asset_is_gone() {
    let mut bench = Bench::new();
    let id = bench.stored(&png(100));
    let path = format!("/v3/assets/{id}");
    let head = bench.request("DELETE", &path);
    assert_eq!(bench.send(head, "").data()["id"], id);
    let head = bench.request("DELETE", &path);
    bench
        .send(head, "")
        .assert_refused(404, "asset_not_found", "");
    bench.get(&path).assert_refused(404, "asset_not_found", "");
    assert!(bench.core.assets(bench.now).is_empty());
}

#[test]
fn lists_go_page_by_page_newest_first() {
    let mut bench = Bench::new();
    let mut ids: Vec<_> = (0..5).map(|_| bench.uploaded("a.png", &png(100))).collect();
    bench.create(&png(100), None);
    ids.reverse();
    let mut seen = Vec::new();
    let mut path = "/v3/assets?username=emulated&limit=2".to_owned();
    loop {
        let page = bench.get(&path).json();
        for record in page["data"].as_array().unwrap() {
            seen.push(record["id"].as_str().unwrap().to_owned());
        }
        let Some(token) = page["next_token"].as_str() else {
            assert_eq!(page["has_more"], false);
            break;
        };
        assert_eq!(page["has_more"], true);
        // What is added meanwhile moves nothing.
        bench.uploaded("new.png", &png(100));
        path = format!("/v3/assets?username=emulated&limit=2&token={token}");
    }
    assert_eq!(seen, ids);
}

#[test]
fn lists_judge_their_query() {
    let mut bench = Bench::new();
    bench.uploaded("a.png", &png(100));
    bench
        .get("/v3/assets?username=emulated&token=x")
        .assert_refused(400, "invalid_parameter", "token");
    for (query, count) in [
        ("username=emulated", 1),
        ("username=emulated&folder_id=", 1),
        ("username=emulated&folder_id=f", 0),
        ("username=somebody", 0),
    ] {
        let page = bench.get(&format!("/v3/assets?{query}")).json();
        assert_eq!(page["data"].as_array().unwrap().len(), count, "{query}");
    }
}

#[test]
fn statuses_follow_the_clock() {
    let mut bench = Bench::new();
    let content = png(100);
    let slot = bench.create(&content, None);
    let id = slot["asset_id"].as_str().unwrap();
    let path = format!("/v3/assets/statuses?asset_ids={id},asset_none");
    let statuses = |bench: &mut Bench| {
        let page = bench.get(&path).json();
        assert_eq!(page["data"][0]["video_id"], id);
        assert_eq!(page["data"][1]["status"], "not_found");
        page["data"][0]["status"].as_str().unwrap().to_owned()
    };
    assert_eq!(statuses(&mut bench), "queued");
    bench.put(&slot, &content);
    bench.complete(&slot);
    assert_eq!(statuses(&mut bench), "processing");
    bench.advance(2);
    assert_eq!(statuses(&mut bench), "completed");
}

#[test]
fn statuses_take_1_to_100_ids() {
    let mut bench = Bench::new();
    let ids = |count: usize| vec!["a"; count].join(",");
    for query in [
        String::new(),
        format!("asset_ids={}", ids(101)),
        format!("asset_ids={}&batch_ids=b", ids(100)),
    ] {
        bench
            .get(&format!("/v3/assets/statuses?{query}"))
            .assert_refused(400, "invalid_parameter", "asset_ids");
    }
    assert_eq!(
        bench
            .get(&format!("/v3/assets/statuses?asset_ids={}", ids(100)))
            .status,
        200
    );
}

#[test]
fn search_finds_own_images_by_name() {
    let mut bench = Bench::new();
    let id = bench.uploaded("Red Cat.png", &png(100));
    bench.uploaded("dog.png", &png(100));
    let hits = |bench: &mut Bench, query: &str| {
        let page = bench.get(&format!("/v3/assets/search?{query}")).json();
        let hits = page["data"].as_array().unwrap().clone();
        hits.iter()
            .map(|hit| hit["id"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        hits(&mut bench, "query=red+cat&type=image&scope=personal"),
        [id]
    );
    assert!(hits(&mut bench, "query=cat&type=image").is_empty());
    assert!(hits(&mut bench, "query=cat&type=icon&scope=personal").is_empty());
    assert_eq!(
        hits(&mut bench, "query=mountain&type=image"),
        ["picture_lake"]
    );
    assert_eq!(hits(&mut bench, "query=mail&type=icon"), ["icon_mail"]);
    for (query, param) in [
        ("type=image", "query"),
        ("query=x", "type"),
        ("query=x&type=film", "type"),
        ("query=x&type=image&scope=mine", "scope"),
        ("query=x&type=image&limit=51", "limit"),
    ] {
        bench
            .get(&format!("/v3/assets/search?{query}"))
            .assert_refused(400, "invalid_parameter", param);
    }
}
