use std::{future::Future, pin::Pin, sync::Arc};

use heygen_client::Transport;
use heygen_testing::conformance::{self, Limits, Subject};
use heygen_ureq::{Blocking as _, UreqTransport};

struct Ureq;

impl Subject for Ureq {
    fn transport(&self, limits: Limits) -> Arc<dyn Transport> {
        let transport = UreqTransport::builder()
            .no_proxy()
            .answer_timeout(limits.answer)
            .stall_timeout(limits.stall)
            .expect_continue_wait(limits.expect_wait)
            .build();
        Arc::new(transport.unwrap())
    }

    fn block_on(&self, future: Pin<Box<dyn Future<Output = ()> + '_>>) {
        future.run();
    }
}

#[test]
fn every_property_holds() {
    conformance::all(&Ureq);
}
