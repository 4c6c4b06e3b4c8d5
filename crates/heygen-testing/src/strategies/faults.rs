use core::time::Duration;

use heygen_upload_core::{Failure, StepKind};
use proptest::{
    collection,
    prelude::{Just, Strategy, prop_oneof},
    sample,
};

use super::{any_failures, passing_failures};

/// What happens to one step of an upload.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// All goes well.
    Nothing,
    /// The server does nothing, and this comes back.
    Fails(Failure),
    /// The server does its work, and this comes back in place of the answer.
    Loses(Failure),
    /// The server does its work and says something else.
    Lies(Lie),
    /// All goes well, but takes this long.
    Slow(Duration),
    /// Nothing comes back, ever.
    Hangs,
    /// The process dies before the request has left it.
    Crashes,
    /// The process dies after the server has done its work.
    CrashesAfter,
    /// The user cancels while the step runs.
    Cancels,
    /// Somebody writes to the source just before the step reads it.
    SourceChanges,
}

/// Something untrue in an answer that is otherwise good. Where an answer has no such field, the
/// lie is the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lie {
    /// Another size.
    Size,
    /// Another type.
    MediaType,
    /// A URL that is past its life.
    Expired,
    /// A place that is too small.
    TooSmall,
    /// Background work that never ends.
    Processing,
    /// Background work that failed.
    Failed,
    /// The id of another asset.
    OtherAsset,
}

/// Makes scripts of anything: what happens to the steps of each kind, in order. When a script has
/// ended, all goes well.
pub fn fault_scripts() -> impl Strategy<Value = Vec<(StepKind, Fault)>> {
    let lies = sample::select(
        &[
            Lie::Size,
            Lie::MediaType,
            Lie::Expired,
            Lie::TooSmall,
            Lie::Processing,
            Lie::Failed,
            Lie::OtherAsset,
        ][..],
    );
    let fault = prop_oneof![
        4 => Just(Fault::Nothing),
        8 => any_failures().prop_map(Fault::Fails),
        8 => passing_faults(),
        2 => lies.prop_map(Fault::Lies),
        1 => Just(Fault::Hangs),
        1 => Just(Fault::Cancels),
        1 => Just(Fault::SourceChanges),
    ];
    collection::vec((steps(ALL_STEPS), fault), 0..24)
}

/// Makes scripts of faults that pass, of the steps that speak to a server: an upload that is
/// allowed to go on ends well.
pub fn passing_fault_scripts() -> impl Strategy<Value = Vec<(StepKind, Fault)>> {
    let fault = prop_oneof![1 => Just(Fault::Nothing), 5 => passing_faults()];
    collection::vec((steps(&ALL_STEPS[1..]), fault), 0..24)
}

fn passing_faults() -> impl Strategy<Value = Fault> {
    prop_oneof![
        4 => passing_failures().prop_map(Fault::Fails),
        3 => passing_failures().prop_map(Fault::Loses),
        2 => (1_u64..7_200).prop_map(|seconds| Fault::Slow(Duration::from_secs(seconds))),
        1 => Just(Fault::Crashes),
        1 => Just(Fault::CrashesAfter),
    ]
}

fn steps(of: &'static [StepKind]) -> impl Strategy<Value = StepKind> {
    sample::select(of)
}

/// Every kind of step; all but the first speak to a server.
const ALL_STEPS: &[StepKind] = &[
    StepKind::Hash,
    StepKind::Credential,
    StepKind::Single,
    StepKind::Create,
    StepKind::Put,
    StepKind::Complete,
    StepKind::Status,
];
