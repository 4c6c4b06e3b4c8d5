//! Operations on the upload machine: a driver that keeps to the contract, and a server, a clock
//! and a user that keep to nothing.

mod choose;

use arbitrary::Unstructured;

use self::choose::{config, input, moment, plan};
use crate::driver::Driver;

/// The bytes choose a plan, a configuration, and what happens.
pub(super) fn run(bytes: &[u8]) {
    // Bytes that are used up choose the first of everything, so every input is one upload.
    let _ = play(&mut Unstructured::new(bytes));
}

fn play(bytes: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    let mut now = moment(bytes, Default::default())?;
    let mut driver = Driver::new(plan(bytes)?, config(bytes)?, now);
    while !bytes.is_empty() {
        let input = input(bytes)?;
        now = moment(bytes, now)?;
        driver.hand_in(input, now);
    }
    driver.let_deadline_pass();
    Ok(())
}
