use crate::Runtime;

/// Runs blocking work away from the asynchronous code and waits for what it gives. `None` means
/// that the work panicked or that the runtime dropped it.
pub(crate) async fn run<T: Send + 'static>(
    runtime: &dyn Runtime,
    work: impl FnOnce() -> T + Send + 'static,
) -> Option<T> {
    let (sender, receiver) = async_channel::bounded(1);
    runtime.spawn_blocking(Box::new(move || {
        // Nobody listens any more when the caller was dropped.
        let _ = sender.try_send(work());
    }));
    receiver.recv().await.ok()
}
