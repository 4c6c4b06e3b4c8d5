//! A driver that keeps to the contract, and a server and a clock that keep to nothing.

use core::time::Duration;

use heygen_testing::{
    driver::{Driver, Input, Values},
    strategies::{any_failures, configs, digests, media_types, plans},
};
use heygen_types::batches::ItemStatus;
use heygen_upload_core::Timestamp;
use proptest::{
    collection,
    prelude::{Just, Strategy, any, prop_oneof},
    proptest, sample,
};

use super::config;

fn values() -> impl Strategy<Value = Values> {
    let id = "[a-z_0-9]{1,8}".prop_map(|text| text.parse().expect("letters make an id"));
    let size = prop_oneof![Just(1_000), Just(u64::MAX), any::<u64>()];
    let life = prop_oneof![1..5_000_i64, Just(i64::MIN), Just(i64::MAX), any::<i64>()];
    let url = prop_oneof![Just("https://s.example/o?SECRET".to_owned()), "\\PC{0,30}"];
    let status = prop_oneof![
        sample::select(ItemStatus::KNOWN).prop_map(ItemStatus::from),
        "\\PC{0,9}".prop_map(|text| ItemStatus::from(text.as_str())),
    ];
    (id, size, life, media_types(), url, status, digests()).prop_map(
        |(id, size, life, media_type, url, status, digest)| Values {
            id,
            size,
            life,
            media_type,
            url,
            status,
            digest,
        },
    )
}

fn inputs() -> impl Strategy<Value = Vec<(Input, Timestamp)>> {
    let input = prop_oneof![
        8 => values().prop_map(Input::Success),
        8 => any_failures().prop_map(Input::Failure),
        1 => digests().prop_map(Input::Digest),
        8 => Just(Input::Timeout),
        1 => Just(Input::Cancel),
        2 => Just(Input::Resume),
        2 => values().prop_map(Input::Spurious),
    ];
    let moment = prop_oneof![
        6 => (0..100_000_u64).prop_map(Duration::from_millis),
        1 => any::<u64>().prop_map(Duration::from_secs),
        1 => Just(Duration::MAX),
    ];
    collection::vec((input, moment.prop_map(Timestamp::from_unix)), 0..60)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn nothing_that_a_server_or_a_clock_does_breaks_the_contract(
        plan in plans(),
        settings in configs(),
        inputs in inputs(),
    ) {
        let now = Timestamp::from_unix(Duration::from_secs(1));
        let mut driver = Driver::new(plan, settings, now);
        for (input, now) in inputs {
            driver.hand_in(input, now);
        }
        driver.let_deadline_pass();
    }
}
