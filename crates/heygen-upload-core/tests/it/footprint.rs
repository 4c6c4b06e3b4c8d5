//! What a machine costs: a bounded size, and nothing at all while it waits.

use heygen_upload_core::{StepKind, Upload};

use crate::harness::{World, direct, status};

#[test]
fn a_machine_is_small() {
    let size = size_of::<Upload>();
    println!("size_of::<Upload>() = {size} bytes");
    assert!(size <= 1024, "an upload has {size} bytes");
}

/// Counts what happens when a driver looks at a machine and nothing is due.
fn allocations_while_idle(world: &mut World) -> u64 {
    let now = world.now;
    let upload = &mut world.upload;
    let timer = upload.poll_timer();
    let counted = allocation_counter::measure(|| {
        for _ in 0..100 {
            assert!(upload.poll_output().is_none());
            assert!(upload.poll_timeout().is_none_or(|until| until > now));
            assert_eq!(upload.poll_timer(), timer);
            upload.handle_timeout(now);
        }
    });
    counted.count_total
}

#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| drop(vec![1_u8, 2, 3]));
    assert_eq!(counted.count_total, 1);
}

#[test]
fn a_machine_that_waits_allocates_nothing() {
    let mut world = World::new(direct().fault(StepKind::Put, status(503)));
    for expected in ["create.1", "put", "backoff", "put", "complete", "completed"] {
        assert_eq!(world.trace.last().unwrap(), expected);
        assert_eq!(allocations_while_idle(&mut world), 0, "{expected}");
        world.advance();
    }
}
