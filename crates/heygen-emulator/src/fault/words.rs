//! How the words of a fault are shown when they cannot be understood.

use strsim::osa_distance;

/// Asks whether the nearest of the known words were meant, or says nothing when none is near.
pub(super) fn near<S: AsRef<str>>(word: &str, known: &[S]) -> String {
    if word.len() > MAX_SHOWN {
        return String::new();
    }
    let word = word.to_ascii_lowercase();
    // A third of the letters wrong is still a slip; more is another word.
    let max = (word.chars().count() / 3).max(1);
    let mut near: Vec<(usize, &str)> = known
        .iter()
        .map(|known| (osa_distance(&word, known.as_ref()), known.as_ref()))
        .filter(|(distance, _)| *distance <= max)
        .collect();
    near.sort_unstable();
    near.truncate(3);
    let names: Vec<&str> = near.into_iter().map(|(_, name)| name).collect();
    match names.split_last() {
        None => String::new(),
        Some((only, [])) => format!("; did you mean {only}?"),
        Some((last, others)) => format!("; did you mean {} or {last}?", others.join(", ")),
    }
}

/// Shows what was written, cut short where it is long.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String = text.chars().take(MAX_SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("{shown:?}")
}

const MAX_SHOWN: usize = 60;
