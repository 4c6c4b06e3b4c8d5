use std::future::Future;

use async_channel::{Receiver, Sender};

/// A switch that cancels uploads and waits. Clones are the same switch.
#[derive(Clone, Debug)]
pub struct Cancellation {
    sender: Sender<()>,
    receiver: Receiver<()>,
}

impl Cancellation {
    /// Makes a switch that is not thrown.
    #[must_use]
    pub fn new() -> Self {
        let (sender, receiver) = async_channel::bounded(1);
        Self { sender, receiver }
    }

    /// Throws the switch. It cannot be taken back.
    pub fn cancel(&self) {
        // Nothing is ever sent: a closed channel wakes everyone who waits, now and later.
        self.sender.close();
    }

    /// Tells whether the switch was thrown.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.sender.is_closed()
    }

    /// Ends when the switch is thrown.
    pub fn cancelled(&self) -> impl Future<Output = ()> + Send + use<> {
        let receiver = self.receiver.clone();
        async move {
            // An error is the closing that is waited for.
            let _ = receiver.recv().await;
        }
    }
}

impl Default for Cancellation {
    fn default() -> Self {
        Self::new()
    }
}

/// Ends when the switch is thrown, never when there is none.
pub(crate) async fn cancelled_by(cancellation: Option<&Cancellation>) {
    match cancellation {
        Some(cancellation) => cancellation.cancelled().await,
        None => std::future::pending().await,
    }
}
