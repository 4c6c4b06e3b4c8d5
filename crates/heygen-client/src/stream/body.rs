use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use heygen_types::Sha256Digest;
use http_body::{Body as HttpBody, Frame, SizeHint};

use super::{Reading, SourceFault, read::Blocks};
use crate::{Body, BodyError, Fingerprint, Runtime, source::Content};

/// How a source goes into a request.
pub(crate) struct StreamPlan {
    pub(crate) content: Content,
    pub(crate) fingerprint: Fingerprint,
    /// Whether what is opened has to be what was looked at beyond doubt.
    pub(crate) is_exact: bool,
    /// Whether to hash on the way.
    pub(crate) hash: bool,
    /// The digest that a source which is hashed has to have, where that is known: else its last block
    /// is not handed over.
    pub(crate) digest: Option<Sha256Digest>,
    /// What goes before the source.
    pub(crate) head: Bytes,
    /// What goes after it.
    pub(crate) tail: Bytes,
    /// Told how many bytes of the source the transport has taken.
    pub(crate) progress: Box<dyn FnMut(u64) + Send>,
}

/// Makes a body of a source. Nothing is read before the transport asks for the first byte: a
/// request that is refused on its head costs no reading.
pub(crate) fn stream(runtime: Arc<dyn Runtime>, plan: StreamPlan) -> (Body, Arc<Reading>) {
    let reading = Arc::new(Reading::new(plan.fingerprint.size_bytes, plan.digest));
    let left = plan.head.len() as u64 + plan.fingerprint.size_bytes + plan.tail.len() as u64;
    let body = SourceBody {
        runtime,
        plan,
        left,
        blocks: None,
        reading: Arc::clone(&reading),
    };
    (Body::stream(body), reading)
}

struct SourceBody {
    runtime: Arc<dyn Runtime>,
    plan: StreamPlan,
    left: u64,
    blocks: Option<Blocks>,
    reading: Arc<Reading>,
}

impl HttpBody for SourceBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let this = &mut *self;
        let data = if !this.plan.head.is_empty() {
            std::mem::take(&mut this.plan.head)
        } else if !this.reading.is_handed_over() {
            match ready!(this.poll_block(cx)) {
                Ok(block) => block,
                Err(fault) => {
                    let error = BodyError::new(fault.to_string());
                    this.reading.set_fault(fault);
                    return Poll::Ready(Some(Err(error)));
                }
            }
        } else if !this.plan.tail.is_empty() {
            std::mem::take(&mut this.plan.tail)
        } else {
            return Poll::Ready(None);
        };
        this.left -= data.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

impl SourceBody {
    fn poll_block(&mut self, cx: &mut Context<'_>) -> Poll<Result<Bytes, SourceFault>> {
        let blocks = self.blocks.get_or_insert_with(|| {
            Blocks::new(
                Arc::clone(&self.runtime),
                self.plan.content.clone(),
                self.plan.fingerprint,
                self.plan.is_exact,
                self.plan.hash.then(|| Arc::clone(&self.reading)),
            )
        });
        let block = ready!(blocks.poll_next(cx))?;
        let handed_over = self.reading.add_handed_over(block.len());
        (self.plan.progress)(handed_over);
        Poll::Ready(Ok(block))
    }
}
