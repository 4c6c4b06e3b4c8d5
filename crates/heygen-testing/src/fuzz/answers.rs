//! The answers of every operation.

use heygen_types::{Data, Envelope, Operation};
use serde::{Serialize, de::DeserializeOwned};

/// The bytes are the body of an answer; every operation has to make something of it or refuse it.
pub(super) fn run(bytes: &[u8]) {
    macro_rules! read_as {
        ($($operation:ty,)*) => { $(read::<$operation>(bytes);)* };
    }
    heygen_types::for_each_operation!(read_as);
}

fn read<O: Operation>(bytes: &[u8]) {
    match O::ENVELOPE {
        Envelope::List | Envelope::Stream => {
            let _ = serde_json::from_slice(bytes).map(|answer: O::Response| survives(&answer));
        }
        _ => {
            let answer = serde_json::from_slice::<Data<O::Response>>(bytes);
            let _ = answer.map(|answer| survives(&answer.data));
        }
    }
}

/// Holds a type to the promise that what it knows survives a round trip.
pub(super) fn survives<T: Serialize + DeserializeOwned>(value: &T) {
    let once = serde_json::to_string(value).expect("what was read can be written");
    let again: T = match serde_json::from_str(&once) {
        Ok(again) => again,
        Err(error) => panic!("what was written cannot be read: {error}: {once}"),
    };
    let twice = serde_json::to_string(&again).expect("what was read can be written");
    assert_eq!(once, twice, "a round trip changes it");
}
