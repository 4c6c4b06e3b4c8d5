//! A clock that jumps, a server that follows the contract of the API except where a scenario says
//! otherwise, and a driver between them that checks everything the machine promises a driver.

mod check;
mod disturb;
mod fault;
mod label;
mod scenario;
mod server;
mod world;

pub(crate) use disturb::disturb;
pub(crate) use fault::{
    Answer, Fault, api, crash, crash_after, interrupted, kind, loses, lost_whole, redirect, status,
    storage,
};
pub(crate) use label::{reason_of, timer_of};
pub(crate) use scenario::{SOURCE, Scenario, direct, hashing, single};
pub(crate) use server::{Server, entry};
pub(crate) use world::World;
