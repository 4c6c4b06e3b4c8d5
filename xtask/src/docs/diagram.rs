mod graph;
mod label;
mod layers;
mod layout;
mod order;
mod place;
mod svg;

use anyhow::{Result, bail};

use self::graph::Graph;
use crate::command::{cargo, output};

/// Draws the states and transitions of the upload machine, from the machine's own list.
///
/// A program of the machine's crate prints the list. If xtask linked the crate, it could not be
/// built to repair generated code that the crate depends on.
pub(super) fn upload_machine() -> Result<String> {
    let list = output(&mut cargo([
        "run",
        "--quiet",
        "--package",
        "heygen-upload-core",
        "--example",
        "transitions",
    ]))?;
    draw(&list)
}

fn draw(list: &str) -> Result<String> {
    let mut graph = Graph::default();
    for line in list.lines() {
        match line.split('\t').collect::<Vec<_>>().as_slice() {
            [kind @ ("state" | "end"), name] => graph.add_state(name, *kind == "end"),
            ["transition", from, to, on] => graph.add_transition(from, to, on),
            _ => bail!("the list of transitions has a line that is neither: {line}"),
        }
    }
    Ok(svg::draw(
        "The upload machine",
        [
            "From every state that is not an end, a failure for good leads to failed \
             and a cancellation to cancelled.",
            "Solid grey lines lead on, dashed lines back, violet lines both ways.",
        ],
        &graph,
    ))
}

#[cfg(test)]
mod tests {
    use super::draw;

    const LIST: &str = "state\tidle\nstate\tsending\nend\tdone\n\
        transition\tidle\tsending\tstart\ntransition\tsending\tdone\tacknowledged\n\
        transition\tsending\tidle\trefused\n";

    #[test]
    fn the_drawing_is_the_same_every_time_and_names_everything() {
        let drawing = draw(LIST).unwrap();
        assert_eq!(drawing, draw(LIST).unwrap());
        for word in LIST.split_whitespace() {
            let is_kind = ["state", "end", "transition"].contains(&word);
            assert!(is_kind || drawing.contains(word), "{word} is missing");
        }
        assert!(draw("state\n").is_err());
    }
}
