use std::sync::Arc;

use crate::{
    connection::{Answer, Connection},
    head::Form,
    pool::{Key, Pool},
    progress::Progress,
    upload::{Outgoing, Upload},
};

/// A connection on loan to one request.
///
/// Dropping it ends the request: an HTTP/1.1 connection closes, an HTTP/2 stream is reset.
pub(crate) struct Lease {
    connection: Option<Connection>,
    pool: Pool,
    key: Key,
    progress: Arc<Progress>,
    upload: Option<Arc<Upload>>,
    is_reused: bool,
}

impl Lease {
    pub(crate) fn new(connection: Connection, pool: Pool, key: Key, is_reused: bool) -> Self {
        Self {
            progress: connection.progress(),
            connection: Some(connection),
            pool,
            key,
            upload: None,
            is_reused,
        }
    }

    pub(crate) fn is_reused(&self) -> bool {
        self.is_reused
    }

    pub(crate) fn progress(&self) -> &Arc<Progress> {
        &self.progress
    }

    pub(crate) fn form(&self) -> &Form {
        self.connection().form()
    }

    pub(crate) fn is_http2(&self) -> bool {
        self.connection().is_http2()
    }

    /// Hands the request to the connection.
    pub(crate) fn send(&mut self, request: http::Request<Outgoing>, upload: Arc<Upload>) -> Answer {
        self.upload = Some(upload);
        self.connection
            .as_mut()
            .expect("a lease has its connection until it ends")
            .send(request)
    }

    /// Ends the lease after the whole response. The connection is kept if the whole request went
    /// out as well.
    pub(crate) fn finish(mut self) {
        let is_whole = self.is_http2() || self.progress.sent_at().is_some();
        if let Some(connection) = self.connection.take_if(|_| is_whole) {
            self.pool.keep(&self.key, connection);
        }
    }

    /// Ends the lease of a connection that does not answer any more.
    pub(crate) fn give_up(self) {
        if self.is_http2() {
            self.pool.forget(&self.key);
        }
    }

    /// Has later requests to the same server use HTTP/1.1.
    pub(crate) fn refuse_http2(&self) {
        self.pool.refuse_http2(&self.key);
    }

    fn connection(&self) -> &Connection {
        self.connection
            .as_ref()
            .expect("a lease has its connection until it ends")
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Some(upload) = &self.upload {
            upload.abandon();
        }
    }
}
