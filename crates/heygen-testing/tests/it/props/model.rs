//! The machine beside a model: the decision table once more, in another hand, without limits but for
//! that of intermediaries, and in no time.

use core::time::Duration;
use std::collections::BTreeMap;

use heygen_types::{
    ApiError, ByteSize, MediaType, PresignedUrl, Sha256Digest, Url,
    assets::{CompletedAsset, UploadSlot, UploadedAsset},
    batches::{ItemStatus, StatusEntry},
};
use heygen_upload_core::{
    Checksum, Config, Failure, FailureKind, Output, Plan, Redirect, Route, StateName, StepId,
    Timestamp, Upload, UploadId, WaitPolicy,
};
use proptest::{
    prelude::{BoxedStrategy, Just, Strategy, any},
    sample,
};
use proptest_state_machine::{ReferenceStateMachine, StateMachineTest, prop_state_machine};

use super::config;

const SIZE: ByteSize = ByteSize::new(1_000);
const DIGEST: Sha256Digest = Sha256Digest::from_bytes([1; 32]);

/// Where an upload stands, and what of its past decides what comes next.
#[derive(Clone, Debug)]
struct Model {
    route: Route,
    checksum: Checksum,
    waits: bool,
    at: StateName,
    /// A wait has to end before the step of `at` starts.
    pending: bool,
    /// The step that follows a fresh credential.
    after_credential: StateName,
    refreshed: bool,
    /// An unexplained 403, a refused digest and a 404 have one second chance each.
    refused: bool,
    digest_refused: bool,
    unknown_asset: bool,
    unreadable: bool,
    /// How many answers about the status were unreadable in a row.
    unreadable_statuses: u32,
    redirected: bool,
    /// Bytes may have been stored.
    uncertain: bool,
    /// It was an intermediary that had the last PUT.
    blocked_put: bool,
    /// How often each step was started since it last had an answer that counts.
    tries: BTreeMap<StateName, u32>,
}

/// What comes back from a step, or happens meanwhile.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Works,
    Busy,
    Lost {
        whole: bool,
    },
    Unauthorized,
    Forbidden,
    NotFound,
    Conflict,
    /// What an intermediary refuses, with this status, after the whole body or before.
    Page {
        status: u16,
        whole: bool,
    },
    Unreadable,
    /// An answer about another asset.
    OtherAsset,
    TooLarge,
    ExpiredToken,
    BadDigest,
    Redirect,
    Processing,
    Time,
    Early,
    Cancel,
}

impl Model {
    /// The step that the route begins with.
    fn first_direct(&self) -> StateName {
        match self.checksum {
            Checksum::Declared => StateName::Hash,
            _ => StateName::Create,
        }
    }

    fn go(&mut self, at: StateName) {
        self.at = at;
        self.start();
    }

    fn start(&mut self) {
        self.pending = false;
        *self.tries.entry(self.at).or_default() += 1;
        if self.at == StateName::Put {
            self.forget_tries(&[StateName::Probe, StateName::Complete]);
        }
    }

    fn forget_tries(&mut self, of: &[StateName]) {
        self.tries.retain(|at, _| !of.contains(at));
    }

    fn fail(&mut self) {
        self.go(StateName::Failed);
    }

    fn wait(&mut self, at: StateName) {
        self.at = at;
        self.pending = true;
    }

    fn renew(&mut self) {
        self.redirected = false;
        self.forget_tries(&[StateName::Create, StateName::Put]);
        match self.at {
            // Storage refused a URL that should be good: the next one may be no better.
            StateName::Put => self.wait(StateName::Create),
            _ => self.go(StateName::Create),
        }
    }

    fn works(&mut self) {
        self.unreadable = false;
        self.unreadable_statuses = 0;
        self.forget_tries(&[self.at]);
        if self.at != StateName::Credential {
            self.refreshed = false;
        }
        let stored = if self.waits {
            StateName::Status
        } else {
            StateName::Completed
        };
        let next = match self.at {
            // A hash during a direct upload is the second look at a digest that was refused.
            StateName::Hash if self.digest_refused => StateName::Put,
            StateName::Hash => StateName::Create,
            StateName::Credential => self.after_credential,
            StateName::Create => StateName::Put,
            StateName::Put => StateName::Complete,
            StateName::Single | StateName::Probe | StateName::Complete => stored,
            _ => StateName::Completed,
        };
        self.go(next);
    }

    /// Applies an outcome of the running step.
    fn outcome(&mut self, act: Act) {
        let at = self.at;
        let is_no_answer = matches!(act, Act::Unreadable | Act::OtherAsset);
        let was_unreadable = core::mem::replace(&mut self.unreadable, is_no_answer);
        let completes = matches!(at, StateName::Probe | StateName::Complete);
        self.uncertain |= matches!(at, StateName::Single | StateName::Put)
            && match act {
                Act::Busy | Act::Lost { .. } | Act::Unreadable => true,
                Act::Page { status, whole } => whole && status != 413,
                _ => false,
            };
        match (act, at) {
            (Act::Works, _) => self.works(),
            (Act::Processing, StateName::Status) => {
                self.unreadable = false;
                self.unreadable_statuses = 0;
                self.refreshed = false;
                self.forget_tries(&[at]);
                self.wait(at);
            }
            (_, StateName::Hash) => self.fail(),
            (Act::Busy | Act::Lost { whole: false }, _) => self.wait(at),
            (Act::Lost { whole: true }, StateName::Put) => {
                self.blocked_put = false;
                self.wait(StateName::Probe);
            }
            (Act::Lost { .. }, _) => self.wait(at),
            (_, StateName::Credential) => self.fail(),
            (Act::Page { status: 413, .. }, StateName::Put) => self.fail(),
            (Act::Page { whole: true, .. }, StateName::Put) => {
                self.blocked_put = true;
                self.wait(StateName::Probe);
            }
            (Act::Page { .. }, StateName::Put) => self.ask_intermediary_again(),
            (_, StateName::Put) => self.put(act),
            (Act::Unreadable, StateName::Status) => {
                self.unreadable_statuses += 1;
                self.forget_tries(&[at]);
                match self.unreadable_statuses < 5 {
                    true => self.wait(at),
                    false => self.fail(),
                }
            }
            (Act::Unreadable | Act::OtherAsset, _) if !was_unreadable => self.wait(at),
            (Act::Page { status: 413, .. }, StateName::Single) if self.route != Route::Auto => {
                self.fail();
            }
            (Act::Page { status: 413, .. }, StateName::Single) if !self.uncertain => {
                self.go(self.first_direct());
            }
            (Act::Unauthorized | Act::Page { status: 401, .. }, _) if !self.refreshed => {
                self.refreshed = true;
                self.after_credential = at;
                self.go(StateName::Credential);
            }
            (Act::NotFound, _) if completes && !self.unknown_asset => {
                self.unknown_asset = true;
                self.renew();
            }
            (Act::Page { .. }, _) => self.ask_intermediary_again(),
            (Act::Conflict, StateName::Probe) => {
                self.uncertain = false;
                let is_blocked = core::mem::take(&mut self.blocked_put);
                match is_blocked && self.is_last_of_intermediary(StateName::Put) {
                    true => self.fail(),
                    false => self.go(StateName::Put),
                }
            }
            (Act::Conflict, StateName::Complete) => {
                self.forget_tries(&[at]);
                self.wait(at);
            }
            (Act::TooLarge, StateName::Single) if self.route == Route::Auto => {
                self.go(self.first_direct());
            }
            _ => self.fail(),
        }
    }

    fn is_last_of_intermediary(&self, at: StateName) -> bool {
        self.tries.get(&at).is_some_and(|tries| *tries >= 4)
    }

    fn ask_intermediary_again(&mut self) {
        match self.is_last_of_intermediary(self.at) {
            true => self.fail(),
            false => self.wait(self.at),
        }
    }

    fn put(&mut self, act: Act) {
        match act {
            Act::ExpiredToken => self.renew(),
            Act::Forbidden if !self.refused => {
                self.refused = true;
                self.renew();
            }
            Act::BadDigest if !self.digest_refused => {
                self.digest_refused = true;
                let knows_digest = self.checksum != Checksum::Off;
                self.go(if knows_digest {
                    StateName::Hash
                } else {
                    StateName::Put
                });
            }
            Act::Redirect if !self.redirected => {
                self.redirected = true;
                self.go(StateName::Put);
            }
            _ => self.fail(),
        }
    }
}

struct Machine;

impl ReferenceStateMachine for Machine {
    type State = Model;
    type Transition = Act;

    fn init_state() -> BoxedStrategy<Model> {
        let routes = sample::select(&[Route::Auto, Route::Single, Route::Direct][..]);
        let checksums =
            sample::select(&[Checksum::Declared, Checksum::Completion, Checksum::Off][..]);
        (routes, checksums, any::<bool>())
            .prop_map(|(route, checksum, waits)| {
                let mut model = Model {
                    route,
                    checksum,
                    waits,
                    at: StateName::Single,
                    pending: false,
                    after_credential: StateName::Ready,
                    refreshed: false,
                    refused: false,
                    digest_refused: false,
                    unknown_asset: false,
                    unreadable: false,
                    unreadable_statuses: 0,
                    redirected: false,
                    uncertain: false,
                    blocked_put: false,
                    tries: BTreeMap::new(),
                };
                if route == Route::Direct {
                    model.at = model.first_direct();
                }
                model.start();
                model
            })
            .boxed()
    }

    fn transitions(model: &Model) -> BoxedStrategy<Act> {
        if model.pending || model.at.is_terminal() {
            return sample::select(&[Act::Time, Act::Time, Act::Early, Act::Cancel][..]).boxed();
        }
        let good = match model.at {
            StateName::Status => Just(Act::Processing).boxed(),
            _ => Just(Act::Works).boxed(),
        };
        let any = sample::select(
            const {
                &[
                    Act::Busy,
                    Act::Lost { whole: false },
                    Act::Lost { whole: true },
                    Act::Unauthorized,
                    Act::Forbidden,
                    Act::NotFound,
                    Act::Conflict,
                    page(401, false),
                    page(404, false),
                    page(403, true),
                    page(409, false),
                    page(413, false),
                    page(413, true),
                    Act::OtherAsset,
                    Act::Unreadable,
                    Act::TooLarge,
                    Act::ExpiredToken,
                    Act::BadDigest,
                    Act::Redirect,
                    Act::Works,
                    Act::Early,
                    Act::Cancel,
                ]
            }
            .as_slice(),
        );
        proptest::prop_oneof![2 => good, 3 => any].boxed()
    }

    fn preconditions(model: &Model, act: &Act) -> bool {
        match act {
            Act::Early | Act::Cancel => true,
            Act::Time => model.pending || model.at.is_terminal(),
            Act::Processing => !model.pending && model.at == StateName::Status,
            Act::OtherAsset => {
                let states = [StateName::Probe, StateName::Complete, StateName::Status];
                !model.pending && states.contains(&model.at)
            }
            _ => !model.pending && !model.at.is_terminal(),
        }
    }

    fn apply(mut model: Model, act: &Act) -> Model {
        match act {
            _ if model.at.is_terminal() => {}
            Act::Early => {}
            Act::Cancel => model.go(StateName::Cancelled),
            Act::Time => model.start(),
            outcome => model.outcome(*outcome),
        }
        model
    }
}

/// The machine under test, and its driver.
struct Driven {
    upload: Upload,
    now: Timestamp,
    running: Option<StepId>,
    ends: u32,
}

impl Driven {
    fn drain(&mut self) {
        while let Some(output) = self.upload.poll_output() {
            match output {
                Output::Start { id, .. } => self.running = Some(id),
                Output::Abort { .. } => self.running = None,
                Output::Event(event) => self.ends += u32::from(event.is_terminal()),
            }
        }
    }

    fn succeed(&mut self, id: StepId, asset: &str, status: ItemStatus) {
        let (now, upload) = (self.now, &mut self.upload);
        let asset_id = || asset.parse().expect("an id");
        let url = || -> Url { "https://f.example/o".parse().expect("a URL") };
        match upload.state() {
            StateName::Hash => upload.handle_hashed(now, id, DIGEST),
            StateName::Credential => upload.handle_refreshed(now, id),
            StateName::Single => {
                let asset = UploadedAsset::new(asset_id(), MediaType::Mp4, SIZE, url());
                upload.handle_uploaded(now, id, asset);
            }
            StateName::Create => {
                let put = PresignedUrl::new("https://s.example/o");
                let slot = UploadSlot::new(asset_id(), put, i64::MAX, SIZE);
                upload.handle_created(now, id, slot);
            }
            StateName::Put => upload.handle_stored(now, id),
            StateName::Probe | StateName::Complete => {
                let asset = CompletedAsset::new(asset_id(), MediaType::Mp4, SIZE, url());
                upload.handle_completed(now, id, asset);
            }
            _ => {
                let mut entry = StatusEntry::new(status);
                entry.video_id = Some(asset_id());
                upload.handle_status(now, id, &[entry]);
            }
        }
    }

    /// Tells the digest of what was read, as a driver does that hashes on the way.
    fn tell_digest(&mut self, id: StepId, checksum: Checksum) {
        if self.upload.state() == StateName::Put && checksum == Checksum::Completion {
            self.upload.handle_digest(self.now, id, DIGEST);
        }
    }
}

impl StateMachineTest for Machine {
    type SystemUnderTest = Driven;
    type Reference = Self;

    fn init_test(model: &Model) -> Driven {
        let mut plan = Plan::new("clip.mp4", MediaType::Mp4, SIZE).expect("not empty");
        plan.route = model.route;
        plan.checksum = model.checksum;
        let mut config = Config::default();
        config.retry.max_attempts = u32::MAX;
        config.retry.max_generations = u32::MAX;
        config.retry.wait_budget = Duration::MAX;
        config.object_window = Duration::MAX;
        config.can_refresh_credential = true;
        if model.waits {
            let mut wait = WaitPolicy::default();
            wait.limit = Duration::MAX;
            config.wait = Some(wait);
        }
        let now = Timestamp::from_unix(Duration::from_secs(1));
        let mut driven = Driven {
            upload: Upload::new(plan, config, UploadId::from_random([1; 16]), now),
            now,
            running: None,
            ends: 0,
        };
        driven.drain();
        driven
    }

    fn apply(mut driven: Driven, model: &Model, act: Act) -> Driven {
        let now = driven.now;
        match (act, driven.running) {
            (Act::Early, _) => driven.upload.handle_timeout(now),
            (Act::Cancel, _) => driven.upload.cancel(now),
            (Act::Time, _) => {
                if let Some(until) = driven.upload.poll_timeout() {
                    driven.now = until;
                }
                driven.upload.handle_timeout(driven.now);
            }
            (_, Some(id)) => {
                driven.tell_digest(id, model.checksum);
                driven.running = None;
                match failure(act, driven.upload.state()) {
                    Some(failure) => driven.upload.handle_failure(now, id, failure),
                    None if act == Act::Processing => {
                        driven.succeed(id, "asset_1", ItemStatus::Processing);
                    }
                    None if act == Act::OtherAsset => {
                        driven.succeed(id, "asset_2", ItemStatus::Failed);
                    }
                    None => driven.succeed(id, "asset_1", ItemStatus::Completed),
                }
            }
            (_, None) => assert!(driven.upload.state().is_terminal(), "{act:?} fits a step"),
        }
        driven.drain();
        driven
    }

    fn check_invariants(driven: &Driven, model: &Model) {
        let upload = &driven.upload;
        let is_waiting = upload.poll_timeout().is_some();
        assert_eq!(is_waiting, model.pending, "{upload:?}");
        assert_eq!(driven.ends, u32::from(model.at.is_terminal()));
        let runs = !model.pending && !model.at.is_terminal();
        assert_eq!(driven.running.is_some(), runs);
        // While it waits the machine still shows the step that failed, which for a PUT that
        // was lost after its last byte is not the step that follows.
        if !model.pending || upload.state() != StateName::Put {
            assert_eq!(upload.state(), model.at);
        }
    }
}

const fn page(status: u16, whole: bool) -> Act {
    Act::Page { status, whole }
}

fn failure(act: Act, at: StateName) -> Option<Failure> {
    let status = |status| Failure::from_api(status, None);
    let storage = |status, code: &str| {
        let body = format!("<Error><Code>{code}</Code></Error>");
        Failure::from_storage(status, body.as_bytes())
    };
    let api = |status, code: &str| match at {
        StateName::Put => storage(status, code),
        _ => Failure::from_api(status, Some(ApiError::new(code, "no"))),
    };
    Some(match act {
        Act::Busy => status(503),
        Act::Lost { whole } => {
            let mut failure = Failure::new(FailureKind::Interrupted);
            failure.body_handed_over = whole;
            failure
        }
        Act::Unauthorized => api(401, "unauthorized"),
        Act::Forbidden => api(403, "forbidden"),
        Act::NotFound => api(404, "asset_not_found"),
        Act::Conflict => api(409, "conflict"),
        Act::Page {
            status: said,
            whole,
        } => {
            let mut failure = status(said);
            failure.body_handed_over = whole;
            failure
        }
        Act::Unreadable => Failure::unreadable(200),
        Act::TooLarge => api(413, "payload_too_large"),
        Act::ExpiredToken => storage(400, "ExpiredToken"),
        Act::BadDigest => storage(400, "BadDigest"),
        Act::Redirect => {
            let mut failure = status(307);
            let target = PresignedUrl::new("https://t.example/o");
            failure.redirect = Some(Redirect::new(target));
            failure
        }
        Act::Works | Act::Processing | Act::OtherAsset | Act::Time | Act::Early | Act::Cancel => {
            return None;
        }
    })
}

prop_state_machine! {
    #![proptest_config(config())]

    #[test]
    fn the_machine_goes_where_the_model_goes(sequential 1..60 => Machine);
}
