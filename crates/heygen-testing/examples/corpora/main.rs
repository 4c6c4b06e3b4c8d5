//! Writes the seeds of the fuzz corpora anew: what the emulator answers, what the other side of
//! each parser writes, and real files. What was found by fuzzing stays beside them.
//!
//! `cargo run -p heygen-testing --example corpora`
#![expect(clippy::print_stdout, reason = "it reports to whoever runs it")]

mod emulated;
mod session;
mod storage;
mod texts;
mod uploads;

use std::fs;

use heygen_testing::fuzz::folder;

fn main() {
    emulated::write_all();
    storage::write_all();
    texts::write_all();
    uploads::write_all();
}

fn write(target: &str, name: &str, bytes: &[u8]) {
    let folder = folder(target);
    fs::create_dir_all(&folder).expect("the folder can be made");
    let file = folder.join(name);
    fs::write(&file, bytes).expect("the file can be written");
    println!("{}", file.display());
}
