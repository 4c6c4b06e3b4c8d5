/// What a [`Submit`](super::Submit) was started with: a request, or the one variant of a request
/// that has several, so that its own fields and files are at hand.
pub trait PartOf<O> {
    /// Returns the part of a request that was started with it.
    fn part_of(whole: &mut O) -> &mut Self;
}

impl<O> PartOf<O> for O {
    fn part_of(whole: &mut O) -> &mut Self {
        whole
    }
}
