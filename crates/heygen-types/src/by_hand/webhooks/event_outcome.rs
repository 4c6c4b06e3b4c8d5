use crate::webhooks::EventType;

impl EventType {
    /// Returns how the work ended, as far as the name says it. It is read from the ending of the
    /// name, so that it also holds for events of tomorrow.
    ///
    /// ```
    /// use heygen_types::webhooks::{EventOutcome, EventType};
    ///
    /// assert_eq!(EventType::VideoAgentSuccess.outcome(), Some(EventOutcome::Success));
    /// assert_eq!(EventType::from("hologram.fail").outcome(), Some(EventOutcome::Failure));
    /// assert_eq!(EventType::PersonalizedVideo.outcome(), None);
    /// ```
    #[must_use]
    pub fn outcome(&self) -> Option<EventOutcome> {
        let name = self.as_str();
        if name.ends_with(".success") {
            Some(EventOutcome::Success)
        } else if name.ends_with(".fail") || name.ends_with("_failed") {
            Some(EventOutcome::Failure)
        } else if name.ends_with(".finished") {
            Some(EventOutcome::Finished)
        } else {
            None
        }
    }
}

/// How the work behind an event ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventOutcome {
    /// It is done.
    Success,
    /// There is no result.
    Failure,
    /// It has ended, and the event does not say how.
    Finished,
}
