use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Waker},
};

use heygen_client::TransportError;
use heygen_transport::Interim;
use http::{Request, StatusCode};

use crate::{progress::Progress, upload::Upload};

/// Ends a request to a server that sends informational answers without end: hyper reads them in a
/// task of its own, for as long as they come.
#[derive(Default)]
pub(crate) struct Overrun(Mutex<State>);

#[derive(Default)]
struct State {
    interim: Interim,
    error: Option<TransportError>,
    waker: Option<Waker>,
}

impl Overrun {
    /// Watches the informational answers to a request, one of which lets a held body go.
    pub(crate) fn watch<B>(
        request: &mut Request<B>,
        upload: Arc<Upload>,
        progress: Arc<Progress>,
    ) -> Arc<Self> {
        let overrun = Arc::new(Self::default());
        let watching = Arc::clone(&overrun);
        hyper::ext::on_informational(request, move |informational| {
            if informational.status() == StatusCode::CONTINUE {
                upload.release();
            }
            let mut state = watching.lock();
            if let Err(error) = state.interim.add(informational.headers()) {
                // The task of the connection would read on for as long as there is something.
                progress.cut();
                state.error = Some(error);
                let waker = state.waker.take();
                drop(state);
                if let Some(waker) = waker {
                    waker.wake();
                }
            }
        });
        overrun
    }

    /// Returns what ends the request, once something does.
    pub(crate) fn poll(&self, cx: &Context<'_>) -> Poll<TransportError> {
        let mut state = self.lock();
        match state.error.take() {
            Some(error) => Poll::Ready(error),
            None => {
                state.waker = Some(cx.waker().clone());
                Poll::Pending
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
