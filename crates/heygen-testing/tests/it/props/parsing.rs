//! Whatever a server sends is read or refused, and never a panic.

use heygen_testing::strategies::{any_failures, api_failures, storage_bodies};
use heygen_types::{
    ErrorBody, UploadHeaders,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
};
use heygen_upload_core::{
    Call, CallDecision, Checkpoint, Failure, Repeat, RetryPolicy, StorageError,
};
use proptest::{collection, prelude::any, prop_assert, proptest};

use super::config;

proptest! {
    #![proptest_config(config())]

    #[test]
    fn refusals_of_storage_are_read_or_not(status in any::<u16>(), body in storage_bodies()) {
        let failure = Failure::from_storage(status, &body);
        let _ = (failure.is_transient(), failure.says_too_large(), failure.to_string());
        if let Some(StorageError { code, message, .. }) = failure.storage {
            prop_assert!(!code.is_empty());
            for text in [code, message] {
                prop_assert!(text.chars().count() <= 300);
                prop_assert!(!text.chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn markup_of_any_sort_is_read_or_not(body in "(<|>|/|Error|Code|Message|&|;|amp|lt|é|\\PC){0,40}") {
        let wrapped = format!("<Error><Code>{body}</Code>{body}</Error>");
        let _ = StorageError::parse(body.as_bytes());
        let _ = StorageError::parse(wrapped.as_bytes());
    }

    #[test]
    fn answers_of_any_sort_are_read_or_not(body in collection::vec(any::<u8>(), 0..200)) {
        let _ = serde_json::from_slice::<ErrorBody>(&body);
        let _ = serde_json::from_slice::<UploadSlot>(&body);
        let _ = serde_json::from_slice::<UploadedAsset>(&body);
        let _ = serde_json::from_slice::<CompletedAsset>(&body);
        let _ = serde_json::from_slice::<UploadHeaders>(&body);
        let _ = serde_json::from_slice::<Checkpoint>(&body);
    }

    #[test]
    fn what_a_failure_is_depends_on_itself_alone(failure in any_failures()) {
        prop_assert!(failure == failure.clone());
        let _ = (failure.to_string(), failure.is_timeout(), failure.api_code());
        let text = format!("{failure:?}");
        prop_assert!(!text.contains("SECRET"), "{text}");
    }

    #[test]
    fn an_ordinary_request_ends_within_its_limits(
        failures in collection::vec(api_failures(), 1..40),
        attempts in 0_u32..10,
        can_refresh in any::<bool>(),
    ) {
        let mut policy = RetryPolicy::default();
        policy.max_attempts = attempts;
        let mut call = Call::new(policy, Repeat::Safely, can_refresh, 7);
        for failure in &failures {
            if let CallDecision::Fail(_) = call.handle_failure(failure) {
                break;
            }
        }
        prop_assert!(call.attempts() <= attempts.max(1) + 1);
    }
}
