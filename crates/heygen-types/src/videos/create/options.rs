use crate::open_enum::open_enum;

open_enum! {
    /// The resolution of a video.
    VideoResolution {
        /// 2160 lines.
        FourK = "4k",
        /// 1080 lines.
        FullHd = "1080p",
        /// 720 lines.
        Hd = "720p",
    }
}

open_enum! {
    /// How the picture fills the frame.
    VideoFit {
        /// It is shown whole.
        Contain = "contain",
        /// It fills the frame and may be cut.
        Cover = "cover",
    }
}

open_enum! {
    /// How lively an avatar is.
    Expressiveness {
        /// Lively.
        High = "high",
        /// In between.
        Medium = "medium",
        /// Calm.
        Low = "low",
    }
}

open_enum! {
    /// The container of a video.
    OutputFormat {
        /// MP4.
        Mp4 = "mp4",
        /// WebM with a transparent background; no background can be set.
        Webm = "webm",
    }
}
