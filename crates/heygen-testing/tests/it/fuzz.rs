//! Every fuzz target over its corpus, and over changed copies of it.

use heygen_testing::fuzz::{TARGETS, replay, target};

macro_rules! targets {
    ($($name:ident,)*) => {
        $(
            #[test]
            fn $name() {
                let name = stringify!($name);
                replay(name, target(name).expect("there is such a target"));
            }
        )*

        #[test]
        fn no_target_is_left_out() {
            let played = [$(stringify!($name)),*];
            let all: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
            assert_eq!(all, played);
        }
    };
}

targets! {
    answers,
    api_error,
    checkpoint,
    emulator,
    fault,
    form,
    machine,
    media,
    multipart,
    presigned,
    redacted,
    retry_after,
    signature,
    slot,
    storage_error,
    webhook,
}
