use super::graph::{Edge, State};

/// The advance of one character of the monospaced font, with room to spare.
pub(super) const CHARACTER: f64 = 7.3;
/// The height of a line of text.
pub(super) const LINE: f64 = 15.0;
/// Labels are broken into lines of about this many characters.
const CHARACTERS: usize = 18;

/// Returns what stands on an edge. Where it goes both ways, arrows tell which words belong to
/// which way.
pub(super) fn edge_lines(edge: &Edge, first_is_above: bool) -> Vec<String> {
    let (down, up) = if first_is_above {
        (&edge.there, &edge.back)
    } else {
        (&edge.back, &edge.there)
    };
    let mark = |sign: &str, words: &[String]| {
        let words = words.join(", ");
        wrap(&if edge.is_both_ways() {
            format!("{sign} {words}")
        } else {
            words
        })
    };
    let mut lines = Vec::new();
    if !down.is_empty() {
        lines.extend(mark("↓", down));
    }
    if !up.is_empty() {
        lines.extend(mark("↑", up));
    }
    lines
}

/// Returns what stands in a state below its name.
pub(super) fn loop_lines(state: &State) -> Vec<String> {
    state.loops.iter().map(|on| format!("↻ {on}")).collect()
}

/// Returns the width that lines of text need.
pub(super) fn width<'a>(lines: impl IntoIterator<Item = &'a String>) -> f64 {
    let longest = lines.into_iter().map(|line| line.chars().count()).max();
    longest.unwrap_or(0) as f64 * CHARACTER
}

/// Breaks words into as few lines as fit, of about equal length.
fn wrap(words: &str) -> Vec<String> {
    let count = words.chars().count().div_ceil(CHARACTERS);
    let aim = words.chars().count().div_ceil(count.max(1));
    let mut lines: Vec<String> = Vec::new();
    for word in words.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() / 2 < aim => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::wrap;

    #[test]
    fn labels_break_between_words_into_lines_of_like_length() {
        assert_eq!(wrap("stored"), ["stored"]);
        assert_eq!(
            wrap("too large for one request"),
            ["too large for", "one request"]
        );
    }
}
