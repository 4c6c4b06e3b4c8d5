use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{Invalid, Json};

/// One operation of the API, described as data.
///
/// The value holds the request; the associated constants say how it travels. Turning this into an
/// HTTP request is the work of `heygen-client`, or of any other stack.
///
/// ```
/// use heygen_types::{Method, Operation, assets::GetAsset};
///
/// let operation = GetAsset::new("asset_0123".parse()?);
/// assert_eq!(GetAsset::METHOD, Method::Get);
/// assert_eq!(operation.path(), "/v3/assets/asset_0123");
/// # Ok::<(), heygen_types::Invalid>(())
/// ```
pub trait Operation {
    /// The name of the operation in the API's own words, such as `assets.direct_uploads.create`.
    const ID: &'static str;
    /// The HTTP method.
    const METHOD: Method;
    /// The path with its parameters in braces, such as `/v3/assets/{asset_id}`.
    const PATH: &'static str;
    /// How the body is encoded.
    const ENCODING: BodyEncoding = BodyEncoding::None;
    /// Whether the operation declares the `Idempotency-Key` header. Without it a POST that may
    /// have been carried out must not be repeated blindly.
    const IDEMPOTENCY_KEY: bool = false;
    /// The field of the body that does the work of `Idempotency-Key`, for an operation that has it
    /// there. Whoever sends the operation fills it in, the same on every retry, unless it is set.
    const BODY_KEY: Option<&'static str> = None;
    /// The statuses of 500 and above that mean, in the words of the API, that the operation was not
    /// carried out: it can be sent again after them, also without a key.
    const NOT_CARRIED_OUT: &'static [u16] = &[];
    /// What the response is wrapped in.
    const ENVELOPE: Envelope = Envelope::Data;
    /// The status of success as declared. A replayed response may come as 200 instead.
    const STATUS: u16 = 200;

    /// The JSON body, [`NoBody`] when there is none.
    type Body: Serialize + DeserializeOwned;
    /// What a successful call gives, taken out of its envelope; for [`Envelope::Stream`] one event.
    type Response: Serialize + DeserializeOwned;

    /// Returns the body.
    fn body(&self) -> &Self::Body;

    /// Returns the path parameters in the order in which [`PATH`](Self::PATH) names them, not
    /// escaped.
    fn path_params(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Returns the query parameters that are set, not escaped.
    fn query(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }

    /// Checks the limits that the API documents, so that a request which would be refused is
    /// never sent.
    ///
    /// # Errors
    ///
    /// Names the first field that is outside its limits, what was given and the limit.
    fn validate(&self) -> Result<(), Invalid> {
        Self::validate_body(self.body())
    }

    /// Checks the limits of a body by itself, for programs that have the body and no operation.
    ///
    /// # Errors
    ///
    /// As for [`validate`](Self::validate).
    fn validate_body(_body: &Self::Body) -> Result<(), Invalid> {
        Ok(())
    }

    /// Returns the path with its parameters filled in and percent-encoded.
    fn path(&self) -> String {
        fill_path(Self::PATH, &self.path_params())
    }
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[non_exhaustive]
pub enum Method {
    /// GET
    Get,
    /// POST
    Post,
    /// PUT
    Put,
    /// PATCH
    Patch,
    /// DELETE
    Delete,
}

impl Method {
    /// Returns the method as it stands in a request line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Tells whether repeating the request cannot change more than sending it once.
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        matches!(self, Self::Get | Self::Put | Self::Delete)
    }
}

/// How the body of a request is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyEncoding {
    /// There is no body.
    None,
    /// The body is JSON.
    Json,
    /// The body is `multipart/form-data` with one part named `file`; the bytes are not part of
    /// the operation.
    Multipart,
}

/// What a successful response is wrapped in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Envelope {
    /// `{"data": …}`: the response type is what stands under `data`.
    Data,
    /// `{"data": […], "has_more": …, "next_token": …}`: the response type is the whole, a
    /// [`Page`](crate::Page).
    List,
    /// `text/event-stream`: the data of each event is a response type by itself, and the data of the
    /// last one is `[DONE]`. Such an operation is [`Streamed`].
    Stream,
}

/// An operation whose response is a stream of events.
pub trait Streamed: Operation {
    /// Reads the data of one event. An event of an unknown kind is kept as it is; in one of a known
    /// kind what is missing or odd is made up for, as [`Json::decode_answer`] does.
    ///
    /// # Errors
    ///
    /// Names the first member that could not be read, when it has no substitute.
    fn event(value: &Json) -> Result<Self::Response, Invalid>;

    /// Returns the reason, in words, when an event says that the server could not finish the stream.
    fn failure(_event: &Self::Response) -> Option<&str> {
        None
    }
}

/// The body of an operation that has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct NoBody;

impl NoBody {
    /// The only value, for `Operation::body`.
    pub const NONE: &'static Self = &Self;
}

/// Returns a query parameter, if it is set.
pub(crate) fn query_value(
    name: &'static str,
    value: Option<&impl ToString>,
) -> Option<(&'static str, String)> {
    value.map(|value| (name, value.to_string()))
}

/// Returns a query parameter that takes several ids, separated by commas, if there are any.
pub(crate) fn query_list<I: AsRef<str>>(
    name: &'static str,
    ids: &[I],
) -> Option<(&'static str, String)> {
    let ids: Vec<&str> = ids.iter().map(AsRef::as_ref).collect();
    (!ids.is_empty()).then(|| (name, ids.join(",")))
}

/// Fills `{…}` places of a template with percent-encoded values.
pub(crate) fn fill_path(template: &str, params: &[&str]) -> String {
    let mut path = String::with_capacity(template.len() + 32);
    let mut params = params.iter();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        path.push_str(before);
        let (_name, after) = after
            .split_once('}')
            .expect("a path template closes every brace it opens");
        let value = params
            .next()
            .expect("an operation gives one value per path parameter");
        push_encoded(&mut path, value);
        rest = after;
    }
    path.push_str(rest);
    path
}

/// Percent-encodes everything but the unreserved characters of RFC 3986.
fn push_encoded(path: &mut String, value: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            path.push(char::from(byte));
        } else {
            path.push('%');
            path.push(char::from(HEX[usize::from(byte >> 4)]));
            path.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}
