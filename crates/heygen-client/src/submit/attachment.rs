//! A file, where it goes in a request, and what stands there until the file does.

use heygen_types::{AssetId, AssetInput, AssetLink, Operation, Url};

use super::{PartOf, input::Link};
use crate::Source;

/// A file, and what puts it into the request.
pub(super) enum Attachment<O> {
    Link(Link, Place<O, FileRef>),
    Inline(Source, Place<O, AssetInput>),
    Ready(AssetInput, Place<O, AssetInput>),
    /// No file, but something that has to happen between two files.
    Step(Place<O, ()>),
}

/// What puts a file into a request. It is called twice: on a copy whose limits are checked before
/// anything is uploaded, and on the request itself.
pub(super) type Place<O, T> = Box<dyn Fn(&mut O, T) + Send>;

/// Turns what puts a file into a part of a request into what puts it into the whole.
pub(super) fn whole<O, R: PartOf<O>, T>(place: impl Fn(&mut R, T) + Send + 'static) -> Place<O, T> {
    Box::new(move |request, file| place(R::part_of(request), file))
}

/// What a file is by the time the request is sent, where base64 is not taken.
pub(crate) enum FileRef {
    Asset(AssetId),
    Url(Url),
}

impl From<FileRef> for AssetLink {
    fn from(file: FileRef) -> Self {
        match file {
            FileRef::Asset(asset_id) => Self::asset(asset_id),
            FileRef::Url(url) => Self::url(url),
        }
    }
}

impl From<FileRef> for AssetInput {
    fn from(file: FileRef) -> Self {
        AssetLink::from(file).into()
    }
}

/// Stands in the place of a file until the file is there. A request is never sent with it.
pub(crate) fn stand_in<T: From<AssetId>>() -> T {
    let id: AssetId = "yet_to_be_uploaded".parse().expect("a word is an id");
    id.into()
}

impl<O: Operation + 'static> Attachment<O> {
    /// Puts something into a request by which its limits can be checked.
    pub(super) fn put_stand_in(&self, request: &mut O) {
        match self {
            Self::Link(link, place) => place(
                request,
                match link {
                    Link::Asset(asset_id) => FileRef::Asset(asset_id.clone()),
                    Link::Url(url) => FileRef::Url(url.clone()),
                    Link::Local(_) => FileRef::Asset(stand_in()),
                },
            ),
            Self::Inline(_, place) => place(request, stand_in()),
            Self::Ready(input, place) => place(request, input.clone()),
            Self::Step(place) => place(request, ()),
        }
    }

    /// Makes the file one of a larger request that contains this one.
    pub(super) fn within<W: 'static>(
        self,
        find: impl Fn(&mut W) -> Option<&mut O> + Send + 'static,
    ) -> Attachment<W> {
        fn widen<W: 'static, O: 'static, T: 'static>(
            place: Place<O, T>,
            find: impl Fn(&mut W) -> Option<&mut O> + Send + 'static,
        ) -> Place<W, T> {
            Box::new(move |request, file| {
                if let Some(part) = find(request) {
                    place(part, file);
                }
            })
        }
        match self {
            Self::Link(link, place) => Attachment::Link(link, widen(place, find)),
            Self::Inline(source, place) => Attachment::Inline(source, widen(place, find)),
            Self::Ready(input, place) => Attachment::Ready(input, widen(place, find)),
            Self::Step(place) => Attachment::Step(widen(place, find)),
        }
    }
}
