use alloc::{
    borrow::Cow,
    collections::BTreeMap,
    string::{String, ToString as _},
};

use serde::{Deserialize, Serialize};

use crate::{Json, VideoId};

/// The payload of [`avatar_video.fail`](crate::webhooks::EventType::AvatarVideoFail): a video could not
/// be made. The event of a GIF has the same fields.
///
/// Older documentation puts the reason into [`msg`](Self::msg), and receivers look in other fields
/// as well. Every other field is therefore kept in [`more`](Self::more), and
/// [`reason`](Self::reason) and [`code`](Self::code) look in all places where receivers have found it.
///
/// ```
/// use heygen_types::webhooks::AvatarVideoFail;
///
/// let text = r#"{"video_id":"v1","error":{"code":"MOVIO_PAYMENT","message":"no credits left"}}"#;
/// let fail: AvatarVideoFail = serde_json::from_str(text)?;
/// assert_eq!(fail.reason(), Some("no credits left"));
/// assert_eq!(fail.code().as_deref(), Some("MOVIO_PAYMENT"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct AvatarVideoFail {
    /// The video.
    pub video_id: VideoId,
    /// The reason in words, by older documentation. Prefer [`reason`](Self::reason).
    #[serde(default)]
    pub msg: Option<String>,
    /// The text that the request for the video gave, unchanged.
    #[serde(default)]
    pub callback_id: Option<String>,
    /// Every other field, as it came.
    #[serde(flatten)]
    pub more: BTreeMap<String, Json>,
}

impl AvatarVideoFail {
    /// The fields in which receivers have found the reason in words, the most telling first. The
    /// last may also hold it as its member `message`.
    pub const REASON_FIELDS: [&'static str; 5] = [
        "failure_message",
        "error_message",
        "message",
        "msg",
        "error",
    ];

    /// The fields in which receivers have found the reason as a code. The last has it as its
    /// member `code`.
    pub const CODE_FIELDS: [&'static str; 3] = ["failure_code", "error_code", "error"];

    /// Creates a payload with its required fields; all optional fields are empty.
    #[must_use]
    pub const fn new(video_id: VideoId) -> Self {
        Self {
            video_id,
            msg: None,
            callback_id: None,
            more: BTreeMap::new(),
        }
    }

    /// Returns why there is no video, in words, if any of the known fields says so.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        Self::REASON_FIELDS.into_iter().find_map(|name| {
            let text = match name {
                "msg" => self.msg.as_deref(),
                _ => self.more.get(name).and_then(|value| {
                    let text = value.as_str();
                    text.or_else(|| value.member("message")?.as_str())
                }),
            };
            text.filter(|text| !text.is_empty())
        })
    }

    /// Returns why there is no video, as a code, if any of the known fields has one. Codes that
    /// are numbers are given as text.
    #[must_use]
    pub fn code(&self) -> Option<Cow<'_, str>> {
        Self::CODE_FIELDS.into_iter().find_map(|name| {
            let value = self.more.get(name)?;
            // What stands in `error` itself is a sentence.
            let code = if name == "error" {
                value.member("code")?
            } else {
                value
            };
            match code {
                Json::String(text) if !text.is_empty() => Some(text.as_str().into()),
                Json::Unsigned(number) => Some(number.to_string().into()),
                Json::Integer(number) => Some(number.to_string().into()),
                _ => None,
            }
        })
    }
}
