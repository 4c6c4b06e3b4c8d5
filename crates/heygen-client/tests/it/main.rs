//! The client over a transport that answers from a script, in virtual time.

#![expect(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod answers;
mod clock;
mod credentials;
mod downloads;
mod events;
mod jobs;
mod journal;
mod pages;
mod places;
mod raw;
mod requests;
mod script;
mod set_up;
mod shortages;
mod slots;
mod stored;
mod submits;
mod uploads;
mod waits;
