use alloc::{borrow::Cow, format};

use crate::Invalid;

/// The longest id accepted. The API states no limit; this one keeps a mistaken file out of a URL.
pub(crate) const MAX_BYTES: usize = 256;

/// Defines types of ids. The table of operations lists them.
macro_rules! ids {
    ($($(#[doc = $doc:literal])+ $name:ident;)+) => {$(
        $(#[doc = $doc])+
        ///
        /// Ids are opaque: nothing may be read out of them. The text is checked only for what
        /// could change the meaning of a URL: it is not empty, not `.` or `..`, has at most 256
        /// bytes and holds no slash, backslash or control character.
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "alloc::string::String", into = "alloc::string::String")]
        pub struct $name(alloc::string::String);

        impl $name {
            /// Returns the id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<alloc::string::String> for $name {
            type Error = $crate::Invalid;

            fn try_from(text: alloc::string::String) -> Result<Self, $crate::Invalid> {
                $crate::id::check(stringify!($name), &text)?;
                Ok(Self(text))
            }
        }

        impl TryFrom<&str> for $name {
            type Error = $crate::Invalid;

            fn try_from(text: &str) -> Result<Self, $crate::Invalid> {
                Self::try_from(alloc::string::String::from(text))
            }
        }

        impl core::str::FromStr for $name {
            type Err = $crate::Invalid;

            fn from_str(text: &str) -> Result<Self, $crate::Invalid> {
                Self::try_from(text)
            }
        }

        impl From<$name> for alloc::string::String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )+};
}

pub(crate) use ids;

pub(crate) fn check(what: &'static str, text: &str) -> Result<(), Invalid> {
    let problem: Cow<'static, str> = if text.is_empty() {
        "is empty".into()
    } else if text.len() > MAX_BYTES {
        format!("has {} bytes, at most {MAX_BYTES} are accepted", text.len()).into()
    } else if let Some(bad) = text
        .chars()
        .find(|c| c.is_control() || matches!(c, '/' | '\\'))
    {
        format!("holds {bad:?}, which no id may").into()
    } else if matches!(text, "." | "..") {
        format!("is {text:?}, which would change the path of the request").into()
    } else {
        return Ok(());
    };
    Err(Invalid::new(what, problem))
}
