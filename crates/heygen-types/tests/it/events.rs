//! The events of streams.

use heygen_types::{
    Json, Streamed as _,
    models::{SpeechEvent, StreamModelSpeech},
};
use serde_json::{Value, json};

fn event(value: Value) -> Result<SpeechEvent, String> {
    let value: Json = serde_json::from_value(value).unwrap();
    StreamModelSpeech::event(&value).map_err(|invalid| invalid.to_string())
}

#[test]
fn every_kind_of_event_is_read() {
    let audio = json!({"type": "audio", "audio": "UklGRg==", "part_index": 3, "new": 1});
    let SpeechEvent::Audio(audio) = event(audio).unwrap() else {
        panic!("it is sound");
    };
    assert_eq!((audio.audio.as_str(), audio.part_index), ("UklGRg==", 3));

    let word = json!({"text": "Hi", "start_time": 0, "end_time": 0.5, "confidence": 0.9});
    let words = json!({"type": "alignment", "word_alignments": [word]});
    let SpeechEvent::Alignment(words) = event(words).unwrap() else {
        panic!("it is about words");
    };
    assert_eq!(words.word_alignments[0].end_time, 0.5);

    let character = json!({"text": "H", "start_time": 0, "end_time": 0.1});
    let characters = json!({"type": "character_alignment", "original_characters": [character]});
    let SpeechEvent::CharacterAlignment(characters) = event(characters).unwrap() else {
        panic!("it is about characters");
    };
    assert_eq!(characters.original_characters[0].text, "H");

    let SpeechEvent::Error(error) = event(json!({"type": "error", "detail": "no"})).unwrap() else {
        panic!("it is an error");
    };
    assert_eq!(error.detail, "no");
}

#[test]
fn an_event_of_an_unknown_kind_survives() {
    for new in [json!({"type": "viseme", "shape": "o"}), json!({}), json!(1)] {
        let read = event(new.clone()).unwrap();
        assert!(matches!(read, SpeechEvent::Unknown(_)), "{read:?}");
        assert_eq!(serde_json::to_value(read).unwrap(), new);
    }
}

#[test]
fn sound_that_is_missing_is_not_taken_for_an_event_of_an_unknown_kind() {
    let problem = |audio: Value| event(audio).unwrap_err();
    let missing = problem(json!({"type": "audio", "part_index": 0}));
    assert_eq!(missing, "audio: is missing");
    let empty = problem(json!({"type": "audio", "part_index": 0, "audio": ""}));
    assert_eq!(empty, "audio: is empty");
    // What only accompanies it is made up for.
    let SpeechEvent::Audio(audio) = event(json!({"type": "audio", "audio": "AA=="})).unwrap()
    else {
        panic!("it is sound");
    };
    assert_eq!(audio.part_index, 0);
    let odd = json!({"type": "alignment", "word_alignments": [{"text": "Hi", "confidence": {}}]});
    let SpeechEvent::Alignment(words) = event(odd).unwrap() else {
        panic!("it is about words");
    };
    assert_eq!(words.word_alignments[0].text, "Hi");
}

#[test]
fn debug_shows_no_sound() {
    let audio = event(json!({"type": "audio", "audio": "UklGRg==", "part_index": 0})).unwrap();
    assert!(!format!("{audio:?}").contains("UklGRg"));
}
