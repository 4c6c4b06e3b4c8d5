use heygen_emulator::{Begin, Blob, Body, Core, FormError, Settings, Unkept};
use serde_json::json;

use crate::bench::{Bench, hex, parts, png, put};

/// Stores an object in a file, as the server does.
pub(crate) fn put_file(
    bench: &mut Bench,
    slot: &serde_json::Value,
    content: &[u8],
    folder: &std::path::Path,
) {
    let path = folder.join(slot["asset_id"].as_str().unwrap());
    std::fs::write(&path, content).unwrap();
    let blob = Blob::from_file(
        path,
        false,
        content.len() as u64,
        hex(content).parse().unwrap(),
        content.to_vec().into(),
    );
    let head = parts(put(slot, content.len()));
    let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head) else {
        panic!("the head is fine");
    };
    let reply = bench.core.finish(bench.now, exchange, Body::Object(blob));
    assert_eq!(reply.into_response().unwrap().status(), 200);
}

#[test]
fn a_saved_state_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Bench::new();
    let content = png(100);
    let done = bench.create(&content, None);
    put_file(&mut bench, &done, &content, folder.path());
    bench.complete(&done);
    let stored = bench.create(&content, None);
    put_file(&mut bench, &stored, &content, folder.path());
    let pending = bench.create(&content, None);
    let session = bench
        .post("/v3/video-agents", &json!({"prompt": "x"}))
        .data();
    assert!(bench.core.take_changed());
    assert!(!bench.core.take_changed());
    let saved = bench.core.save();

    let mut again = Bench::new();
    again.core.restore(&saved, folder.path()).unwrap();
    let assets = again.core.assets(again.now);
    assert_eq!(assets.len(), 3);
    assert_eq!(assets[0].content.as_ref().unwrap().read().unwrap(), content);
    assert_eq!(again.complete(&done).status, 200);
    assert_eq!(again.complete(&stored).status, 200);
    assert_eq!(again.put(&pending, &content).status, 200);
    let path = format!(
        "/v3/video-agents/{}",
        session["session_id"].as_str().unwrap()
    );
    assert_eq!(again.get(&path).data()["status"], "thinking");
    // New ids do not repeat old ones.
    let new = again.create(&content, None);
    assert!(
        [&done, &stored, &pending]
            .iter()
            .all(|old| old["asset_id"] != new["asset_id"])
    );
}

#[test]
fn deleting_an_asset_removes_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    put_file(&mut bench, &slot, &png(100), folder.path());
    bench.complete(&slot);
    let count = || std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(count(), 1);
    let id = slot["asset_id"].as_str().unwrap();
    let head = bench.request("DELETE", &format!("/v3/assets/{id}"));
    assert_eq!(bench.send(head, "").status, 200);
    assert_eq!(count(), 0);
}

#[test]
fn damaged_states_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut core = Core::new(Settings::default()).unwrap();
    let other_version = core.save().replace("\"version\":2", "\"version\":1");
    for text in ["", "{}", "not json", &other_version] {
        assert!(core.restore(text, folder.path()).is_err(), "{text}");
    }
}

#[test]
fn a_state_reaches_no_file_outside_its_folder() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    put_file(&mut bench, &slot, &png(100), folder.path());
    bench.complete(&slot);
    let saved = bench.core.save();
    let name = slot["asset_id"].as_str().unwrap();
    assert!(!saved.contains(folder.path().to_str().unwrap()), "{saved}");

    let victim = outside.path().join("victim");
    std::fs::write(&victim, "not the emulator's").unwrap();
    let mut paths = vec![
        victim.to_str().unwrap().to_owned(),
        format!(
            "../{}/victim",
            outside.path().file_name().unwrap().to_str().unwrap()
        ),
        "..".to_owned(),
        ".".to_owned(),
        String::new(),
        format!("{}/../victim", folder.path().display()),
        folder.path().display().to_string(),
        "sub".to_owned(),
        "gone".to_owned(),
    ];
    std::fs::create_dir(folder.path().join("sub")).unwrap();
    std::fs::write(folder.path().join("sub/inner"), "x").unwrap();
    paths.push("sub/inner".to_owned());
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&victim, folder.path().join("link")).unwrap();
        paths.push("link".to_owned());
    }
    for path in paths {
        let path_json = serde_json::to_string(&path).unwrap();
        let tampered = saved.replace(
            &format!("\"path\":\"{name}\""),
            &format!("\"path\":{path_json}"),
        );
        assert_ne!(tampered, saved);
        let mut again = Bench::new();
        let error = again.core.restore(&tampered, folder.path()).unwrap_err();
        assert!(
            error.to_string().contains("the state names the object"),
            "{path}: {error}"
        );
        drop(again);
    }
    // What earlier versions wrote is the whole path.
    let whole = folder.path().join(name);
    let whole = serde_json::to_string(whole.to_str().unwrap()).unwrap();
    let earlier = saved.replace(
        &format!("\"path\":\"{name}\""),
        &format!("\"path\":{whole}"),
    );
    Bench::new().core.restore(&earlier, folder.path()).unwrap();
    assert_eq!(
        std::fs::read_to_string(&victim).unwrap(),
        "not the emulator's"
    );
    assert!(folder.path().join("sub/inner").exists());
}

#[cfg(unix)]
#[test]
fn a_link_that_takes_the_place_of_an_object_is_not_followed() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut bench = Bench::new();
    let slot = bench.create(&png(100), None);
    put_file(&mut bench, &slot, &png(100), folder.path());
    bench.complete(&slot);
    let object = folder.path().join(slot["asset_id"].as_str().unwrap());
    let victim = outside.path().join("victim");
    std::fs::rename(&object, &victim).unwrap();
    std::os::unix::fs::symlink(&victim, &object).unwrap();
    let assets = bench.core.assets(bench.now);
    let content = assets[0].content.as_ref().unwrap();
    let error = content.read().unwrap_err();
    assert!(error.to_string().contains("is not a file"), "{error}");
}

#[test]
fn what_cannot_be_kept_is_the_fault_of_the_server() {
    let full = Unkept::new(true, "no space is left");
    let broken = Unkept::new(false, "the disk is gone");
    for (unkept, status, code) in [
        (&full, 507, "insufficient_storage"),
        (&broken, 500, "internal_error"),
    ] {
        let mut bench = Bench::new();
        let head = http::Request::post("/v3/assets")
            .header("x-api-key", bench.core.api_key())
            .header("content-type", "multipart/form-data; boundary=XX")
            .body(())
            .unwrap();
        let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head.into_parts().0) else {
            panic!("the head is fine");
        };
        let form = Body::Form(Err(FormError::Unkept(unkept.clone())));
        let reply = bench.core.finish(bench.now, exchange, form);
        let response = reply.into_response().unwrap();
        assert_eq!(response.status().as_u16(), status);
        let body = String::from_utf8(response.body().read().unwrap().to_vec()).unwrap();
        assert!(
            body.contains(code) && body.contains(&unkept.problem),
            "{body}"
        );

        let slot = bench.create(&png(100), None);
        let head = parts(put(&slot, 100));
        let Begin::Proceed(exchange) = bench.core.begin(bench.now, &head) else {
            panic!("the head is fine");
        };
        let body = Body::Unkept(unkept.clone());
        let reply = bench.core.finish(bench.now, exchange, body);
        let response = reply.into_response().unwrap();
        assert_eq!(response.status(), 500);
        let body = String::from_utf8(response.body().read().unwrap().to_vec()).unwrap();
        assert!(body.contains("<Code>InternalError</Code>"), "{body}");
        assert!(body.contains(&unkept.problem), "{body}");
        // Nothing of it is there.
        assert_eq!(bench.complete(&slot).status, 409);
        assert!(
            bench
                .core
                .assets(bench.now)
                .iter()
                .all(|asset| !asset.is_finalised)
        );
    }
}
