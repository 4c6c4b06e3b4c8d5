//! `models audio tts stream`.

use std::{
    fs,
    io::Read as _,
    process::{Command, Stdio},
};

use serde_json::{Value, json};

use crate::{
    exits::interrupt,
    recorder::{Recorder, Reply},
    support::{Folder, RunExt as _, Service, split, text, until},
};

const STREAM: &str = "models audio tts stream --voice-id voice_instant_anna";

/// Twenty words, which the emulator speaks in three parts and one second.
fn twenty_words() -> String {
    vec!["word"; 20].join(" ")
}

fn stream(service: &Service, more: &[&str]) -> Command {
    let mut command = service.heygen();
    let words = twenty_words();
    command
        .args(split(STREAM))
        .args(["--text", &words])
        .args(more);
    command
}

/// Reads a WAV file whose header says how long it is: its samples.
#[track_caller]
fn samples(file: &[u8]) -> &[u8] {
    let number = |at: usize| u32::from_le_bytes(file[at..at + 4].try_into().unwrap());
    assert_eq!((&file[..4], &file[8..16]), (&b"RIFF"[..], &b"WAVEfmt "[..]));
    assert_eq!(number(4) as usize, file.len() - 8);
    assert_eq!(number(40) as usize, file.len() - 44);
    &file[44..]
}

#[test]
fn speech_becomes_a_file() {
    let service = Service::start();
    let folder = Folder::new();
    let file = folder.path().join("speech.wav");
    let out = file.display().to_string();
    let done = stream(&service, &["--out", &out]).run().ends_with(0);
    let expected = json!({"file": out, "size_bytes": 44 + 88_200, "seconds": 1.0});
    assert_eq!(done.object(), expected);
    assert_eq!(samples(&fs::read(&file).unwrap()).len(), 88_200);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);

    // A file that is there stays, and is not spoken for.
    let requests = service.emulator.requests().len();
    let done = stream(&service, &["-o", &out]).run();
    assert_eq!(done.code, Some(6), "{done:?}");
    assert!(done.stderr.contains("nothing was sent"), "{done:?}");
    assert_eq!(service.emulator.requests().len(), requests);
    stream(&service, &["-o", &out, "--force"])
        .run()
        .ends_with(0);
}

#[test]
fn people_are_told_the_size_and_the_length() {
    let service = Service::start();
    let folder = Folder::new();
    let mut command = stream(&service, &["--output", "human", "--out", "speech.wav"]);
    let done = command.current_dir(folder.path()).run().ends_with(0);
    assert_eq!(done.stdout, "speech.wav  86.18 KiB  1.0 s\n");
}

#[test]
fn times_come_beside_the_file_as_json() {
    let service = Service::start();
    let folder = Folder::new();
    let file = folder.path().join("speech.wav").display().to_string();
    let done = stream(&service, &["--with-timestamps", "--out", &file])
        .run()
        .ends_with(0);
    let kinds: Vec<Value> = done
        .objects()
        .iter()
        .map(|event| event["type"].clone())
        .collect();
    let part = ["alignment", "character_alignment"].map(Value::from);
    let end = [Value::Null];
    assert_eq!(kinds, [&part[..], &part, &part, &end].concat());
}

#[test]
fn without_a_file_the_events_are_printed_as_they_come() {
    let service = Service::start();
    let done = stream(&service, &[]).run().ends_with(0);
    let events = done.objects();
    assert_eq!(events.len(), 3);
    assert!(text(&events[2], "audio").starts_with("UklGR"));
}

#[test]
fn sound_is_piped_while_it_is_generated() {
    let service = Service::start();
    // More than the first part comes, and then nothing any more.
    let stall = "stream_model_speech:answer-stall-after=60000";
    service.emulator.fault(stall.parse().unwrap());
    let mut child = stream(&service, &["--with-timestamps", "--out", "-"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // The first part alone is not held back for the second.
    let mut first = vec![0; 44 + 35_280];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    assert!(first.starts_with(b"RIFF\xff\xff\xff\xffWAVE"));
    child.kill().unwrap();
    child.wait().unwrap();

    let done = stream(&service, &["--out", "-"]).output().unwrap().stdout;
    assert_eq!(done.len(), 44 + 88_200);
    assert_eq!(&done[40..44], [0xFF; 4]);
}

#[test]
fn speech_that_breaks_off_leaves_no_file() {
    let service = Service::start();
    let folder = Folder::new();
    for (fault, code, message) in [
        ("truncated=60000", "network", "without its last event"),
        (
            "answer-reset-after=60000",
            "network",
            "the stream broke off",
        ),
        (
            "job-fails=generation_failed,message=it broke",
            "processing_failed",
            "the server could not finish the stream: it broke",
        ),
    ] {
        let fault = format!("stream_model_speech:{fault}");
        service.emulator.fault(fault.parse().unwrap());
        let mut command = stream(&service, &["--out", "speech.wav"]);
        let done = command.current_dir(folder.path()).run();
        assert_eq!(done.code, Some(1), "{done:?}");
        let error: Value = serde_json::from_str(&done.stderr).unwrap();
        assert_eq!(text(&error["error"], "code"), code);
        assert!(
            text(&error["error"], "message").contains(message),
            "{error}"
        );
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{fault}");
    }
}

#[test]
fn a_folder_is_refused_before_anything_is_sent() {
    let service = Service::start();
    let folder = Folder::new();
    let out = folder.path().display().to_string();
    let done = stream(&service, &["--out", &out, "--force"]).run();
    assert_eq!(done.code, Some(6), "{done:?}");
    assert!(
        done.stderr.contains("is a folder; nothing was sent"),
        "{done:?}"
    );
    assert!(service.emulator.requests().is_empty());
}

#[test]
fn sound_that_cannot_be_written_is_told_to_be_made() {
    let service = Service::start();
    let done = stream(&service, &["--out", "/dev/full"]).run();
    assert_eq!(done.code, Some(6), "{done:?}");
    assert!(
        done.stderr.contains("the request was carried out"),
        "{done:?}"
    );
}

#[test]
fn a_reader_that_has_enough_ends_the_stream() {
    let service = Service::start();
    // What comes after the first part never comes.
    let stall = "stream_model_speech:answer-stall-after=60000";
    service.emulator.fault(stall.parse().unwrap());
    let mut child = stream(&service, &["--out", "-"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn a_stream_without_sound_is_no_success() {
    let folder = Folder::new();
    let recorder = Recorder::new(|_| {
        let headers = [("content-type".to_owned(), "text/event-stream".to_owned())];
        Reply(200, headers.into(), b"data: [DONE]\n\n".to_vec())
    });
    let mut command = recorder.heygen();
    command
        .args(split(STREAM))
        .args(["--text", "x", "--out", "speech.wav"]);
    let done = command.current_dir(folder.path()).run();
    assert_eq!(done.code, Some(1), "{done:?}");
    assert!(done.stderr.contains("without any sound"), "{done:?}");
    assert_eq!(recorder.only().header("accept"), Some("text/event-stream"));
}

#[test]
fn an_interrupt_ends_a_stream() {
    let service = Service::start();
    let folder = Folder::new();
    service.emulator.fault(
        "stream_model_speech:answer-stall-after=60000"
            .parse()
            .unwrap(),
    );
    let child = stream(&service, &["--out", "speech.wav"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    until("the first part", || {
        let requests = service.emulator.requests();
        requests.last().is_some_and(|last| last.status == Some(200))
    });
    interrupt(child.id());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
