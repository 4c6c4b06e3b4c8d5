/// Changes inputs at random, the same way for the same seed.
#[derive(Debug)]
pub struct Mutator(u64);

/// Pieces that the formats of this workspace are made of.
const WORDS: &[&[u8]] = &[
    b"\0",
    b"\n",
    b"\r\n",
    b"\n\n",
    b"\"",
    b"\\",
    b":",
    b",",
    b";",
    b"=",
    b"%",
    b"%00",
    b"&",
    b"/",
    b"<",
    b">",
    b"&lt;",
    b"--",
    b"{",
    b"}",
    b"[",
    b"]",
    b"null",
    b"true",
    b"-1",
    b"0",
    b"1e999",
    b"18446744073709551615",
    b"18446744073709551616",
    b"\\ud800",
    b"\xef\xbb\xbf",
    b"\xff",
    b"\x7f",
];

impl Mutator {
    /// Starts a sequence of changes.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a changed copy of one of several inputs; often with a piece of another one in it.
    #[must_use]
    pub fn mutate(&mut self, inputs: &[Vec<u8>]) -> Vec<u8> {
        let Some(chosen) = self.pick(inputs) else {
            return self.noise();
        };
        let mut input = chosen.clone();
        for _ in 0..=self.below(4) {
            self.change(&mut input, inputs);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>, inputs: &[Vec<u8>]) {
        let at = self.below(input.len() + 1);
        match self.below(8) {
            0 if at < input.len() => input[at] ^= 1 << self.below(8),
            1 if at < input.len() => input[at] = self.next() as u8,
            2 => drop(input.drain(self.range_from(input, at))),
            3 => {
                let piece = input[self.range_from(input, at)].to_vec();
                input.splice(at..at, piece);
            }
            4 => input.truncate(at),
            5 => {
                let other = self.pick(inputs).cloned().unwrap_or_default();
                let from = self.below(other.len() + 1);
                let piece = other[self.range_from(&other, from)].to_vec();
                input.splice(self.range_from(input, at), piece);
            }
            6 => {
                let noise = self.noise();
                input.splice(at..at, noise);
            }
            _ => {
                let word = self.pick(WORDS).copied().unwrap_or_default();
                input.splice(at..at, word.iter().copied());
            }
        }
    }

    fn noise(&mut self) -> Vec<u8> {
        (0..self.below(9)).map(|_| self.next() as u8).collect()
    }

    /// Returns a short range that starts here.
    fn range_from(&mut self, bytes: &[u8], at: usize) -> std::ops::Range<usize> {
        let left = bytes.len() - at;
        at..at + self.below(left.min(64) + 1)
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> Option<&'t T> {
        (!items.is_empty()).then(|| &items[self.below(items.len())])
    }

    /// Returns a number below `end`, which is above zero.
    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    /// SplitMix64.
    const fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::Mutator;

    #[test]
    fn equal_seeds_give_equal_changes_and_others_do_not() {
        let inputs = [b"one".to_vec(), b"another".to_vec(), Vec::new()];
        let changes = |seed| {
            let mut mutator = Mutator::new(seed);
            (0..50).map(|_| mutator.mutate(&inputs)).collect::<Vec<_>>()
        };
        assert_eq!(changes(1), changes(1));
        assert_ne!(changes(1), changes(2));
        assert!(changes(3).iter().any(|changed| !inputs.contains(changed)));
    }

    #[test]
    fn nothing_can_be_changed_too() {
        let mut mutator = Mutator::new(0);
        for _ in 0..500 {
            let _ = (mutator.mutate(&[]), mutator.mutate(&[Vec::new()]));
        }
    }
}
