use std::{future::Future, pin::Pin, sync::Arc};

use heygen_client::Transport;
use heygen_hyper::HyperTransport;
use heygen_testing::conformance::{self, Limits, Subject};
use tokio::runtime::{Builder, Runtime};

struct Hyper(Runtime);

impl Subject for Hyper {
    fn transport(&self, limits: Limits) -> Arc<dyn Transport> {
        let transport = HyperTransport::builder()
            .no_proxy()
            .answer_timeout(limits.answer)
            .stall_timeout(limits.stall)
            .expect_continue_wait(limits.expect_wait)
            .build();
        Arc::new(transport.unwrap())
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        self.0.block_on(future);
    }
}

#[test]
fn on_one_thread() {
    let runtime = Builder::new_current_thread().enable_all().build();
    conformance::all(&Hyper(runtime.unwrap()));
}

#[test]
fn on_many_threads() {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    conformance::all(&Hyper(runtime.unwrap()));
}
