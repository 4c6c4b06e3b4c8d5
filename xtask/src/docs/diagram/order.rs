/// One thing in a row: a state, a label, or a place where a long line passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item(pub(super) usize);

/// Rows of items, and the lines between items of neighbouring rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    /// The items of each row from left to right.
    pub(super) rows: Vec<Vec<Item>>,
    /// Upper and lower item of each line.
    pub(super) links: Vec<(Item, Item)>,
}

/// How often the rows are sorted through, down and up.
const SWEEPS: usize = 24;

impl Rows {
    /// Sorts every row so that few lines cross: each item goes to the mean position of what it
    /// is joined to in the row before, and neighbours change places where that helps.
    pub(super) fn reduce_crossings(&mut self) {
        let mut best = (self.crossings(), self.rows.clone());
        for sweep in 0..SWEEPS {
            let down = sweep % 2 == 0;
            let count = self.rows.len();
            for step in 1..count {
                let row = if down { step } else { count - 1 - step };
                let fixed = if down { row - 1 } else { row + 1 };
                self.sort_row(row, fixed);
            }
            self.swap_neighbours();
            let crossings = self.crossings();
            if crossings < best.0 {
                best = (crossings, self.rows.clone());
            }
        }
        self.rows = best.1;
    }

    /// Returns the items that an item is joined to, above or below.
    pub(super) fn neighbours(&self, item: Item) -> impl Iterator<Item = Item> {
        self.links.iter().filter_map(move |&(upper, lower)| {
            if upper == item {
                Some(lower)
            } else if lower == item {
                Some(upper)
            } else {
                None
            }
        })
    }

    fn sort_row(&mut self, row: usize, fixed: usize) {
        let fixed = self.rows[fixed].clone();
        let mut keyed: Vec<(f64, Item)> = self.rows[row]
            .iter()
            .enumerate()
            .map(|(at, &item)| {
                let places: Vec<f64> = self
                    .neighbours(item)
                    .filter_map(|other| fixed.iter().position(|&there| there == other))
                    .map(|place| place as f64 / fixed.len() as f64)
                    .collect();
                // What is joined to nothing there keeps its place.
                let own = at as f64 / self.rows[row].len() as f64;
                let mean = places.iter().sum::<f64>() / places.len() as f64;
                (if places.is_empty() { own } else { mean }, item)
            })
            .collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.rows[row] = keyed.into_iter().map(|(_, item)| item).collect();
    }

    fn swap_neighbours(&mut self) {
        for row in 0..self.rows.len() {
            for left in 1..self.rows[row].len() {
                let before = self.crossings();
                self.rows[row].swap(left - 1, left);
                if self.crossings() >= before {
                    self.rows[row].swap(left - 1, left);
                }
            }
        }
    }

    fn crossings(&self) -> usize {
        let mut place = vec![
            (0, 0);
            self.links
                .iter()
                .map(|link| link.0.0.max(link.1.0) + 1)
                .max()
                .unwrap_or(0)
        ];
        for (row, items) in self.rows.iter().enumerate() {
            for (at, item) in items.iter().enumerate() {
                if let Some(place) = place.get_mut(item.0) {
                    *place = (row, at);
                }
            }
        }
        let ends: Vec<_> = self
            .links
            .iter()
            .map(|&(upper, lower)| (place[upper.0], place[lower.0].1))
            .collect();
        let mut crossings = 0;
        for (index, a) in ends.iter().enumerate() {
            for b in &ends[index + 1..] {
                let same_row = a.0.0 == b.0.0;
                let crosses = (a.0.1 < b.0.1 && a.1 > b.1) || (a.0.1 > b.0.1 && a.1 < b.1);
                crossings += usize::from(same_row && crosses);
            }
        }
        crossings
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Rows};

    #[test]
    fn crossed_lines_are_uncrossed() {
        let [a, b, c, d] = [0, 1, 2, 3].map(Item);
        let mut rows = Rows {
            rows: vec![vec![a, b], vec![c, d]],
            links: vec![(a, d), (b, c)],
        };
        assert_eq!(rows.crossings(), 1);
        rows.reduce_crossings();
        assert_eq!(rows.crossings(), 0);
    }
}
