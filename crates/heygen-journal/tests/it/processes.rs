//! Several processes share one file.

use std::{
    env,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    path::Path,
    process::{Child, Command, Stdio},
};

use heygen_client::Journal as _;
use heygen_journal::{Prune, SqliteJournal};

use crate::support::{Bench, DAY, SIZE, Stages, account, claim, finished, is_elsewhere};

/// The variables that make a run of this binary another process of one of these tests.
const ROLE: &str = "HEYGEN_JOURNAL_TEST_ROLE";
const FILE: &str = "HEYGEN_JOURNAL_TEST_FILE";

fn other_process(role: &str, file: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", "processes::the_other_process", "--nocapture"])
        .args(["--test-threads", "1"])
        .env(ROLE, role)
        .env(FILE, file)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits until the other process says that it is there.
fn wait_for_ready(child: &mut Child) {
    let output = BufReader::new(child.stdout.as_mut().unwrap());
    let said = output.lines().any(|line| line.unwrap().contains("ready"));
    assert!(said, "the other process ended early");
}

/// Not a test by itself: what the other process of the tests below does.
#[test]
fn the_other_process() {
    let Some(role) = env::var_os(ROLE) else {
        return;
    };
    let journal = SqliteJournal::open(env::var_os(FILE).unwrap()).unwrap();
    match role.to_str().unwrap() {
        "claims" => {
            let entry = claim(&journal, "/clip.mp4");
            entry.save(&Stages::new(1).with_url()).unwrap();
            writeln!(std::io::stdout(), "ready").unwrap();
            // Until it is killed, or the input ends.
            let _ = std::io::stdin().read(&mut [0]);
            drop(entry);
        }
        first => write_many(&journal, first.parse().unwrap()),
    }
}

fn write_many(journal: &SqliteJournal, first: u8) {
    for number in first..first + 50 {
        let source = format!("/{number}.mp4");
        let entry = claim(journal, &source);
        for record in Stages::new(number).all() {
            entry.save(&record).unwrap();
        }
    }
}

#[test]
fn the_claim_of_a_process_ends_with_it_however_it_ends() {
    let bench = Bench::new();
    for is_killed in [true, false] {
        let mut child = other_process("claims", &bench.path());
        wait_for_ready(&mut child);
        assert!(is_elsewhere(&bench.journal, "/clip.mp4"));
        if is_killed {
            child.kill().unwrap();
        } else {
            drop(child.stdin.take());
        }
        child.wait().unwrap();
        // What it saved is there, and goes on here.
        let entry = claim(&bench.journal, "/clip.mp4");
        let begun = entry.begun().unwrap().unwrap();
        assert_eq!(
            begun.checkpoint.upload_id(),
            crate::support::id(&finished(1))
        );
    }
}

#[test]
fn what_dead_processes_leave_of_their_claims_is_swept_up() {
    let bench = Bench::new();
    let claims = bench.path().with_file_name("journal.db-claims");
    let left = || claims.read_dir().unwrap().count();
    let mut child = other_process("claims", &bench.path());
    wait_for_ready(&mut child);
    let held = claim(&bench.journal, "/other.mp4");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(left(), 2);
    let mut nothing = Prune::default();
    nothing.older_than = Some(DAY);
    assert_eq!(bench.journal.prune(&nothing).unwrap(), []);
    assert_eq!(left(), 1);
    assert!(is_elsewhere(&bench.again(), "/other.mp4"));
    drop(held);
    assert_eq!(left(), 0);
}

#[test]
fn two_processes_write_at_the_same_time_and_lose_nothing() {
    let bench = Bench::new();
    let children = ["101", "151"].map(|first| other_process(first, &bench.path()));
    write_many(&bench.journal, 1);
    // A second connection of this process is as good as another process.
    write_many(&bench.again(), 51);
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    assert_eq!(bench.journal.uploads().unwrap().len(), 200);
    assert!(bench.journal.has_finished(&account(), SIZE).unwrap());
}
