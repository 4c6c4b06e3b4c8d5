use std::path::{Path, PathBuf};

use heygen_types::{AssetId, AssetInput, AssetLink, Invalid, Url};

use crate::Source;

/// A file for an operation that takes an uploaded asset, a URL, or the bytes: an asset, a URL, or
/// a local file that is uploaded first.
///
/// A text is a **path** here. One that looks like a URL is refused when the request is awaited:
/// say [`FileInput::url`] for a URL.
///
/// ```
/// use heygen_client::{FileInput, Source};
/// # use heygen_client::types::AssetId;
///
/// let local = FileInput::from("report.pdf");
/// let bytes = FileInput::from(Source::bytes("dot.png", &b"\x89PNG\r\n\x1a\n"[..]));
/// let uploaded = FileInput::from("asset_1".parse::<AssetId>()?);
/// let remote = FileInput::url("https://files.example/report.pdf")?;
/// let in_the_request = FileInput::inline("dot.png");
/// # Ok::<(), heygen_client::types::Invalid>(())
/// ```
#[derive(Clone, Debug)]
pub struct FileInput(pub(super) Input);

#[derive(Clone, Debug)]
pub(super) enum Input {
    Link(Link),
    Inline(Source),
    /// What the request takes as it is.
    Ready(AssetInput),
}

/// A file for an operation that refuses base64: an uploaded asset, a URL, or a local file that is
/// uploaded first.
///
/// As with [`FileInput`] a text is a path. There is no way to send the bytes inside the request:
///
/// ```compile_fail,E0277
/// use heygen_client::{Client, FileInput};
/// fn sync(client: &Client) {
///     client.lipsyncs().create(FileInput::inline("a.mp4"), "b.mp3");
/// }
/// ```
#[derive(Clone, Debug)]
pub struct FileLink(pub(super) Link);

#[derive(Clone, Debug)]
pub(super) enum Link {
    Asset(AssetId),
    Url(Url),
    Local(Source),
}

impl FileInput {
    /// Refers to a file that HeyGen fetches itself.
    ///
    /// # Errors
    ///
    /// When the text is not an absolute `http` or `https` URL.
    pub fn url(url: &str) -> Result<Self, Invalid> {
        url.parse::<Url>().map(Self::from)
    }

    /// Sends the bytes of a local file inside the request, as base64: for small files, about a
    /// third larger on the wire. Nothing is uploaded then.
    pub fn inline(file: impl Into<Source>) -> Self {
        Self(Input::Inline(file.into()))
    }
}

impl FileLink {
    /// Refers to a file that HeyGen fetches itself.
    ///
    /// # Errors
    ///
    /// When the text is not an absolute `http` or `https` URL.
    pub fn url(url: &str) -> Result<Self, Invalid> {
        url.parse::<Url>().map(Self::from)
    }
}

impl From<FileLink> for FileInput {
    fn from(file: FileLink) -> Self {
        Self(Input::Link(file.0))
    }
}

impl From<AssetInput> for FileInput {
    fn from(input: AssetInput) -> Self {
        Self(Input::Ready(input))
    }
}

/// Whatever is a link is an input too.
macro_rules! from {
    ($($type:ty => |$value:ident| $link:expr;)+) => {$(
        impl From<$type> for FileLink {
            fn from($value: $type) -> Self {
                Self($link)
            }
        }

        impl From<$type> for FileInput {
            fn from(value: $type) -> Self {
                FileLink::from(value).into()
            }
        }
    )+};
}

from! {
    AssetId => |id| Link::Asset(id);
    Url => |url| Link::Url(url);
    AssetLink => |link| link.either(Link::Asset, Link::Url);
    Source => |source| Link::Local(source);
    PathBuf => |path| Link::Local(path.into());
    &Path => |path| Link::Local(path.into());
    &str => |path| Link::Local(path.into());
    String => |path| Link::Local(Source::path(path));
}
