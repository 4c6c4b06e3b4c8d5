//! Bodies that can be sent any number of times.

use std::{io, sync::Arc};

use bytes::Bytes;

use super::RawBody;
use crate::{
    Body, Error, Fingerprint,
    client::Shared,
    multipart::MultipartFrame,
    source::Content,
    stream::{self, Reading, StreamPlan},
};

pub(super) enum PreparedBody {
    None,
    Json(Bytes),
    File {
        content: Content,
        fingerprint: Fingerprint,
        frame: MultipartFrame,
    },
}

impl PreparedBody {
    pub(super) async fn new(shared: &Shared, body: &RawBody) -> Result<Self, Error> {
        let (source, media_type) = match body {
            RawBody::None => return Ok(Self::None),
            RawBody::Json(json) => return Ok(Self::Json(json.clone())),
            RawBody::File(source, media_type) => (source, media_type),
        };
        let content = source.content.clone();
        let fingerprint = crate::blocking::run(&*shared.runtime, move || content.fingerprint())
            .await
            .unwrap_or_else(|| Err(io::Error::other("its reader stopped")))
            .map_err(Error::source_unreadable)?;
        let name = source.name().unwrap_or("upload.bin");
        let unique = shared.fresh_id()?.to_string();
        Ok(Self::File {
            content: source.content.clone(),
            fingerprint,
            frame: MultipartFrame::new(name, media_type, &unique),
        })
    }

    /// Opens the body for one attempt: its content type and bytes, and for a file what becomes of
    /// reading it.
    pub(super) fn open(&self, shared: &Shared) -> (Option<(&str, Body)>, Option<Arc<Reading>>) {
        match self {
            Self::None => (None, None),
            Self::Json(json) => (Some(("application/json", json.clone().into())), None),
            Self::File {
                content,
                fingerprint,
                frame,
            } => {
                let plan = StreamPlan {
                    is_exact: false,
                    content: content.clone(),
                    fingerprint: *fingerprint,
                    digest: None,
                    hash: false,
                    head: frame.head.clone(),
                    tail: frame.tail.clone(),
                    progress: Box::new(|_| {}),
                };
                let (body, reading) = stream::stream(Arc::clone(&shared.runtime), plan);
                (Some((&frame.content_type, body)), Some(reading))
            }
        }
    }
}
