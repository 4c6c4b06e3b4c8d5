//! Which job a request starts, and how it is looked at.

use std::future::IntoFuture as _;

use heygen_client::{
    ErrorKind, Outcome, StartsJob, StartsJobs,
    types::{
        Operation, ai_clipping, assets, avatars, background_removals, brand_kits,
        filler_word_removals, hyperframes, lipsyncs, templates, video_agents, video_translations,
        videos, voices,
    },
};

use crate::script::{Answer, World, block_on};

/// Reads an answer and returns the path at which the job is looked at.
fn look<O: StartsJob>(answer: &str) -> Option<String> {
    O::look(&serde_json::from_str(answer).unwrap()).map(|look| look.path())
}

fn looks<O: StartsJobs>(answer: &str) -> Vec<String> {
    let looks = O::looks(&serde_json::from_str(answer).unwrap());
    looks.iter().map(Operation::path).collect()
}

#[test]
fn a_job_is_looked_at_where_its_answer_says() {
    const AGENT: &str = r#"{"created_at":1,"session_id":"j","status":"thinking"}"#;
    const LOOK: &str = r#"{"avatar_item":{"id":"j","name":"n","avatar_type":"photo_avatar"}}"#;
    type Path = Option<String>;
    let found: [(Path, &str); 16] = [
        (
            look::<ai_clipping::CreateAiClipping>(r#"{"ai_clipping_id":"j"}"#),
            "/v3/ai-clipping/j",
        ),
        (
            look::<assets::CompleteUploadBatch>(r#"{"batch_id":"j"}"#),
            "/v3/assets/batches/j",
        ),
        (look::<avatars::CreateAvatar>(LOOK), "/v3/avatars/looks/j"),
        (
            look::<background_removals::CreateBackgroundRemoval>(
                r#"{"id":"j","status":"pending","created_at":1}"#,
            ),
            "/v3/background-removals/j",
        ),
        (
            look::<brand_kits::CreateBrandKit>(r#"{"brand_kit_id":"j","status":"loading"}"#),
            "/v3/brand-kits/j",
        ),
        (
            look::<filler_word_removals::CreateFillerWordRemoval>(
                r#"{"filler_word_removal_id":"j"}"#,
            ),
            "/v3/filler-word-removals/j",
        ),
        (
            look::<hyperframes::CreateRender>(r#"{"render_id":"j"}"#),
            "/v3/hyperframes/renders/j",
        ),
        (
            look::<lipsyncs::CreateLipsync>(r#"{"lipsync_id":"j"}"#),
            "/v3/lipsyncs/j",
        ),
        (
            look::<lipsyncs::CreateLipsyncBatch>(r#"{"batch_id":"j"}"#),
            "/v3/lipsyncs/batches/j",
        ),
        (
            look::<templates::GenerateFromTemplate>(r#"{"id":"j","status":"pending"}"#),
            "/v3/videos/j",
        ),
        (
            look::<video_agents::CreateVideoAgent>(AGENT),
            "/v3/video-agents/j",
        ),
        (
            look::<video_translations::CreateVideoTranslationBatch>(r#"{"batch_id":"j"}"#),
            "/v3/video-translations/batches/j",
        ),
        (
            look::<video_translations::GenerateProofread>(
                r#"{"status":"processing","video_translation_id":"j"}"#,
            ),
            "/v3/video-translations/j",
        ),
        (
            look::<videos::CreateVideo>(r#"{"status":"waiting","video_id":"j"}"#),
            "/v3/videos/j",
        ),
        (
            look::<videos::CreateVideoBatch>(r#"{"batch_id":"j"}"#),
            "/v3/videos/batches/j",
        ),
        (
            look::<voices::CloneVoice>(r#"{"voice_clone_id":"j"}"#),
            "/v3/voices/j",
        ),
    ];
    for (path, expected) in found {
        assert_eq!(path.as_deref(), Some(expected));
    }
    let message = r#"{"run_id":"r","session_id":"j"}"#;
    assert_eq!(
        look::<video_agents::SendVideoAgentMessage>(message).as_deref(),
        Some("/v3/video-agents/j")
    );
    assert_eq!(
        looks::<video_translations::CreateVideoTranslation>(
            r#"{"video_translation_ids":["a","b"]}"#
        ),
        ["/v3/video-translations/a", "/v3/video-translations/b"]
    );
    assert_eq!(
        looks::<video_translations::CreateProofread>(
            r#"{"proofread_ids":["a"],"status":"processing"}"#
        ),
        ["/v3/video-translations/proofreads/a"]
    );
}

#[test]
fn an_answer_that_names_no_job_is_not_waited_for() {
    assert_eq!(look::<avatars::CreateAvatar>("{}"), None);
    let world = World::new([Answer::json(200, r#"{"data":{}}"#)]);
    let submit = world.client().avatars().create_prompt("n", "p");
    let error = block_on(submit.wait().into_future()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
    assert!(error.to_string().contains("was accepted"), "{error}");
}

#[test]
fn every_language_is_waited_for_and_the_ends_keep_their_order() {
    let mut looked = 0;
    let world = World::serving(move |sent| {
        let job = |id: &str, status: &str| {
            format!(
                r#"{{"data":{{"id":"{id}","status":"{status}","title":"t","created_at":1,"output_language":"{id}"}}}}"#
            )
        };
        match sent.uri.rsplit('/').next().unwrap() {
            "video-translations" => {
                Answer::json(200, r#"{"data":{"video_translation_ids":["a","b"]}}"#)
            }
            "a" => {
                looked += 1;
                let status = if looked > 3 { "completed" } else { "running" };
                Answer::json(200, job("a", status))
            }
            _ => Answer::json(200, job("b", "failed")),
        }
    });
    let video: heygen_client::types::AssetId = "v".parse().unwrap();
    let submit = world
        .client()
        .video_translations()
        .create(video, ["German", "French"]);
    let ends = block_on(submit.wait_all().into_future()).unwrap();
    let [Outcome::Completed(a), Outcome::Failed { job: b, .. }] = &ends[..] else {
        panic!("{ends:?}");
    };
    assert_eq!((a.id.as_str(), b.id.as_str()), ("a", "b"));
}
