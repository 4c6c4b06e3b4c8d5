//! Secrets stay where they are needed. The harness looks at every output and every checkpoint of
//! every scenario; here are the texts made of them.

use heygen_upload_core::{Event, Step, StepKind};

use crate::{
    harness::{World, direct, redirect, storage},
    scenarios,
};

#[test]
fn no_message_holds_a_url_query_or_a_header_value() {
    for case in scenarios::all() {
        let world = (case.scenario)().run();
        for event in &world.events {
            let text = match event {
                Event::Failed(failure) => format!("{failure} {failure:?} {}", failure.hint()),
                Event::Retrying { failure, .. } => format!("{failure} {failure:?}"),
                other => format!("{other:?}"),
            };
            assert!(!text.contains("SECRET"), "{}: {text}", case.name);
        }
    }
}

#[test]
fn the_step_itself_has_the_whole_url_and_every_header() {
    let mut world = World::new(direct());
    world.advance();
    let Some((_, Step::Put(put))) = &world.running else {
        panic!("{:?}", world.running)
    };
    assert_eq!(
        put.url.expose(),
        "https://storage.example/asset_1?X-Amz-Signature=SECRET-PUT"
    );
    let headers: Vec<_> = put.headers.iter().collect();
    assert_eq!(headers, [("x-amz-token", "SECRET-PUT")]);
}

#[test]
fn a_checkpoint_holds_the_url_only_until_the_bytes_are_accepted() {
    let mut world = World::new(direct());
    let holds = |world: &World| world.checkpoint().contains("SECRET-PUT");
    assert!(!holds(&world));
    world.advance();
    assert!(holds(&world));
    world.advance();
    assert!(!holds(&world));
    world.finish();
    assert!(!holds(&world));
}

#[test]
fn a_failure_does_not_show_where_a_redirect_points_to() {
    let failure = redirect("https://a.example/asset_1?X-Amz-Signature=SECRET");
    assert!(!format!("{failure:?} {failure}").contains("SECRET"));
}

#[test]
fn an_error_of_storage_does_not_repeat_what_was_signed() {
    let failure = storage(403, "SignatureDoesNotMatch");
    let text = format!("{failure:?} {failure}");
    assert!(
        text.contains("as S3 words it") && !text.contains("SECRET"),
        "{text}"
    );
    let world = direct().always(StepKind::Put, failure).run();
    assert!(!world.failure().to_string().contains("SECRET"));
}
