/// States and the ways between them, in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Graph {
    pub(super) states: Vec<State>,
    pub(super) edges: Vec<Edge>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) name: String,
    pub(super) is_end: bool,
    /// What leads from the state to itself. It is written into the box: a loop that is drawn
    /// costs space and says no more.
    pub(super) loops: Vec<String>,
}

/// All transitions between two states, in one line with an arrow at either end or both.
#[derive(Debug)]
pub(super) struct Edge {
    /// The state that was added first.
    pub(super) first: usize,
    pub(super) second: usize,
    /// What leads from the first to the second.
    pub(super) there: Vec<String>,
    /// What leads back.
    pub(super) back: Vec<String>,
}

impl Edge {
    pub(super) fn is_both_ways(&self) -> bool {
        !self.there.is_empty() && !self.back.is_empty()
    }
}

impl Graph {
    pub(super) fn add_state(&mut self, name: &str, is_end: bool) {
        self.states.push(State {
            name: name.to_owned(),
            is_end,
            loops: Vec::new(),
        });
    }

    /// Adds a transition between two states that were added before.
    pub(super) fn add_transition(&mut self, from: &str, to: &str, on: &str) {
        let [from, to] = [from, to].map(|name| {
            self.states
                .iter()
                .position(|state| state.name == name)
                .expect("a transition joins states that are known")
        });
        if from == to {
            self.states[from].loops.push(on.to_owned());
            return;
        }
        let (first, second) = (from.min(to), from.max(to));
        let known = self
            .edges
            .iter()
            .position(|edge| (edge.first, edge.second) == (first, second));
        let index = known.unwrap_or_else(|| {
            self.edges.push(Edge {
                first,
                second,
                there: Vec::new(),
                back: Vec::new(),
            });
            self.edges.len() - 1
        });
        let edge = &mut self.edges[index];
        let side = if from == first {
            &mut edge.there
        } else {
            &mut edge.back
        };
        side.push(on.to_owned());
    }
}
