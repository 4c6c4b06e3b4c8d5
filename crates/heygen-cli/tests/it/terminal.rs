//! What is seen on a terminal.
#![cfg(unix)]

use std::{
    fs::File,
    io::{Read as _, Write as _},
    os::unix::ffi::OsStrExt as _,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use rustix::{
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

use crate::{
    exits::interrupt,
    support::{Folder, RunExt as _, Service, png, text, until},
};

/// The side of a terminal on which people are.
struct Terminal {
    master: File,
    columns: u16,
}

/// All that a terminal was sent.
type Sent = Arc<Mutex<Vec<u8>>>;

impl Terminal {
    /// Has a command use a terminal of so many columns for both outputs, and for its input as well.
    fn of(command: &mut Command, columns: u16) -> Self {
        let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&master).unwrap();
        unlockpt(&master).unwrap();
        let size = Winsize {
            ws_row: 50,
            ws_col: columns,
            ws_xpixel: 0,
            ws_ypixel: 0,
        };
        tcsetwinsize(&master, size).unwrap();
        let name = ptsname(&master, Vec::new()).unwrap();
        let name = std::ffi::OsStr::from_bytes(name.as_bytes());
        let end = File::options().read(true).write(true).open(name).unwrap();
        command
            .env("TERM", "xterm")
            .stdin(end.try_clone().unwrap())
            .stdout(end.try_clone().unwrap())
            .stderr(end);
        Self {
            master: master.into(),
            columns,
        }
    }

    /// Begins to read what the terminal is sent, until nobody has it open any more.
    fn read(&self) -> Sent {
        let (sent, mut master) = (Sent::default(), self.master.try_clone().unwrap());
        let read = Arc::clone(&sent);
        thread::spawn(move || {
            let mut buffer = [0; 4096];
            // Linux reports an error once the other side is closed.
            while let Ok(len_bytes @ 1..) = master.read(&mut buffer) {
                read.lock().unwrap().extend_from_slice(&buffer[..len_bytes]);
            }
        });
        sent
    }
}

/// Returns the lines on a terminal without an upper end, after it was sent this.
fn screen(sent: &[u8], columns: u16) -> Vec<String> {
    let columns = usize::from(columns);
    let sent = String::from_utf8_lossy(sent);
    let mut lines: Vec<Vec<char>> = vec![Vec::new()];
    let (mut row, mut column) = (0_usize, 0_usize);
    let mut letters = sent.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' => column = 0,
            '\n' => row += 1,
            '\u{1b}' => {
                assert_eq!(letters.next(), Some('['), "another sequence");
                let mut count = String::new();
                let end = loop {
                    match letters.next().unwrap() {
                        letter if letter.is_ascii_alphabetic() => break letter,
                        letter => count.push(letter),
                    }
                };
                let count: usize = count.parse().unwrap_or(1);
                match end {
                    'A' => row = row.checked_sub(count).expect("a line above the first"),
                    'B' => row += count,
                    'C' => column += count,
                    'D' => column = column.saturating_sub(count),
                    'K' => lines[row].clear(),
                    // Styles.
                    _ => {}
                }
            }
            letter => {
                // A full line ends with the letter behind it.
                if column == columns {
                    (row, column) = (row + 1, 0);
                }
                lines.resize(lines.len().max(row + 1), Vec::new());
                let line = &mut lines[row];
                line.resize(line.len().max(column + 1), ' ');
                line[column] = letter;
                column += 1;
            }
        }
        lines.resize(lines.len().max(row + 1), Vec::new());
    }
    let lines = lines.into_iter().map(String::from_iter);
    lines
        .map(|line: String| line.trim_end().to_owned())
        .collect()
}

#[test]
fn results_stay_on_a_terminal_that_stood_still() {
    const FILES: usize = 300;
    let (service, folder) = (Service::start(), Folder::new());
    for index in 0..FILES {
        folder.file(format!("{index}.png"), &png(64 + index));
    }
    let mut command = service.heygen();
    command.args(["upload", "-r"]).arg(folder.path());
    // So wide that the bars alone are more than the program keeps for a reader that looks away.
    let terminal = Terminal::of(&mut command, 2000);
    let mut child = command.spawn().unwrap();
    drop(command);
    until("all files", || service.emulator.assets().len() == FILES);
    let sent = terminal.read();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    until("the end", || Arc::strong_count(&sent) == 1);
    let seen = screen(&sent.lock().unwrap(), terminal.columns);
    // One line with the id and one with the URL, and nothing else has the name of a file: all bars
    // are gone.
    let begin = |start: &str| seen.iter().filter(|line| line.starts_with(start)).count();
    assert_eq!(begin("asset_"), FILES, "{seen:#?}");
    assert_eq!(begin("  http://"), FILES, "{seen:#?}");
    let named = seen.iter().filter(|line| line.contains(".png")).count();
    assert_eq!(named, 2 * FILES, "{seen:#?}");
    let last = seen.iter().rfind(|line| !line.is_empty()).unwrap();
    assert_eq!(*last, format!("{FILES} of {FILES} files uploaded"));
}

#[test]
fn bars_are_drawn_no_faster_than_an_eye_sees() {
    let service = Service::with(heygen_emulator::EmulatorBuilder::discards_large_content);
    let folder = Folder::new();
    let file = folder.png("a.png");
    let options = File::options().write(true).open(&file).unwrap();
    options.set_len(256 << 20).unwrap();
    let mut command = service.heygen();
    command.arg("upload").arg(&file);
    // Wide enough for one line, so that a frame is removed by one sequence.
    let terminal = Terminal::of(&mut command, 200);
    let began = Instant::now();
    let mut child = command.spawn().unwrap();
    drop(command);
    let sent = terminal.read();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    until("the end", || Arc::strong_count(&sent) == 1);
    let sent = String::from_utf8(sent.lock().unwrap().clone()).unwrap();
    // Every frame but the first removes the one before it. A few are drawn at once, and a few for other
    // reasons than the time.
    let frames = sent.matches("\u{1b}[2K").count();
    let most = 20.0 * began.elapsed().as_secs_f64() + 50.0;
    assert!(sent.contains("sending"), "{sent:?}");
    assert!((frames as f64) < most, "{frames}, at most {most}");
}

#[test]
fn an_interrupt_after_a_question_ends_the_command() {
    let (service, folder) = (Service::start(), Folder::new());
    let path = folder.path().join("journal.db");
    let heygen = || {
        let mut command = service.heygen();
        command.env("HEYGEN_JOURNAL", &path);
        command
    };
    let file = folder.png("a.png");
    heygen().arg("upload").arg(file).run().ends_with(0);
    let listed = heygen().args(["journal", "list"]).run().ends_with(0);
    let id = text(&listed.object(), "id").to_owned();

    let mut command = heygen();
    command.args(["journal", "forget", &id]);
    let terminal = Terminal::of(&mut command, 100);
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    drop(command);
    let sent = terminal.read();
    let is_asked = || String::from_utf8_lossy(&sent.lock().unwrap()).contains("[y/N]");
    until("the question", is_asked);
    // What is to be done then has to wait.
    let other = rusqlite::Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    (&terminal.master).write_all(b"y\n").unwrap();
    // Before the answer is read the interrupt ends the question, and the command with it.
    thread::sleep(Duration::from_millis(500));
    interrupt(child.id());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    other.execute_batch("ROLLBACK").unwrap();
    let listed = heygen().args(["journal", "list"]).run().ends_with(0);
    assert_eq!(text(&listed.object(), "id"), id);
}
