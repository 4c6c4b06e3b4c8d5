//! What to do about the codes of the API, where the code knows better than the status.

/// Returns what to do next about an error code of the API, in a sentence; `None` for a code that
/// says no more than its status, or that means different things in different operations.
///
/// It covers codes of refused requests and of failed jobs.
///
/// ```
/// use heygen_upload_core::code_hint;
///
/// assert!(code_hint("insufficient_credit").is_some_and(|hint| hint.contains("credits")));
/// assert_eq!(code_hint("invalid_parameter"), None);
/// ```
#[must_use]
pub fn code_hint(code: &str) -> Option<&'static str> {
    // Letter case has changed before.
    Some(match &*code.to_ascii_lowercase() {
        "insufficient_credit" => {
            "add credits or change the plan in the billing settings of HeyGen, then try again"
        }
        "trial_limit_exceeded" => {
            "the trial is used up: choose a plan in the billing settings of HeyGen, then try again"
        }
        "plan_upgrade_required" | "subscription_required" => {
            "change to a plan that includes this in the billing settings of HeyGen, then try again"
        }
        "quota_exceeded" | "usage_limit_reached" => {
            "wait until the quota is reset, or raise it in the billing settings of HeyGen"
        }
        "resource_limit_reached" | "resource_limit_exceeded" => {
            "delete what is no longer needed, or change to a plan with more room"
        }
        "rate_limit_exceeded" | "rate_limited" => {
            "wait a minute, then try again with fewer requests and jobs at the same time"
        }
        "insufficient_api_key_scope" => {
            "use an API key with the scope that the message names; the HeyGen settings show and \
             change the scopes of a key"
        }
        "ai_vendor_access_restricted" => {
            "ask an administrator of the workspace to allow this vendor in its settings"
        }
        "phone_verification_required" => {
            "verify a phone number in the HeyGen settings, then try again"
        }
        "resource_access_denied" => {
            "use one that belongs to this workspace, or ask its owner for access"
        }
        "voice_not_usable" | "voice_unavailable" | "voice_expired" => {
            "choose another voice from the list of voices"
        }
        "avatar_not_usable" => "use another picture or avatar: this one did not pass moderation",
        "avatar_expired" => "choose another avatar from the list of avatars",
        "avatar_consent_required" => {
            "request the consent of the person shown, then try again once it is given"
        }
        "voice_training_failed" => "train the voice again with another recording",
        "content_policy_violation" => {
            "change the text or the media: the content policy of HeyGen does not allow it"
        }
        "script_too_short" => "write a longer script",
        "tts_text_invalid" => "change the text: it cannot be spoken as it is",
        "video_too_long" => "shorten the video or split it",
        "no_audio_track" => "use a video with sound",
        "no_face_detected" => "use a picture in which one face can be seen well",
        "multiple_faces_detected" => "use a picture with one face only",
        "download_failed" => {
            "check that the URL opens without signing in, or upload the file and use its asset id"
        }
        "unlimited_mode_disabled" | "ephemeral_upload_disabled" => {
            "leave this option out, or ask HeyGen to enable it for the account"
        }
        "request_in_progress" => {
            "wait until the first request under this idempotency key has ended, then ask again"
        }
        "resource_not_ready" | "brand_kit_not_ready" | "voice_not_ready" => {
            "wait until it is ready, then try again"
        }
        "asset_not_available" => "wait until the asset is processed, or upload the file again",
        "stale_workflow_draft" => "read it again, and apply the change to what it is now",
        "context_limit_exceeded" => "start a new session: this one takes no more messages",
        _ => return None,
    })
}
