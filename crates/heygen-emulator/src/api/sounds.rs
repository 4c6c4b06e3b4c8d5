use serde_json::{Value, json};

use super::{Answer, Call, page};
use crate::{
    library::SOUNDS,
    media::{AUDIO_SECONDS, Medium},
};

/// `GET /v3/audio/sounds`: the best match first.
pub(super) fn search(call: &Call<'_>) -> Answer {
    let query = call.query("query").unwrap_or_default();
    let kind = call.query("type").unwrap_or_else(|| "music".to_owned());
    let min = call.query("min_score").and_then(|min| min.parse().ok());
    let min: f64 = min.unwrap_or(DEFAULT_MIN_SCORE);
    let mut hits: Vec<_> = SOUNDS
        .iter()
        .filter(|sound| sound.kind == kind)
        .map(|sound| (score(&query, sound.description), sound))
        .filter(|(score, _)| *score >= min)
        .collect();
    hits.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let viewer = call.viewer();
    let slice = page::cut(call, page::rising(hits))?;
    call.list(slice.map(|(score, sound)| {
        let mut hit = json!({
            "id": sound.id,
            "name": sound.name,
            "description": sound.description,
            "type": sound.kind,
            "audio_url": viewer.result(sound.id, Medium::Mp3),
            "duration": AUDIO_SECONDS,
            "score": score,
        });
        if let Some(placement) = sound.placement {
            hit["placement"] = placement.into();
            hit["peak_offset"] = Value::from(0.5);
        }
        hit
    }))
}

/// Says how well a description fits: from 0.5 when no word of the query is in it to 1 when all
/// are.
pub(super) fn score(query: &str, description: &str) -> f64 {
    let description = description.to_lowercase();
    let query = query.to_lowercase();
    let words: Vec<&str> = query.split_whitespace().collect();
    let found = words.iter().filter(|word| description.contains(**word));
    0.5 + 0.5 * found.count() as f64 / words.len().max(1) as f64
}

const DEFAULT_MIN_SCORE: f64 = 0.7;
