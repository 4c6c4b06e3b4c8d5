//! Every file finds its place in its request, and every request is sent under its key.

use std::{future::IntoFuture as _, time::Duration};

use heygen_client::{
    Client, FileInput, FileLink, Source, Submit, TransportErrorKind,
    types::{
        AssetLink, AvatarId, Operation, TemplateId,
        background_removals::{CreateBackgroundRemoval, VideoLayer},
        lipsyncs::CreateLipsync,
        templates::{ImageVariable, MediaFit, TextVariable},
        videos::{
            AvatarEngine, AvatarVideo, BackgroundType, ImageScene, StudioAvatar, StudioScene,
            VideoBackground, VideoFit, Watermark,
        },
        webhooks::EventFilter,
    },
};
use serde_json::{Value, json};

use crate::{
    script::{Answer, Sent, World, block_on},
    stored::{asset, image},
};

fn is_upload(sent: &Sent) -> bool {
    sent.uri.ends_with("/v3/assets")
}

/// Sends a request whose files are uploaded and which is then refused, and returns its path and
/// its body.
fn body_of<O, R>(make: impl FnOnce(&Client) -> Submit<O, R>) -> (String, Value)
where
    O: Operation<Response: Send> + Clone + Send + Sync + 'static,
    R: 'static,
{
    let world = World::serving(|sent| match is_upload(sent) {
        true => asset(sent),
        false => Answer::refusal(404, "not_found"),
    });
    let submit = make(&world.client());
    let error = block_on(submit.into_future()).err().expect("it is refused");
    assert_eq!(error.status(), Some(404), "{error}");
    let sent = world.sent().into_iter().find(|sent| !is_upload(sent));
    let sent = sent.expect("the request was sent");
    let path = sent.uri.strip_prefix("https://api.heygen.com/v3").unwrap();
    let body = String::from_utf8(sent.body).unwrap();
    assert!(!body.contains("yet_to_be"), "a stand-in was sent: {body}");
    (path.to_owned(), serde_json::from_str(&body).unwrap())
}

/// What an uploaded file is in a request.
fn uploaded(name: &str) -> Value {
    json!({"type": "asset_id", "asset_id": format!("id-{name}")})
}

fn file(name: &str) -> Source {
    image(name)
}

#[test]
fn files_of_jobs_find_their_places() {
    let (path, body) = body_of(|client| client.lipsyncs().create(file("v"), file("a")));
    assert_eq!(path, "/lipsyncs");
    assert_eq!(
        body,
        json!({"video": uploaded("v"), "audio": uploaded("a")})
    );

    let (_, body) = body_of(|client| client.ai_clipping().create(file("v")));
    assert_eq!(body, json!({"video": uploaded("v")}));
    let (_, body) = body_of(|client| client.filler_word_removals().create(file("v")));
    assert_eq!(body, json!({"video": uploaded("v")}));
    let (_, body) = body_of(|client| client.hyperframes().renders().create(file("p")));
    assert_eq!(body, json!({"project": uploaded("p")}));
    let (_, body) = body_of(|client| client.voices().clone_voice(file("a"), "Ann"));
    assert_eq!(body, json!({"audio": uploaded("a"), "voice_name": "Ann"}));
    let (_, body) = body_of(|client| client.background_removals().create(file("v")));
    assert_eq!(body["video"], uploaded("v"));
    let (path, body) = body_of(|client| {
        let message = client
            .video_agents()
            .send_message("s".parse().unwrap(), "m");
        message.file(file("a")).file(file("b"))
    });
    assert_eq!(path, "/video-agents/s");
    assert_eq!(
        body,
        json!({"message": "m", "files": [uploaded("a"), uploaded("b")]})
    );
}

#[test]
fn files_of_translations_find_their_places() {
    let (_, body) = body_of(|client| {
        let translations = client.video_translations();
        translations
            .create(file("v"), ["German", "French"])
            .audio(file("a"))
            .srt(FileLink::url("https://f.example/s.srt").unwrap())
    });
    assert_eq!(
        body,
        json!({
            "video": uploaded("v"),
            "output_languages": ["German", "French"],
            "audio": uploaded("a"),
            "srt": {"type": "url", "url": "https://f.example/s.srt"},
        })
    );
    let (_, body) = body_of(|client| {
        let proofreads = client.video_translations().proofreads();
        proofreads.create(file("v"), "t", ["German"]).srt(file("s"))
    });
    assert_eq!(
        body,
        json!({
            "video": uploaded("v"),
            "title": "t",
            "output_languages": ["German"],
            "srt": uploaded("s"),
        })
    );
    let (path, body) = body_of(|client| {
        let srt = client.video_translations().proofreads().srt();
        srt.replace("p".parse().unwrap(), file("s"))
    });
    assert_eq!(path, "/video-translations/proofreads/p/srt");
    assert_eq!(body, json!({"srt": uploaded("s")}));
}

#[test]
fn files_of_avatars_find_their_places() {
    let (_, body) = body_of(|client| {
        let group = "g".parse().unwrap();
        let photo = client.avatars().create_photo(file("p"), "Ann");
        photo.avatar_group_id(group)
    });
    assert_eq!(
        body,
        json!({"type": "photo", "file": uploaded("p"), "name": "Ann", "avatar_group_id": "g"})
    );
    let (_, body) = body_of(|client| client.avatars().create_digital_twin(file("f"), "Ann"));
    assert_eq!(
        body,
        json!({"type": "digital_twin", "file": uploaded("f"), "name": "Ann"})
    );
    let (_, body) = body_of(|client| {
        let prompt = client.avatars().create_prompt("Ann", "tall");
        prompt.reference_image(file("a")).reference_image(file("b"))
    });
    assert_eq!(
        body,
        json!({
            "type": "prompt",
            "name": "Ann",
            "prompt": "tall",
            "reference_images": [uploaded("a"), uploaded("b")],
        })
    );
    let (path, body) = body_of(|client| {
        let avatars = client.avatars();
        avatars
            .consent("g".parse().unwrap())
            .consent_video(file("c"))
    });
    assert_eq!(path, "/avatars/g/consent");
    assert_eq!(body, json!({"consent_video": uploaded("c")}));
}

#[test]
fn files_of_templates_find_their_places() {
    let (path, body) = body_of(|client| {
        let mut picture = ImageVariable::new(heygen_client::types::AssetInput::asset(
            "old".parse().unwrap(),
        ));
        picture.fit = Some(MediaFit::Cover);
        client
            .templates()
            .generate("t".parse::<TemplateId>().unwrap())
            .variable("who", TextVariable::new("Ann"))
            .variable("picture", picture)
            .image("picture", file("i"))
            .image("logo", file("l"))
            .video("clip", file("v"))
            .audio("sound", file("a"))
    });
    assert_eq!(path, "/templates/t");
    assert_eq!(
        body["variables"],
        json!({
            "who": {"type": "text", "content": "Ann"},
            "picture": {"type": "image", "asset": uploaded("i"), "fit": "cover"},
            "logo": {"type": "image", "asset": uploaded("l")},
            "clip": {"type": "video", "asset": uploaded("v")},
            "sound": {"type": "audio", "asset": uploaded("a")},
        })
    );
}

#[test]
fn setters_reach_their_fields_in_requests_and_bodies() {
    let (_, body) = body_of(|client| {
        client
            .background_removals()
            .create(file("v"))
            .title("t")
            .layers([VideoLayer::Mask])
    });
    assert_eq!(body["title"], "t");
    assert_eq!(body["layers"], json!(["mask"]));
    let (path, body) = body_of(|client| {
        let message = client
            .video_agents()
            .send_message("s".parse().unwrap(), "m");
        message.voice_id("v".parse().unwrap())
    });
    assert_eq!(path, "/video-agents/s");
    assert_eq!(body, json!({"message": "m", "voice_id": "v"}));
    let (path, body) = body_of(|client| client.lipsyncs().update("l".parse().unwrap(), "new"));
    assert_eq!(path, "/lipsyncs/l");
    assert_eq!(body, json!({"title": "new"}));
    let (path, body) = body_of(|client| client.video_agents().stop("s".parse().unwrap()));
    assert_eq!((path.as_str(), body), ("/video-agents/s/stop", json!({})));
    let (_, body) = body_of(|client| {
        let video = client.videos().create_avatar(avatar());
        video
            .script("hello")
            .engine(AvatarEngine::AvatarIv {})
            .title("t")
    });
    assert_eq!(
        body,
        json!({
            "type": "avatar",
            "avatar_id": "ann",
            "script": "hello",
            "engine": {"type": "avatar_iv"},
            "title": "t",
        })
    );
    let (_, body) = body_of(|client| {
        let endpoints = client.webhooks().endpoints();
        endpoints
            .update("e".parse().unwrap())
            .events(EventFilter::All)
    });
    assert_eq!(body, json!({"events": null}));
}

fn avatar() -> AvatarId {
    "ann".parse().unwrap()
}

#[test]
fn files_of_videos_find_their_places() {
    let (_, body) = body_of(|client| {
        let video = client.videos().create_avatar(avatar());
        video
            .audio(file("a"))
            .background_image(FileLink::url("https://f.example/b.png").unwrap())
            .watermark_image(file("w"))
            .fit(VideoFit::Cover)
    });
    assert_eq!(
        body,
        json!({
            "type": "avatar",
            "avatar_id": "ann",
            "audio_asset_id": "id-a",
            "background": {"type": "image", "url": "https://f.example/b.png"},
            "watermark": {"image": uploaded("w")},
            "fit": "cover",
        })
    );
    let (_, body) = body_of(|client| {
        let video = client.videos().create_image(FileInput::inline(file("i")));
        video.audio(FileLink::url("https://f.example/a.mp3").unwrap())
    });
    assert_eq!(body["image"]["type"], "base64");
    assert_eq!(body["audio_url"], "https://f.example/a.mp3");
    assert_eq!(body.get("audio_asset_id"), None);
    let (_, body) = body_of(|client| {
        let video = client.videos().create_cinematic_avatar([avatar()], "p");
        video.reference(file("a")).reference(file("b"))
    });
    assert_eq!(body["references"], json!([uploaded("a"), uploaded("b")]));
}

#[test]
fn scenes_keep_their_order_whether_they_have_files_or_not() {
    let (_, body) = body_of(|client| {
        let mut speaker = StudioAvatar::new(avatar());
        speaker.script = Some("hello".to_owned());
        let mut still = ImageScene::new(heygen_client::types::AssetInput::asset(
            "here".parse().unwrap(),
        ));
        still.duration = Some(2.0);
        let mut mark = Watermark::new(heygen_client::types::AssetInput::asset(
            "old".parse().unwrap(),
        ));
        mark.opacity = Some(0.5);
        client
            .videos()
            .create_studio()
            .image_scene(file("1"), |scene| scene.duration = Some(3.0))
            .scene(StudioScene::avatar(speaker))
            .video_scene_with_audio(file("3"), file("4"), |_| {})
            .scene(still)
            .avatar_scene(StudioAvatar::new(avatar()), file("6"))
            .image_scene_with_audio(file("7"), file("8"), |_| {})
            .watermark(mark)
            .watermark_image(file("w"))
    });
    let avatar = |extra: (&str, &str)| {
        json!({
            "type": "avatar_video",
            "input": {"type": "avatar", "avatar_id": "ann", extra.0: extra.1},
        })
    };
    assert_eq!(
        body["scenes"],
        json!([
            {"type": "image", "source": uploaded("1"), "duration": 3.0},
            avatar(("script", "hello")),
            {"type": "video", "source": uploaded("3"), "audio_asset_id": "id-4"},
            {"type": "image", "source": {"type": "asset_id", "asset_id": "here"}, "duration": 2.0},
            avatar(("audio_asset_id", "id-6")),
            {"type": "image", "source": uploaded("7"), "audio_asset_id": "id-8"},
        ])
    );
    assert_eq!(
        body["watermark"],
        json!({"image": uploaded("w"), "opacity": 0.5})
    );
}

#[test]
fn files_of_a_batch_go_to_their_items() {
    let (_, body) = body_of(|client| {
        let lipsyncs = client.lipsyncs();
        let batch = lipsyncs.batches().create();
        batch
            .lipsync(lipsyncs.create(file("1"), file("2")))
            .lipsync(lipsyncs.create(file("3"), file("4")))
    });
    assert_eq!(
        body["lipsyncs"],
        json!([
            {"video": uploaded("1"), "audio": uploaded("2")},
            {"video": uploaded("3"), "audio": uploaded("4")},
        ])
    );
    let (_, body) = body_of(|client| {
        let translations = client.video_translations();
        let item = translations.create(file("1"), ["German"]).srt(file("2"));
        translations.batches().create().translation(item)
    });
    assert_eq!(
        body["video_translations"],
        json!([{"video": uploaded("1"), "srt": uploaded("2"), "output_languages": ["German"]}])
    );
    let (_, body) = body_of(|client| {
        let videos = client.videos();
        let batch = videos.batches().create();
        batch
            .video(videos.create_avatar(avatar()).audio(file("1")))
            .video(
                videos
                    .create_cinematic_avatar([avatar()], "p")
                    .reference(file("2")),
            )
            .video(
                client
                    .submit(AvatarVideo::new(avatar()).into())
                    .with(|video| {
                        if let heygen_client::types::videos::CreateVideo::Avatar(video) = video {
                            video.script = Some("s".to_owned());
                        }
                    }),
            )
    });
    let videos = body["videos"].as_array().unwrap();
    assert_eq!(videos[0]["audio_asset_id"], "id-1");
    assert_eq!(videos[1]["references"], json!([uploaded("2")]));
    assert_eq!(videos[2]["script"], "s");
}

const LIPSYNC: &str = r#"{"data":{"lipsync_id":"l"}}"#;
const REMOVAL: &str = r#"{"data":{"id":"r","status":"pending","created_at":1}}"#;

/// Fails twice in ways that leave open whether the request was carried out.
fn shaky(answer: &'static str) -> World {
    let mut calls = 0;
    World::serving(move |sent| {
        if is_upload(sent) {
            return asset(sent);
        }
        calls += 1;
        match calls {
            1 => Answer::Error(TransportErrorKind::Interrupted),
            2 => Answer::json(502, "").after(Duration::from_secs(1)),
            _ => Answer::json(200, answer),
        }
    })
}

fn requests(world: &World) -> Vec<Sent> {
    let mut sent = world.sent();
    sent.retain(|sent| !is_upload(sent));
    sent
}

#[test]
fn a_request_with_files_has_one_key_on_every_retry() {
    let world = shaky(LIPSYNC);
    let submit = world.client().lipsyncs().create(file("v"), file("a"));
    block_on(submit.into_future()).unwrap();
    let sent = requests(&world);
    assert_eq!(sent.len(), 3);
    let key = sent[0].header("idempotency-key").unwrap().to_owned();
    assert!(
        sent.iter()
            .all(|sent| sent.header("idempotency-key") == Some(&*key))
    );
    assert!(sent.iter().all(|request| request.body == sent[0].body));
    let uploads = world.sent().into_iter().filter(is_upload);
    assert!(
        uploads
            .into_iter()
            .all(|sent| sent.header("idempotency-key") != Some(&*key))
    );

    let world = shaky(LIPSYNC);
    let submit = world.client().lipsyncs().create(file("v"), file("a"));
    let submit = submit.idempotency_key("mine".parse().unwrap());
    block_on(submit.into_future()).unwrap();
    let sent = requests(&world);
    assert!(
        sent.iter()
            .all(|sent| sent.header("idempotency-key") == Some("mine"))
    );
}

#[test]
fn background_removal_has_its_key_in_the_body() {
    let request_id = |sent: &Sent| {
        let body: Value = serde_json::from_slice(&sent.body).unwrap();
        body["request_id"].as_str().unwrap().to_owned()
    };
    let input = || heygen_client::types::AssetInput::asset("v".parse().unwrap());
    let world = shaky(REMOVAL);
    let request = CreateBackgroundRemoval::new(input());
    block_on(world.client().send(&request)).unwrap();
    let first = requests(&world);
    assert_eq!(first.len(), 3, "a request under a key may be repeated");
    assert!(
        first
            .iter()
            .all(|sent| sent.header("idempotency-key").is_none())
    );
    assert!(
        first
            .iter()
            .all(|sent| request_id(sent) == request_id(&first[0]))
    );

    let world = shaky(REMOVAL);
    let submit = world.client().background_removals().create(file("v"));
    block_on(submit.into_future()).unwrap();
    let second = requests(&world);
    assert!(
        second
            .iter()
            .all(|sent| request_id(sent) == request_id(&second[0]))
    );
    assert_ne!(
        request_id(&first[0]),
        request_id(&second[0]),
        "another request, another key"
    );

    let world = shaky(REMOVAL);
    let removals = world.client();
    let submit = removals.background_removals().create(input());
    block_on(submit.request_id("mine").into_future()).unwrap();
    assert!(
        requests(&world)
            .iter()
            .all(|sent| request_id(sent) == "mine")
    );
}

#[test]
fn a_picture_takes_the_place_of_a_colour() {
    let (_, body) = body_of(|client| {
        let mut background = VideoBackground::new(BackgroundType::Color);
        background.value = Some("#1a2b3c".to_owned());
        let video = client.videos().create_avatar(avatar());
        video
            .background(background)
            .script("s")
            .background_image(file("b"))
    });
    assert_eq!(
        body["background"],
        json!({"type": "image", "asset_id": "id-b"})
    );
}

#[test]
fn what_is_a_link_already_stays_what_it_is() {
    let (_, body) = body_of(|client| {
        let video = AssetLink::asset("v".parse().unwrap());
        let audio = AssetLink::url("https://f.example/a.mp3".parse().unwrap());
        client.lipsyncs().create(video, audio)
    });
    assert_eq!(body["video"]["asset_id"], "v");
    assert_eq!(body["audio"]["url"], "https://f.example/a.mp3");
}

/// Whatever is done to a batch in between, an item keeps its files.
#[test]
fn items_of_a_batch_keep_their_files_among_others() {
    let (_, body) = body_of(|client| {
        let lipsyncs = client.lipsyncs();
        let ready = CreateLipsync::new(link("1"), link("2"));
        let batch = lipsyncs.batches().create();
        batch
            .lipsync(lipsyncs.create(file("3"), file("4")))
            .with(|batch| batch.lipsyncs.insert(0, ready))
            .lipsync(lipsyncs.create(file("5"), file("6")))
            .with(|batch| batch.lipsyncs.retain(|_| true))
    });
    let names: Vec<_> = body["lipsyncs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (item["video"].clone(), item["audio"].clone()))
        .collect();
    let pair = |video: &str, audio: &str| (uploaded(video), uploaded(audio));
    assert_eq!(names, [pair("1", "2"), pair("3", "4"), pair("5", "6")]);
}

fn link(name: &str) -> AssetLink {
    AssetLink::asset(format!("id-{name}").parse().unwrap())
}
