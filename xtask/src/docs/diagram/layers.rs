use super::graph::Graph;

/// A line whose ends stand in the other order than in the list of states counts this much longer:
/// so an upload runs downwards, and what leads back runs up.
const INVERTED_COST: usize = 3;

/// Gives each state a layer, 0 at the top, so that no line joins two states of one layer and
/// lines are short. The state in which everything begins is alone in the first layer, the ends share
/// the last.
///
/// It starts from the longest path to each state and then moves single states while that makes
/// the sum of lengths smaller.
pub(super) fn layers(graph: &Graph) -> Vec<usize> {
    let mut layers = longest_paths(graph);
    let deepest = layers.iter().max().map_or(0, |deepest| deepest + 1);
    for (state, layer) in graph.states.iter().zip(&mut layers) {
        if state.is_end {
            *layer = deepest;
        }
    }
    loop {
        let mut moved = false;
        for state in (1..layers.len()).filter(|state| !graph.states[*state].is_end) {
            let mut best = (cost(graph, &layers), layers[state]);
            for layer in 1..deepest {
                let mut tried = layers.clone();
                tried[state] = layer;
                let cost = cost(graph, &tried);
                if cost < best.0 {
                    best = (cost, layer);
                    moved = true;
                }
            }
            layers[state] = best.1;
        }
        if !moved {
            return compact(&layers);
        }
    }
}

/// Every edge runs from a state to a later one, so that one pass in order is enough.
fn longest_paths(graph: &Graph) -> Vec<usize> {
    let mut layers = vec![1; graph.states.len()];
    layers[0] = 0;
    for state in 1..layers.len() {
        for edge in graph.edges.iter().filter(|edge| edge.second == state) {
            layers[state] = layers[state].max(layers[edge.first] + 1);
        }
    }
    layers
}

fn cost(graph: &Graph, layers: &[usize]) -> usize {
    graph
        .edges
        .iter()
        .map(|edge| edge_cost(layers[edge.first], layers[edge.second]))
        .sum()
}

fn edge_cost(first: usize, second: usize) -> usize {
    match first.abs_diff(second) {
        // More than any layout without such a line can cost.
        0 => 1_000_000,
        length if first < second => length,
        length => length * INVERTED_COST,
    }
}

/// Closes the gaps that moving left behind.
fn compact(layers: &[usize]) -> Vec<usize> {
    let mut used = layers.to_vec();
    used.sort_unstable();
    used.dedup();
    layers
        .iter()
        .map(|layer| {
            used.binary_search(layer)
                .expect("every layer is among those used")
        })
        .collect()
}
