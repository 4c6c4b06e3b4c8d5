use alloc::vec::Vec;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::webhooks::EventType;

/// Which events an endpoint gets.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventFilter {
    /// All of them, also those that do not exist yet. On the wire this is `null`.
    All,
    /// These and no others.
    Only(Vec<EventType>),
}

impl Serialize for EventFilter {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::All => serializer.serialize_none(),
            Self::Only(events) => events.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for EventFilter {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let events = Option::<Vec<EventType>>::deserialize(deserializer)?;
        Ok(events.map_or(Self::All, Self::Only))
    }
}
