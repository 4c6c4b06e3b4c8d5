//! Prints the states and transitions of the machine, one per line with tabs between the parts, for
//! programs that draw them.
#![expect(clippy::print_stdout, reason = "the list is what this program is for")]

use heygen_upload_core::{StateName, TRANSITIONS};

fn main() {
    for state in StateName::ALL {
        let kind = if state.is_terminal() { "end" } else { "state" };
        println!("{kind}\t{state}");
    }
    for transition in TRANSITIONS {
        let (from, to, on) = (transition.from(), transition.to(), transition.on());
        println!("transition\t{from}\t{to}\t{on}");
    }
}
