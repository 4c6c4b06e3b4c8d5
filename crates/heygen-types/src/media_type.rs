use crate::open_enum::open_enum;

open_enum! {
    /// A media type, in the words that the API uses.
    ///
    /// Other names of the same type (`audio/x-wav`, `image/jpg`, …) are read as the API's word.
    MediaType {
        /// PNG image.
        Png = "image/png",
        /// JPEG image.
        Jpeg = "image/jpeg" | "image/jpg" | "image/pjpeg",
        /// MP4 video.
        Mp4 = "video/mp4" | "video/x-m4v",
        /// WebM video.
        Webm = "video/webm",
        /// MP3 audio.
        Mp3 = "audio/mpeg" | "audio/mp3" | "audio/x-mp3" | "audio/x-mpeg" | "audio/mpeg3",
        /// WAV audio.
        Wav = "audio/wav" | "audio/x-wav" | "audio/wave" | "audio/vnd.wave",
        /// PDF document.
        Pdf = "application/pdf" | "application/x-pdf",
        /// SubRip subtitles.
        Srt = "application/x-subrip" | "text/srt" | "text/x-srt" | "application/srt",
        /// ZIP archive, for rendering projects.
        Zip = "application/zip" | "application/x-zip-compressed" | "application/x-zip",
    }
}

impl MediaType {
    /// Every type that an upload accepts by one route or the other.
    pub const ACCEPTED: &'static [Self] = &[
        Self::Png,
        Self::Jpeg,
        Self::Mp4,
        Self::Webm,
        Self::Mp3,
        Self::Wav,
        Self::Pdf,
        Self::Srt,
        Self::Zip,
    ];

    /// Tells whether `POST /v3/assets` takes files of this type.
    ///
    /// ZIP archives are taken by direct upload only. SRT files were refused by older servers: the
    /// server decides.
    #[must_use]
    pub const fn is_accepted_in_single_request(&self) -> bool {
        !matches!(self, Self::Zip | Self::Unknown(_))
    }

    /// Tells whether `POST /v3/assets/direct-uploads` takes files of this type.
    #[must_use]
    pub const fn is_accepted_in_direct_upload(&self) -> bool {
        !matches!(self, Self::Unknown(_))
    }

    /// Returns the usual file extension, without the dot, of a known type.
    #[must_use]
    pub const fn extension(&self) -> Option<&'static str> {
        Some(match self {
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Pdf => "pdf",
            Self::Srt => "srt",
            Self::Zip => "zip",
            Self::Unknown(_) => return None,
        })
    }
}
