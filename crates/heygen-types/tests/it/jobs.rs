//! What the states of jobs mean, in the words of each resource.

use heygen_types::{
    Job, JobState, LipsyncId,
    ai_clipping::ClippingJob,
    avatars::{AvatarGroup, AvatarLook},
    background_removals::BackgroundRemovalJob,
    batches::BatchDetail,
    brand_kits::BrandKit,
    filler_word_removals::FillerWordRemovalJob,
    hyperframes::HyperframesRender,
    lipsyncs::LipsyncJob,
    models::{ModelImages, ModelVideo, ModelVoice},
    video_agents::VideoAgentSession,
    video_translations::{Proofread, TranslationJob},
    videos::VideoRecord,
    voices::VoiceDetail,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const RUNNING: &str = "running";
const COMPLETED: &str = "completed";
const FAILED: &str = "failed";
const NEEDS_INPUT: &str = "needs input";

/// Compares what each word means with what is expected of it.
fn assert_words<T: Job + DeserializeOwned>(record: Value, words: &[(&str, &str)]) {
    let new = ("a word of next year", RUNNING);
    for (word, expected) in words.iter().chain([&new]) {
        let mut record = record.clone();
        record["status"] = json!(word);
        let job: T = serde_json::from_value(record).unwrap();
        let meant = match job.state() {
            JobState::Running => RUNNING,
            JobState::NeedsInput => NEEDS_INPUT,
            JobState::Completed => COMPLETED,
            JobState::Failed { .. } => FAILED,
            other => panic!("{other:?}"),
        };
        assert_eq!(meant, *expected, "{word} of {}", std::any::type_name::<T>());
        assert_eq!(job.status_word(), *word);
        assert_eq!(
            job.state().is_final(),
            [COMPLETED, FAILED].contains(expected)
        );
    }
}

const RUNS: [(&str, &str); 4] = [
    ("pending", RUNNING),
    ("running", RUNNING),
    ("completed", COMPLETED),
    ("failed", FAILED),
];

#[test]
fn the_words_of_every_resource_are_understood() {
    let id = json!({"id": "a"});
    assert_words::<LipsyncJob>(id.clone(), &RUNS);
    assert_words::<TranslationJob>(id.clone(), &RUNS);
    assert_words::<FillerWordRemovalJob>(id.clone(), &RUNS);
    assert_words::<ClippingJob>(
        id.clone(),
        &[RUNS[0], RUNS[2], RUNS[3], ("cancelled", FAILED)],
    );
    assert_words::<Proofread>(id.clone(), &[("processing", RUNNING), RUNS[2], RUNS[3]]);
    assert_words::<VideoRecord>(
        id.clone(),
        &[
            ("waiting", RUNNING),
            ("pending", RUNNING),
            ("processing", RUNNING),
            RUNS[2],
            RUNS[3],
        ],
    );
    assert_words::<BackgroundRemovalJob>(
        id,
        &[
            ("pending", RUNNING),
            ("processing", RUNNING),
            RUNS[2],
            RUNS[3],
            ("deleted", FAILED),
        ],
    );
    assert_words::<BrandKit>(
        json!({"brand_kit_id": "a", "name": "n"}),
        &[("loading", RUNNING), RUNS[2], ("error", FAILED)],
    );
    assert_words::<HyperframesRender>(
        json!({"render_id": "a", "format": "mp4"}),
        &[
            ("queued", RUNNING),
            ("rendering", RUNNING),
            RUNS[2],
            RUNS[3],
        ],
    );
    assert_words::<VoiceDetail>(
        json!({"voice_id": "a", "support_pause": true}),
        &[
            ("processing", RUNNING),
            ("complete", COMPLETED),
            RUNS[2],
            RUNS[3],
        ],
    );
    assert_words::<BatchDetail<LipsyncId>>(
        json!({
            "batch_id": "a", "counts_by_status": {}, "created_at": 0, "has_more": false,
            "items": [], "total_items": 0,
        }),
        &[("processing", RUNNING), RUNS[2], RUNS[3]],
    );
    assert_words::<VideoAgentSession>(
        json!({"session_id": "a", "created_at": 0}),
        &[
            ("thinking", RUNNING),
            ("reviewing", RUNNING),
            ("generating", RUNNING),
            ("waiting_for_input", NEEDS_INPUT),
            RUNS[2],
            RUNS[3],
        ],
    );
    let canceled = ("cancelled", FAILED);
    assert_words::<ModelVideo>(
        json!({"video_id": "a", "created_at": 0, "model": "m"}),
        &[RUNS[0], ("processing", RUNNING), RUNS[2], RUNS[3], canceled],
    );
    assert_words::<ModelImages>(
        json!({
            "generation_id": "a", "created_at": 0, "model": "m", "images": [], "num_images": 1,
        }),
        &[RUNS[0], RUNS[2], RUNS[3], canceled],
    );
    assert_words::<ModelVoice>(
        json!({"voice_id": "a", "created_at": 0, "mode": "instant", "name": "n"}),
        &[
            ("PENDING", RUNNING),
            ("ACTIVE", COMPLETED),
            ("FAILED", FAILED),
        ],
    );
    let words = [
        ("processing", RUNNING),
        ("pending_consent", NEEDS_INPUT),
        RUNS[2],
        RUNS[3],
    ];
    assert_words::<AvatarGroup>(
        json!({"id": "a", "created_at": 0, "looks_count": 1, "name": "n"}),
        &words,
    );
    assert_words::<AvatarLook>(
        json!({"id": "a", "avatar_type": "photo_avatar", "name": "n"}),
        &words,
    );
}

#[test]
fn what_has_no_status_can_be_used() {
    let voice: VoiceDetail =
        serde_json::from_value(json!({"voice_id": "a", "support_pause": true})).unwrap();
    assert_eq!(voice.state(), JobState::Completed);
    let look = json!({"id": "a", "avatar_type": "studio_avatar", "name": "n", "status": null});
    let look: AvatarLook = serde_json::from_value(look).unwrap();
    assert_eq!(look.state(), JobState::Completed);
    assert_eq!(look.status_word(), "");
}

#[test]
fn failures_say_why() {
    let video: VideoRecord = serde_json::from_value(json!({
        "id": "a", "status": "failed", "failure_code": "bad_image", "failure_message": "too dark",
    }))
    .unwrap();
    let (code, message) = (Some("bad_image"), Some("too dark"));
    assert_eq!(video.state(), JobState::Failed { code, message });

    let group: AvatarGroup = serde_json::from_value(json!({
        "id": "a", "created_at": 0, "looks_count": 1, "name": "n", "status": "failed",
        "error": {"code": "bad_image", "message": "too dark"},
    }))
    .unwrap();
    assert_eq!(group.state(), JobState::Failed { code, message });

    let session: VideoAgentSession = serde_json::from_value(json!({
        "session_id": "a", "created_at": 0, "status": "failed",
        "messages": [
            {"type": "error", "role": "model", "content": "too dark"},
            {"type": "error", "role": "model", "content": "an older one"},
        ],
    }))
    .unwrap();
    let code = None;
    assert_eq!(session.state(), JobState::Failed { code, message });

    let session: VideoAgentSession = serde_json::from_value(json!({
        "session_id": "a", "created_at": 0, "status": "failed", "messages": [],
        "error": {"code": "context_limit_exceeded", "message": "too long"},
    }))
    .unwrap();
    let (code, message) = (Some("context_limit_exceeded"), Some("too long"));
    assert_eq!(session.state(), JobState::Failed { code, message });

    let images: ModelImages = serde_json::from_value(json!({
        "generation_id": "a", "created_at": 0, "model": "m", "images": [], "num_images": 1,
        "status": "failed", "failure_code": "no_face_detected", "failure_message": "no face",
    }))
    .unwrap();
    let (code, message) = (Some("no_face_detected"), Some("no face"));
    assert_eq!(images.state(), JobState::Failed { code, message });

    let voice: ModelVoice = serde_json::from_value(json!({
        "voice_id": "a", "created_at": 0, "mode": "instant", "name": "n", "status": "FAILED",
        "failure_reason": "INVALID_AUDIO",
    }))
    .unwrap();
    let (code, message) = (Some("INVALID_AUDIO"), None);
    assert_eq!(voice.state(), JobState::Failed { code, message });
}

#[test]
fn progress_is_told_where_the_api_tells_it() {
    let clipping = json!({"id": "a", "status": "running", "progress": 40});
    let clipping: ClippingJob = serde_json::from_value(clipping).unwrap();
    assert_eq!(clipping.progress(), Some(40));
    let lipsync: LipsyncJob =
        serde_json::from_value(json!({"id": "a", "status": "running"})).unwrap();
    assert_eq!(lipsync.progress(), None);
}
