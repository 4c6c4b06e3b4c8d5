use crate::open_enum::open_enum;

open_enum! {
    /// Where an asset stands, from upload to background work.
    ItemStatus {
        /// A place for the bytes exists, the bytes do not.
        PendingUpload = "pending_upload",
        /// The bytes wait for background work.
        Queued = "queued",
        /// Background work is under way. The upload itself is finished.
        Processing = "processing",
        /// Background work is done.
        Completed = "completed",
        /// Background work failed.
        Failed = "failed",
        /// The id is not known; the statuses list says this in place of a 404.
        NotFound = "not_found",
    }
}

open_enum! {
    /// Where a batch stands.
    BatchStatus {
        /// Some items are still being worked on.
        Processing = "processing",
        /// Every item has ended.
        Completed = "completed",
        /// The batch failed.
        Failed = "failed",
    }
}
