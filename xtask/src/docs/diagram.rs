mod graph;
mod label;
mod layers;
mod layout;
mod order;
mod place;
mod svg;

use heygen_upload_core::{StateName, TRANSITIONS};

use self::graph::Graph;

/// Draws the states and transitions of the upload machine, from the machine's own list.
pub(super) fn upload_machine() -> String {
    let mut graph = Graph::default();
    for state in StateName::ALL {
        graph.add_state(&state.to_string(), state.is_terminal());
    }
    for transition in TRANSITIONS {
        graph.add_transition(
            &transition.from().to_string(),
            &transition.to().to_string(),
            transition.on(),
        );
    }
    svg::draw(
        "The upload machine",
        [
            "From every state that is not an end, a failure for good leads to failed \
             and a cancellation to cancelled.",
            "Solid grey lines lead on, dashed lines back, violet lines both ways.",
        ],
        &graph,
    )
}

#[cfg(test)]
mod tests {
    use super::upload_machine;

    #[test]
    fn the_drawing_is_the_same_every_time_and_names_every_state() {
        let drawing = upload_machine();
        assert_eq!(drawing, upload_machine());
        for state in heygen_upload_core::StateName::ALL {
            assert!(drawing.contains(&state.to_string()), "{state} is missing");
        }
        for transition in heygen_upload_core::TRANSITIONS {
            let words = transition.on().split(' ');
            for word in words.filter(|word| !word.contains('&')) {
                assert!(drawing.contains(word), "{word} is missing");
            }
        }
    }
}
