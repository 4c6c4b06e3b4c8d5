use std::ops::Range;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderValue, Response, header};
use serde_json::{Value, json};

use super::voices::speaking;
use crate::{
    api::{Answer, Call},
    exchange::Payload,
    fault::FaultKind,
    media::{Medium, WAV_SECONDS, wav},
    problem::Problem,
};

/// `POST /v3/models/audio/tts`: every text sounds the same and takes as long.
pub(in crate::api) fn create(call: &mut Call<'_>, body: &Value) -> Answer {
    let speech = Speech::of(call, body)?;
    let language = HeaderValue::from_str(&speech.language);
    let id = call.state.ids.next("speech");
    let mut answer = call.data(json!({
        "audio_url": call.viewer().result(&id, Medium::Wav),
        "duration": WAV_SECONDS,
    }))?;
    let language = language.expect("a language is letters");
    answer
        .headers_mut()
        .insert(header::CONTENT_LANGUAGE, language);
    Ok(answer)
}

/// `POST /v3/models/audio/tts/stream`: a few words at a time, each of which takes as long.
pub(in crate::api) fn stream(call: &Call<'_>, body: &Value) -> Answer {
    let speech = Speech::of(call, body)?;
    let mut pieces = Vec::new();
    for (index, words) in speech.words.chunks(WORDS_IN_PART).enumerate() {
        let audio = BASE64_STANDARD.encode(wav(words.len() as f64 * WORD_SECONDS));
        pieces.push(event(
            &json!({ "type": "audio", "part_index": index, "audio": audio }),
        ));
        if body["with_timestamps"] == true {
            let first = index * WORDS_IN_PART;
            pieces.push(event(&words_spoken(words, first)));
            pieces.push(event(&characters_spoken(words, first)));
        }
        // What goes wrong does so after the speech has begun.
        if let Some(FaultKind::JobFails(failure)) = call.fault {
            let detail = failure.message.as_str();
            pieces.push(event(&json!({ "type": "error", "detail": detail })));
            break;
        }
    }
    stream_of(pieces)
}

/// Answers with the events of a stream, and its end.
pub(in crate::api) fn stream_of(mut events: Vec<Bytes>) -> Answer {
    events.push(Bytes::from_static(b"data: [DONE]\n\n"));
    let mut answer = Response::new(Payload::Stream(events));
    let headers = answer.headers_mut();
    let media_type = HeaderValue::from_static("text/event-stream");
    headers.insert(header::CONTENT_TYPE, media_type);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(answer)
}

/// What is to be spoken.
struct Speech<'a> {
    words: Vec<&'a str>,
    language: String,
}

impl<'a> Speech<'a> {
    fn of(call: &Call<'_>, body: &'a Value) -> Result<Self, Problem> {
        let refuse =
            |name: &str, problem: &str| Err(Problem::parameter(name, format!("{name} {problem}")));
        speaking(call, body["voice_id"].as_str().unwrap_or_default())?;
        let model = body["model"].as_str().unwrap_or(MODEL);
        if model != MODEL {
            return refuse("model", &format!("is {model}, only {MODEL} is taken"));
        }
        let language = body["language"].as_str().unwrap_or("en");
        // A regional tag is cut to its base.
        let base = language.split(['-', '_']).next().unwrap_or_default();
        let is_code = matches!(base.len(), 2 | 3) && base.bytes().all(|b| b.is_ascii_alphabetic());
        if !is_code {
            return refuse("language", "is not the code of a language");
        }
        let words: Vec<&str> = body["text"]
            .as_str()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        if words.is_empty() {
            return refuse("text", "has no words");
        }
        Ok(Self {
            words,
            language: base.to_ascii_lowercase(),
        })
    }
}

/// Writes an event as a stream carries it.
pub(in crate::api) fn event(data: &Value) -> Bytes {
    format!("data: {data}\n\n").into()
}

/// Tells when words are spoken, the first of which has that place in the text.
fn words_spoken(words: &[&str], first: usize) -> Value {
    let words = words.iter().enumerate().map(|(index, word)| {
        let time = time_of(first + index);
        json!({ "text": word, "start_time": time.start, "end_time": time.end, "confidence": 1 })
    });
    json!({ "type": "alignment", "word_alignments": words.collect::<Vec<_>>() })
}

/// Tells when the characters of words are spoken, all those of a word at an even pace.
fn characters_spoken(words: &[&str], first: usize) -> Value {
    let characters = words.iter().enumerate().flat_map(|(index, word)| {
        let time = time_of(first + index);
        let length = WORD_SECONDS / word.chars().count() as f64;
        word.chars().enumerate().map(move |(index, character)| {
            let start = time.start + index as f64 * length;
            json!({ "text": character, "start_time": start, "end_time": start + length })
        })
    });
    let characters: Vec<_> = characters.collect();
    json!({ "type": "character_alignment", "original_characters": characters })
}

fn time_of(index: usize) -> Range<f64> {
    let start = index as f64 * WORD_SECONDS;
    start..start + WORD_SECONDS
}

const MODEL: &str = "heygen-voice-1";
const WORDS_IN_PART: usize = 8;
const WORD_SECONDS: f64 = 0.05;
