use super::{
    graph::Graph,
    label::{LINE, edge_lines, loop_lines, width},
    layers::layers,
    order::{Item, Rows},
    place::centres,
};

/// The space between two lines that meet the same state.
const PORT: f64 = 15.0;
/// The height of the space in which lines run from row to row.
const GUTTER: f64 = 30.0;
/// The space around a text.
const PAD: f64 = 4.0;

/// A point: from the left, from the top.
pub(super) type Point = (f64, f64);

/// Where everything in a drawing is.
///
/// Rows of states alternate with rows of labels. Lines bend only between rows, and inside a row
/// each has a column of its own, so that no line can cross a word.
#[derive(Debug, Default)]
pub(super) struct Layout {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The states, in the order of the graph.
    pub(super) states: Vec<Area>,
    /// The edges, in the order of the graph.
    pub(super) routes: Vec<Route>,
}

/// A rectangle with lines of text.
#[derive(Clone, Debug, Default)]
pub(super) struct Area {
    pub(super) centre: f64,
    pub(super) top: f64,
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) lines: Vec<String>,
}

/// An edge: a line from the upper state to its label, the label, a line from there to the lower
/// state.
#[derive(Debug, Default)]
pub(super) struct Route {
    pub(super) above: Vec<Point>,
    pub(super) label: Area,
    pub(super) below: Vec<Point>,
    /// Whether the state that the graph names first is the upper one.
    pub(super) first_is_above: bool,
}

impl Layout {
    pub(super) fn of(graph: &Graph) -> Self {
        Builder::new(graph).finish()
    }
}

/// The items of all rows: first the states, then what the edges put between them.
struct Builder<'a> {
    graph: &'a Graph,
    rows: Rows,
    boxes: Vec<Area>,
    /// For each edge its items from the upper state to the lower one, and which of them is the
    /// label.
    chains: Vec<(Vec<Item>, usize)>,
    first_is_above: Vec<bool>,
}

impl<'a> Builder<'a> {
    fn new(graph: &'a Graph) -> Self {
        let layers = layers(graph);
        let depth = layers.iter().max().map_or(0, |deepest| deepest * 2 + 1);
        let mut builder = Self {
            graph,
            rows: Rows {
                rows: vec![Vec::new(); depth],
                links: Vec::new(),
            },
            boxes: Vec::new(),
            chains: Vec::new(),
            first_is_above: Vec::new(),
        };
        for (state, layer) in graph.states.iter().zip(&layers) {
            let mut lines = vec![state.name.clone()];
            lines.extend(loop_lines(state));
            builder.add(layer * 2, lines);
        }
        let mut load = vec![0.0; depth];
        for (edge, described) in graph.edges.iter().enumerate() {
            let (first, second) = (described.first, described.second);
            let first_is_above = layers[first] < layers[second];
            let (upper, lower) = if first_is_above {
                (first, second)
            } else {
                (second, first)
            };
            builder.first_is_above.push(first_is_above);
            builder.add_chain(
                edge,
                (upper, lower),
                (layers[upper], layers[lower]),
                &mut load,
            );
        }
        builder.widen_for_ports();
        builder
    }

    fn add(&mut self, row: usize, lines: Vec<String>) -> Item {
        let item = Item(self.boxes.len());
        let is_empty = lines.is_empty();
        self.boxes.push(Area {
            width: if is_empty {
                2.0
            } else {
                width(&lines) + 2.0 * PAD
            },
            height: if is_empty {
                0.0
            } else {
                lines.len() as f64 * LINE + 2.0 * PAD
            },
            lines,
            ..Area::default()
        });
        self.rows.rows[row].push(item);
        item
    }

    /// Adds what an edge puts between its states: its label into the row of labels that is the
    /// emptiest so far, and a place to pass into every other row.
    fn add_chain(
        &mut self,
        edge: usize,
        (upper, lower): (usize, usize),
        (above, below): (usize, usize),
        load: &mut [f64],
    ) {
        let lines = edge_lines(&self.graph.edges[edge], self.first_is_above[edge]);
        let label_row = (above * 2 + 1..below * 2)
            .step_by(2)
            .min_by(|a, b| load[*a].total_cmp(&load[*b]))
            .expect("the states of an edge are in different layers");
        load[label_row] += width(&lines);
        let mut chain = vec![Item(upper)];
        let mut label = 0;
        for row in above * 2 + 1..below * 2 {
            let item = if row == label_row {
                label = chain.len();
                self.add(row, lines.clone())
            } else {
                self.add(row, Vec::new())
            };
            chain.push(item);
        }
        chain.push(Item(lower));
        let links = chain.windows(2).map(|pair| (pair[0], pair[1]));
        self.rows.links.extend(links);
        self.chains.push((chain, label));
    }

    /// Makes every state wide enough for the lines that meet it on either side.
    fn widen_for_ports(&mut self) {
        for state in 0..self.graph.states.len() {
            let links = &self.rows.links;
            let below = links.iter().filter(|link| link.0 == Item(state)).count();
            let above = links.iter().filter(|link| link.1 == Item(state)).count();
            let ports = (below.max(above) + 1) as f64 * PORT;
            let state = &mut self.boxes[state];
            state.width = (state.width + 16.0).max(ports);
            state.height += 6.0;
        }
    }

    fn finish(mut self) -> Layout {
        self.rows.reduce_crossings();
        let widths: Vec<f64> = self.boxes.iter().map(|item| item.width).collect();
        for (item, centre) in centres(&self.rows, &widths).into_iter().enumerate() {
            self.boxes[item].centre = centre;
        }
        let mut bands = vec![(0.0, 0.0); self.boxes.len()];
        let mut top = 0.0;
        for row in &self.rows.rows {
            let height = row.iter().map(|item| self.boxes[item.0].height);
            let height = height.fold(0.0, f64::max);
            for item in row {
                bands[item.0] = (top, top + height);
                let item = &mut self.boxes[item.0];
                item.top = top + (height - item.height) / 2.0;
            }
            top += height + GUTTER;
        }
        let right = |item: &Area| item.centre + item.width / 2.0;
        Layout {
            width: self.boxes.iter().map(right).fold(0.0, f64::max),
            height: top - GUTTER,
            routes: (0..self.chains.len())
                .map(|edge| self.route(edge, &bands))
                .collect(),
            states: self.boxes[..self.graph.states.len()].to_vec(),
        }
    }

    fn route(&self, edge: usize, bands: &[(f64, f64)]) -> Route {
        let (chain, label) = &self.chains[edge];
        let (above, below) = (&chain[..=*label], &chain[*label..]);
        Route {
            above: self.line(above, bands),
            label: self.boxes[chain[*label].0].clone(),
            below: self.line(below, bands),
            first_is_above: self.first_is_above[edge],
        }
    }

    /// Returns the points of a line from the bottom of its first item to the top of its last.
    fn line(&self, chain: &[Item], bands: &[(f64, f64)]) -> Vec<Point> {
        let mut points = Vec::new();
        for (at, &item) in chain.iter().enumerate() {
            let here = &self.boxes[item.0];
            let (top, bottom) = bands[item.0];
            if let Some(&before) = at.checked_sub(1).and_then(|before| chain.get(before)) {
                let x = self.port(before, item, item);
                points.push((x, top));
                if chain.len() == at + 1 {
                    points.push((x, here.top));
                }
            }
            if let Some(&next) = chain.get(at + 1) {
                let x = self.port(item, next, item);
                if at == 0 {
                    points.push((x, here.top + here.height));
                }
                points.push((x, bottom));
            }
        }
        points
    }

    /// Returns where the line between two items meets one of them: in the middle, except that
    /// the lines of a state stand side by side in the order of their other ends.
    fn port(&self, upper: Item, lower: Item, at: Item) -> f64 {
        let centre = self.boxes[at.0].centre;
        if at.0 >= self.graph.states.len() {
            return centre;
        }
        let links = self.rows.links.iter();
        let mut others: Vec<Item> = if at == upper {
            links
                .filter(|link| link.0 == at)
                .map(|link| link.1)
                .collect()
        } else {
            links
                .filter(|link| link.1 == at)
                .map(|link| link.0)
                .collect()
        };
        others.sort_by(|a, b| self.boxes[a.0].centre.total_cmp(&self.boxes[b.0].centre));
        let other = if at == upper { lower } else { upper };
        let place = others
            .iter()
            .position(|item| *item == other)
            .expect("a line of a state is among the lines of that state");
        centre + (place as f64 - (others.len() - 1) as f64 / 2.0) * PORT
    }
}
