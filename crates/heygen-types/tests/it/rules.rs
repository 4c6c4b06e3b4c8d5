//! What only the prose of the API says: fields that exclude or need each other, and the traps.

use heygen_types::{
    AssetLink, Operation,
    avatars::{RequestAvatarConsent, UpdateAvatar},
    brand_glossaries::UpdateBrandGlossary,
    brand_kits::UpdateBrandKit,
    lipsyncs::{CreateLipsync, CreateLipsyncBatch},
    models::CreateModelVideo,
    templates::{GenerateFromTemplate, GenerateFromTemplateBody, TemplateVariable},
    video_agents::{CreateVideoAgent, SendVideoAgentMessage, SessionVisibility},
    video_translations::{CreateVideoTranslation, CreateVideoTranslationBatch},
    videos::{CreateVideo, CreateVideoBatch, CreatedVideo, VideoRecord, VideoStatus},
    webhooks::{EventFilter, EventType, UpdateWebhookEndpoint, WebhookEndpoint},
};
use serde_json::{Value, json};

fn video(body: Value) -> Result<(), String> {
    let request: CreateVideo = serde_json::from_value(body).unwrap();
    request.validate().map_err(|invalid| invalid.to_string())
}

fn with(mut body: Value, fields: Value) -> Value {
    let members = fields.as_object().unwrap().clone();
    body.as_object_mut().unwrap().extend(members);
    body
}

fn link() -> AssetLink {
    AssetLink::asset("asset_1".parse().unwrap())
}

#[test]
fn a_video_has_exactly_one_source_of_sound() {
    let avatar = json!({"type": "avatar", "avatar_id": "a"});
    let problem = |fields| video(with(avatar.clone(), fields)).unwrap_err();
    assert_eq!(
        problem(json!({})),
        "script: is missing, and audio_url and audio_asset_id too; one of them is needed"
    );
    assert_eq!(
        problem(json!({"script": "s", "audio_url": "https://a.example/b"})),
        "script: is given beside audio_url; they exclude each other"
    );
    assert_eq!(
        problem(json!({"audio_asset_id": "a", "audio_url": "https://a.example/b"})),
        "audio_url: is given beside audio_asset_id; they exclude each other"
    );
    for sound in [
        json!({"script": "s"}),
        json!({"audio_url": "https://a.example/b"}),
        json!({"audio_asset_id": "a"}),
    ] {
        assert_eq!(video(with(avatar.clone(), sound)), Ok(()));
    }
}

#[test]
fn the_script_of_a_picture_needs_a_voice_and_that_of_an_avatar_does_not() {
    let image = json!({"type": "asset_id", "asset_id": "a"});
    let body = json!({"type": "image", "image": image, "script": "s"});
    assert_eq!(
        video(body.clone()).unwrap_err(),
        "voice_id: is missing, the script needs a voice"
    );
    assert_eq!(video(with(body, json!({"voice_id": "v"}))), Ok(()));
}

#[test]
fn backgrounds_say_what_they_are() {
    let avatar = json!({"type": "avatar", "avatar_id": "a", "script": "s"});
    let problem = |background: Value| {
        let fields = json!({"background": background});
        video(with(avatar.clone(), fields)).unwrap_err()
    };
    assert_eq!(
        problem(json!({"type": "color"})),
        "background.value: is missing, the type is color"
    );
    assert_eq!(
        problem(json!({"type": "image"})),
        "background.url: is missing, and asset_id too; the type is image"
    );
    assert_eq!(
        problem(json!({"type": "image", "asset_id": "a", "url": "https://a.example/b"})),
        "background.url: is given beside asset_id; they exclude each other"
    );
    let webm =
        json!({"output_format": "webm", "background": {"type": "color", "value": "#000000"}});
    assert_eq!(
        video(with(avatar, webm)).unwrap_err(),
        "background: is given, but the background of webm is transparent"
    );
}

#[test]
fn scenes_are_reported_by_their_place() {
    let source = json!({"type": "asset_id", "asset_id": "a"});
    let scenes = |scene: Value| {
        let good = json!({"type": "image", "source": source, "duration": 1});
        video(json!({"type": "studio", "scenes": [good, scene]}))
    };
    assert_eq!(scenes(json!({"type": "video", "source": source})), Ok(()));
    assert_eq!(
        scenes(json!({"type": "image", "source": source})).unwrap_err(),
        "scenes[1].script: is missing, and audio_url and audio_asset_id too; one of them is needed"
    );
    assert_eq!(
        scenes(json!({"type": "image", "source": source, "duration": 1, "audio_asset_id": "a"}))
            .unwrap_err(),
        "scenes[1].duration: is given beside sound, which sets the length"
    );
    assert_eq!(
        scenes(json!({"type": "video", "source": source, "script": "s"})).unwrap_err(),
        "scenes[1].voice_id: is missing, the script needs a voice"
    );
    let background = json!({"type": "color", "color": "red"});
    let input =
        json!({"type": "avatar", "avatar_id": "a", "script": "s", "background": background});
    assert_eq!(
        scenes(json!({"type": "avatar_video", "input": input})).unwrap_err(),
        "scenes[1].input.background.color: is \"red\", the API takes colours such as \"#1a2b3c\""
    );
}

#[test]
fn the_length_of_a_cinematic_scene_is_given_or_chosen() {
    let body = json!({
        "type": "cinematic_avatar", "avatar_id": ["a"], "prompt": "p",
        "auto_duration": true, "duration": 5,
    });
    assert_eq!(
        video(body).unwrap_err(),
        "duration: is given beside auto_duration, which chooses it"
    );
}

#[test]
fn items_of_a_batch_have_no_folder_of_their_own() {
    let video = json!({"type": "avatar", "avatar_id": "a", "script": "s", "folder_id": "f"});
    let batch = CreateVideoBatch::new(vec![serde_json::from_value(video).unwrap()]);
    assert_eq!(
        batch.validate().unwrap_err().to_string(),
        "videos[0].folder_id: is given, but only the batch as a whole can have a folder"
    );
}

#[test]
fn translations_count_once_per_language() {
    let job = |languages| CreateVideoTranslation::new(link(), vec!["German".to_owned(); languages]);
    assert!(
        CreateVideoTranslationBatch::new(vec![job(50), job(50)])
            .validate()
            .is_ok()
    );
    let batch = CreateVideoTranslationBatch::new(vec![job(50), job(51)]);
    let invalid = batch.validate().unwrap_err();
    assert_eq!(
        invalid.to_string(),
        "video_translations: make 101 jobs, one per language; the API takes 100"
    );
    let empty = CreateVideoTranslation::new(link(), Vec::new());
    assert_eq!(
        empty.validate().unwrap_err().to_string(),
        "output_languages: is empty"
    );
}

#[test]
fn a_part_of_a_video_has_a_length() {
    let mut lipsync = CreateLipsync::new(link(), link());
    lipsync.start_time = Some(5.0);
    lipsync.end_time = Some(5.0);
    assert_eq!(
        lipsync.validate().unwrap_err().to_string(),
        "end_time: is 5, which is not after the start, 5"
    );
    let batch = CreateLipsyncBatch::new(vec![CreateLipsync::new(link(), link()), lipsync.clone()]);
    assert_eq!(
        batch.validate().unwrap_err().to_string(),
        "lipsyncs[1].end_time: is 5, which is not after the start, 5"
    );
    lipsync.end_time = Some(f64::NAN);
    assert_eq!(
        lipsync.validate().unwrap_err().to_string(),
        "end_time: is no number of seconds"
    );
    lipsync.start_time = Some(-1.0);
    assert_eq!(
        lipsync.validate().unwrap_err().to_string(),
        "start_time: is before the beginning"
    );
}

#[test]
fn a_recorded_consent_stands_alone() {
    let mut consent = RequestAvatarConsent::new("group".parse().unwrap());
    consent.body.consent_text = Some("I agree".to_owned());
    assert!(consent.validate().is_ok());
    consent.body.consent_video = Some(heygen_types::AssetInput::asset("a".parse().unwrap()));
    assert_eq!(
        consent.validate().unwrap_err().to_string(),
        "consent_video: is given beside reroute_url or consent_text; it stands alone"
    );
    consent.body.consent_video = None;
    consent.body.consent_text = Some("<b>".to_owned());
    assert_eq!(
        consent.validate().unwrap_err().to_string(),
        "consent_text: holds < or >, it has to be plain text"
    );
}

#[test]
fn an_update_changes_something() {
    let nothing = "body: changes nothing; at least one field is needed";
    let problem = |result: Result<(), heygen_types::Invalid>| result.unwrap_err().to_string();
    assert_eq!(
        problem(UpdateAvatar::new("a".parse().unwrap()).validate()),
        nothing
    );
    assert_eq!(
        problem(UpdateBrandKit::new("a".parse().unwrap()).validate()),
        nothing
    );
    let mut glossary = UpdateBrandGlossary::new("a".parse().unwrap());
    assert_eq!(problem(glossary.validate()), nothing);
    // An empty list clears the old one, which is a change.
    glossary.body.terms = Some(Vec::new());
    assert!(glossary.validate().is_ok());
}

#[test]
fn a_template_is_given_text_and_even_sizes() {
    let variables = json!({"name": {"type": "text", "content": "Sam"}});
    let variables = serde_json::from_value(variables).unwrap();
    let mut request = GenerateFromTemplate::new("t".parse().unwrap(), variables);
    assert!(request.validate().is_ok());
    request.body.dimension = serde_json::from_value(json!({"width": 1281, "height": 720})).ok();
    assert_eq!(
        request.validate().unwrap_err().to_string(),
        "dimension.width: is 1281, which is not even"
    );
}

#[test]
fn a_variable_of_a_new_kind_is_kept_and_a_malformed_one_is_reported() {
    let new = json!({"type": "hologram", "depth": 3});
    let variable: TemplateVariable = serde_json::from_value(new.clone()).unwrap();
    assert_eq!(serde_json::to_value(&variable).unwrap(), new);
    assert!(variable.validate().is_ok());

    let malformed = json!({"type": "text", "contents": "Sam"});
    let variable: TemplateVariable = serde_json::from_value(malformed).unwrap();
    let invalid = variable.validate().unwrap_err();
    assert_eq!(
        invalid.to_string(),
        "type: is text, but the other fields do not fit that kind"
    );
}

#[test]
fn the_answer_to_a_creation_may_say_a_word_that_is_not_listed() {
    let created = json!({"video_id": "v", "status": "waiting"});
    let created: CreatedVideo = serde_json::from_value(created).unwrap();
    assert_eq!(created.status, VideoStatus::Waiting);
}

#[test]
fn null_events_mean_all_events_and_absent_ones_no_change() {
    let mut update = UpdateWebhookEndpoint::new("e".parse().unwrap());
    update.body.url = Some("https://a.example/hook".parse().unwrap());
    let sent = |update: &UpdateWebhookEndpoint| serde_json::to_value(update.body()).unwrap();
    assert_eq!(sent(&update), json!({"url": "https://a.example/hook"}));
    update.body.events = Some(EventFilter::All);
    assert_eq!(sent(&update)["events"], Value::Null);
    assert!(sent(&update).as_object().unwrap().contains_key("events"));
    update.body.events = Some(EventFilter::Only(vec![EventType::VideoAgentSuccess]));
    assert_eq!(sent(&update)["events"], json!(["video_agent.success"]));
}

#[test]
fn a_folder_that_is_an_empty_text_is_the_root() {
    let video = json!({"id": "v", "status": "completed", "folder_id": ""});
    let video: VideoRecord = serde_json::from_value(video).unwrap();
    assert_eq!(video.folder_id, None);
}

#[test]
fn debug_shows_no_secret_of_an_endpoint() {
    let endpoint = json!({
        "endpoint_id": "e", "url": "https://a.example/hook?token=SECRET", "status": "enabled",
        "created_at": "2026-01-01T00:00:00Z", "secret": "whsec_SECRET",
    });
    let endpoint: WebhookEndpoint = serde_json::from_value(endpoint).unwrap();
    assert_eq!(endpoint.secret.as_ref().unwrap().expose(), "whsec_SECRET");
    assert!(!format!("{endpoint:?}").contains("SECRET"));
}

#[test]
fn a_text_of_a_template_may_be_empty_where_it_is_read_and_not_where_it_is_sent() {
    let empty = json!({"variables": {"name": {"type": "text", "content": ""}}});
    let body: GenerateFromTemplateBody = serde_json::from_value(empty).unwrap();
    assert_eq!(
        body.validate().unwrap_err().to_string(),
        "variables.name.content: has 0 characters, the API takes 1 to 10000"
    );
}

#[test]
fn members_are_named_only_where_they_decide_who_sees_a_session() {
    let mut agent = CreateVideoAgent::new("p");
    agent.members = Some(vec!["sam@example.com".to_owned()]);
    let problem = "members: needs the visibility selected";
    assert_eq!(agent.validate().unwrap_err().to_string(), problem);
    agent.visibility = Some(SessionVisibility::Space);
    assert_eq!(agent.validate().unwrap_err().to_string(), problem);
    agent.visibility = Some(SessionVisibility::Selected);
    assert_eq!(agent.validate(), Ok(()));
}

#[test]
fn a_session_is_sent_a_message_or_an_edit() {
    let mut request = SendVideoAgentMessage::new("s".parse().unwrap(), "");
    let problem = "message: is required unless edit_plan is set";
    assert_eq!(request.validate().unwrap_err().to_string(), problem);
    request.body.message = None;
    assert_eq!(request.validate().unwrap_err().to_string(), problem);
    request.body.edit_plan = Some(vec![]);
    assert_eq!(request.validate(), Ok(()));
}

#[test]
fn a_generated_video_has_many_lines_only_in_the_shape_of_a_screen() {
    let video = |mode: &str, fields: Value| {
        let body = json!({"mode": mode, "model": "heygen-video-1", "prompt": "p"});
        let request: CreateModelVideo = serde_json::from_value(with(body, fields)).unwrap();
        request.validate().map_err(|invalid| invalid.to_string())
    };
    let problem = "aspect_ratio: is 1:1, the API takes 1080p and 2k only with 16:9 or 9:16";
    for resolution in ["1080p", "2k"] {
        for mode in ["text_to_video", "reference_to_video"] {
            let with = |shape: &str| {
                let fields = json!({"resolution": resolution, "aspect_ratio": shape});
                video(mode, fields)
            };
            assert_eq!(with("1:1").unwrap_err(), problem);
            // What is new is left to the server.
            for shape in ["16:9", "9:16", "32:9"] {
                assert_eq!(with(shape), Ok(()));
            }
        }
        // The shape when none is given: that of a screen, and that of the first reference.
        let fields = || json!({"resolution": resolution});
        assert_eq!(video("text_to_video", fields()), Ok(()));
        assert!(video("reference_to_video", fields()).is_err());
    }
    let square = json!({"resolution": "768p", "aspect_ratio": "1:1"});
    assert_eq!(video("text_to_video", square), Ok(()));
}

#[test]
fn a_generated_video_follows_twelve_references_at_most() {
    let references = |images: usize, videos: usize, sounds: usize| {
        let list = |count| vec![json!({"type": "asset_id", "asset_id": "a"}); count];
        let body = json!({
            "mode": "reference_to_video", "model": "heygen-video-1", "prompt": "p",
            "reference_images": list(images), "reference_videos": list(videos),
            "reference_audio": list(sounds),
        });
        let request: CreateModelVideo = serde_json::from_value(body).unwrap();
        request.validate().map_err(|invalid| invalid.to_string())
    };
    assert_eq!(references(9, 3, 0), Ok(()));
    assert_eq!(references(6, 3, 3), Ok(()));
    let problem = "reference_images: has 13 items together with reference_audio and \
                   reference_videos, the API takes at most 12";
    assert_eq!(references(9, 3, 1).unwrap_err(), problem);
}
