//! Nothing is deleted by accident.

use crate::{
    api::sample::table,
    recorder::Recorder,
    support::{RunExt as _, text},
};

#[test]
fn nothing_is_deleted_where_nobody_can_be_asked() {
    let recorder = Recorder::always("{}");
    let table = table();
    let deletes = table
        .operations
        .iter()
        .filter(|operation| operation.method.as_str() == "DELETE");
    let mut count = 0;
    for operation in deletes {
        let mut words: Vec<String> = operation
            .id
            .split('.')
            .map(|word| word.replace('_', "-"))
            .collect();
        words.push("x".to_owned());
        let done = recorder.heygen().args(&words).run().ends_with(2);
        assert!(
            text(&done.error(), "message").contains("--yes"),
            "{words:?}"
        );
        count += 1;
    }
    assert_eq!(count, 13);
    assert!(recorder.seen().is_empty());
}

#[test]
fn a_yes_deletes() {
    for yes in ["--yes", "-y"] {
        let recorder = Recorder::always(r#"{"data":{"id":"v"}}"#);
        let words = ["videos", "delete", "v", yes];
        recorder.heygen().args(words).run().ends_with(0);
        let seen = recorder.only();
        assert_eq!((&*seen.method, &*seen.target), ("DELETE", "/v3/videos/v"));
        assert!(seen.body.is_empty());
    }
}
