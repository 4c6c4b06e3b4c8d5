use super::order::{Item, Rows};

/// The least space between two items of a row.
const GAP: f64 = 14.0;
/// How often the rows are pulled towards their neighbours.
const PASSES: usize = 60;
/// How much more a place where a long line passes counts than a state or a label, so that long
/// lines are straight.
const STRAIGHTNESS: f64 = 8.0;

/// Returns the middle of each item: as close to the items it is joined to as order and widths
/// let it be. The leftmost edge of all is at 0.
pub(super) fn centres(rows: &Rows, widths: &[f64]) -> Vec<f64> {
    let mut centres = vec![0.0; widths.len()];
    for row in &rows.rows {
        let mut x = 0.0;
        for &Item(item) in row {
            centres[item] = x + widths[item] / 2.0;
            x += widths[item] + GAP;
        }
    }
    for pass in 0..PASSES {
        let mut indices: Vec<usize> = (0..rows.rows.len()).collect();
        if pass % 2 == 1 {
            indices.reverse();
        }
        for row in indices {
            pull(&rows.rows[row], rows, widths, &mut centres);
        }
    }
    let left = (0..widths.len())
        .map(|item| centres[item] - widths[item] / 2.0)
        .fold(f64::INFINITY, f64::min);
    centres.iter().map(|centre| centre - left).collect()
}

/// Moves the items of one row as close as possible to the mean of their neighbours.
///
/// Items that would overlap form a block which moves as one, to the mean of what its members
/// want; this gives the least sum of squared distances.
fn pull(row: &[Item], rows: &Rows, widths: &[f64], centres: &mut [f64]) {
    struct Block {
        start: f64,
        weight: f64,
        items: Vec<(Item, f64)>,
    }
    let weight = |item: Item| {
        if widths[item.0] > GAP {
            1.0
        } else {
            STRAIGHTNESS
        }
    };
    let mut blocks: Vec<Block> = Vec::new();
    let mut offset = 0.0;
    for &item in row {
        let middle = offset + widths[item.0] / 2.0;
        offset += widths[item.0] + GAP;
        let (mut sum, mut all) = (0.0, 0.0);
        for other in rows.neighbours(item) {
            sum += centres[other.0] * weight(other);
            all += weight(other);
        }
        let wanted = if all > 0.0 {
            sum / all
        } else {
            centres[item.0]
        };
        let mut block = Block {
            start: wanted - middle,
            weight: weight(item),
            items: vec![(item, middle)],
        };
        while let Some(mut before) = blocks.pop_if(|before| before.start > block.start) {
            let weight = before.weight + block.weight;
            let start = (before.start * before.weight + block.start * block.weight) / weight;
            before.items.append(&mut block.items);
            block = Block {
                start,
                weight,
                items: before.items,
            };
        }
        blocks.push(block);
    }
    for block in blocks {
        for (item, middle) in block.items {
            centres[item.0] = block.start + middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, Rows, centres};

    #[test]
    fn items_of_a_row_never_overlap() {
        let [a, b, c] = [0, 1, 2].map(Item);
        let rows = Rows {
            rows: vec![vec![a], vec![b, c]],
            links: vec![(a, b), (a, c)],
        };
        let widths = [40.0, 100.0, 60.0];
        let centres = centres(&rows, &widths);
        assert!(centres[1] + 50.0 <= centres[2] - 30.0, "{centres:?}");
        assert!(
            centres[1] < centres[0] && centres[0] < centres[2],
            "{centres:?}"
        );
    }
}
