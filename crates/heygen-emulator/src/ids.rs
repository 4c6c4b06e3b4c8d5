use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

/// Makes ids and secrets out of a seed: the same ones in the same order in every run.
#[derive(Clone, Debug)]
pub(crate) struct Ids {
    seed: u64,
    made: u64,
}

impl Ids {
    pub(crate) const fn new(seed: u64, made: u64) -> Self {
        Self { seed, made }
    }

    /// Returns how many ids were made, so that a restarted emulator does not make them again.
    pub(crate) const fn made(&self) -> u64 {
        self.made
    }

    /// Makes the next id, such as `asset_0f3a…`.
    pub(crate) fn next(&mut self, kind: &str) -> String {
        self.made += 1;
        format!("{kind}_{}", &digest(self.seed, kind, self.made)[..24])
    }

    /// Makes text that does not depend on how many ids were made.
    pub(crate) fn secret(&self, what: &str) -> String {
        digest(self.seed, what, 0)[..40].to_owned()
    }
}

fn digest(seed: u64, what: &str, number: u64) -> String {
    let hash = Sha256::new()
        .chain_update(seed.to_be_bytes())
        .chain_update(number.to_be_bytes())
        .chain_update(what)
        .finalize();
    Sha256Digest::from_bytes(hash.into()).to_string()
}
