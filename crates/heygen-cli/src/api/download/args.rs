use std::path::PathBuf;

use clap::{ArgGroup, Args, Command, ValueHint};

use crate::{
    api::verb::id,
    args::{HELP_TEMPLATE, TimeLimit},
};

/// `heygen-rs videos download`.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("what"))]
pub(crate) struct DownloadArgs {
    /// The video
    #[arg(value_name = "VIDEO_ID", value_parser = id)]
    pub(super) video_id: String,
    /// Where to put it, or - for standard output [default: the id in this folder]
    #[arg(short = 'o', long = "to", value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) to: Option<PathBuf>,
    /// The video with captions burnt in
    #[arg(long, group = "what")]
    captioned: bool,
    /// The subtitles
    #[arg(long, group = "what")]
    subtitle: bool,
    /// The animated preview
    #[arg(long, group = "what")]
    gif: bool,
    /// The still picture
    #[arg(long, group = "what")]
    thumbnail: bool,
    /// Replace a file that is there already; write to a terminal
    #[arg(long)]
    pub(super) force: bool,
    /// Wait until the video is made
    #[arg(long)]
    pub(super) wait: bool,
    /// How long to wait [default: 20m]
    #[arg(long, value_name = "TIME", requires = "wait")]
    pub(super) wait_timeout: Option<TimeLimit>,
}

impl DownloadArgs {
    pub(in crate::api) fn command() -> Command {
        Self::augment_args(Command::new("download"))
            .about("Download a video, its captions or its pictures")
            .before_help(EXAMPLES)
            .after_help(NOTES)
            .help_template(HELP_TEMPLATE)
    }

    /// Returns the field with the URL, and the extension of what is behind it.
    pub(super) const fn what(&self) -> (&'static str, &'static str) {
        if self.captioned {
            ("captioned_video_url", "mp4")
        } else if self.subtitle {
            ("subtitle_url", "srt")
        } else if self.gif {
            ("gif_url", "gif")
        } else if self.thumbnail {
            ("thumbnail_url", "jpg")
        } else {
            ("video_url", "mp4")
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  heygen-rs videos download video_4f2a
  heygen-rs videos download video_4f2a -o launch.mp4 --wait
  heygen-rs videos download video_4f2a --subtitle -o - | less";

const NOTES: &str = "\
GET /v3/videos/{video_id}
The file appears under its name when it is whole. Until then it is a hidden file beside it, which is
removed when the download fails or is interrupted. A link named with -o is followed and kept; a
device or a FIFO is written through. When the URL expires on the way, the record is read again, and
the download continues where it was.";
