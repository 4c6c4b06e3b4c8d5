//! The API keys that the emulator knows, and what each of them may do.

use std::{collections::BTreeSet, fmt, str::FromStr, time::Duration};

use heygen_types::{Invalid, table::OPERATIONS};
use http::HeaderMap;

use crate::{ApiKey, problem::Problem};

/// What an API key may do.
///
/// ```
/// use heygen_emulator::KeyScopes;
///
/// let scopes: KeyScopes = "assets:write,videos:read".parse()?;
/// assert!(scopes.allows("assets:read"), "writing includes reading");
/// assert!(!scopes.allows("videos:write"));
/// assert!(!KeyScopes::ReadOnly.allows("assets:write"));
/// # Ok::<(), heygen_types::Invalid>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyScopes {
    /// Everything: `*:*`.
    #[default]
    Full,
    /// Reading everything: `*:read`.
    ReadOnly,
    /// The listed scopes, such as `assets:write`.
    Custom(BTreeSet<String>),
}

impl KeyScopes {
    /// Returns the mode as the API names it: `full`, `read_only` or `custom`.
    #[must_use]
    pub const fn mode(&self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::ReadOnly => "read_only",
            Self::Custom(_) => "custom",
        }
    }

    /// Returns the scopes as the API lists them.
    #[must_use]
    pub fn list(&self) -> Vec<&str> {
        match self {
            Self::Full => vec!["*:*"],
            Self::ReadOnly => vec!["*:read"],
            Self::Custom(scopes) => scopes.iter().map(String::as_str).collect(),
        }
    }

    /// Returns whether a key with these scopes has the given one. Writing includes reading.
    #[must_use]
    pub fn allows(&self, scope: &str) -> bool {
        match (self, scope.split_once(':')) {
            (Self::Full, _) => true,
            (Self::ReadOnly, Some((_, access))) => access == "read",
            (Self::Custom(scopes), Some((resource, access))) => {
                let has = |access| {
                    ["*", resource]
                        .iter()
                        .any(|resource| scopes.contains(&format!("{resource}:{access}")))
                };
                has(access) || (access == "read" && has("write"))
            }
            (_, None) => false,
        }
    }
}

impl FromStr for KeyScopes {
    type Err = Invalid;

    /// Reads `full`, `read_only`, or scopes separated by commas. A scope is a resource that an
    /// operation names, with `:read` or `:write`; another one would refuse every request.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            "full" => return Ok(Self::Full),
            "read_only" => return Ok(Self::ReadOnly),
            _ => {}
        }
        let known = resources();
        let mut scopes = BTreeSet::new();
        for scope in text.split(',').map(str::trim) {
            let is_known = scope.split_once(':').is_some_and(|(resource, access)| {
                known.contains(resource) && matches!(access, "read" | "write")
            });
            if !is_known {
                let known: Vec<&str> = known.into_iter().collect();
                return Err(Invalid::new(
                    "scopes",
                    format!(
                        "{scope:?} is not a scope; write full, read_only, or RESOURCE:read and \
                         RESOURCE:write separated by commas, with the resources {}",
                        known.join(", ")
                    ),
                ));
            }
            scopes.insert(scope.to_owned());
        }
        Ok(Self::Custom(scopes))
    }
}

impl fmt::Display for KeyScopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Custom(scopes) => {
                for (position, scope) in scopes.iter().enumerate() {
                    let comma = if position == 0 { "" } else { "," };
                    write!(f, "{comma}{scope}")?;
                }
                Ok(())
            }
            mode => f.write_str(mode.mode()),
        }
    }
}

/// Returns the resources that the scopes of the operations name.
fn resources() -> BTreeSet<&'static str> {
    let operations = OPERATIONS.iter();
    operations
        .filter_map(|operation| operation.oauth_scope)
        .flat_map(str::split_whitespace)
        .filter_map(|scope| Some(scope.split_once(':')?.0))
        .collect()
}

/// The keys, the one of the settings first. None is ever removed but by a reset or a snapshot.
#[derive(Clone, Debug)]
pub(crate) struct Keys(Vec<Key>);

/// A key with what `api_keys.self` says of it.
#[derive(Clone, Debug)]
pub(crate) struct Key {
    pub(crate) api_key: ApiKey,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) scopes: KeyScopes,
    /// For the key of the settings, the time of its first use: a core knows no time before that.
    pub(crate) created_at: Option<Duration>,
    pub(crate) expires_at: Option<Duration>,
}

impl Keys {
    pub(crate) fn new(api_key: ApiKey, scopes: KeyScopes, expires_at: Option<Duration>) -> Self {
        Self(vec![Key {
            api_key,
            id: "emulated".to_owned(),
            name: "emulator".to_owned(),
            scopes,
            created_at: None,
            expires_at,
        }])
    }

    /// Returns the key of the settings.
    pub(crate) fn first(&self) -> &ApiKey {
        &self.0[0].api_key
    }

    /// Returns the key of the settings alone, as though it had never been used.
    pub(crate) fn reset(&self) -> Self {
        let mut first = self.0[0].clone();
        first.created_at = None;
        Self(vec![first])
    }

    pub(crate) fn add(&mut self, key: Key) {
        self.0.push(key);
    }

    pub(crate) fn count(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn get(&self, index: usize) -> &Key {
        &self.0[index]
    }

    /// Finds the key that a request carries, by its index.
    pub(crate) fn admit(&mut self, now: Duration, headers: &HeaderMap) -> Result<usize, Problem> {
        let mut keys = self.0.iter_mut().enumerate();
        let (index, key) = keys
            .find(|(_, key)| key.api_key.is_carried_by(headers))
            .ok_or_else(Problem::unauthorized)?;
        if key.expires_at.is_some_and(|end| end <= now) {
            return Err(Problem::unauthorized().with_message("the API key has expired"));
        }
        key.created_at.get_or_insert(now);
        Ok(index)
    }
}

impl Key {
    /// Refuses an operation that needs a scope which the key lacks. `needed` is what the table says:
    /// scopes separated by spaces, nothing for an operation that every valid key may call.
    pub(crate) fn check_scope(&self, needed: Option<&str>) -> Result<(), Problem> {
        let mut needed = needed.unwrap_or_default().split_whitespace();
        match needed.find(|scope| !self.scopes.allows(scope)) {
            None => Ok(()),
            Some(scope) => Err(Problem::forbidden(
                "insufficient_api_key_scope",
                &format!(
                    "this API key does not have the permission that the operation needs. Required \
                     scope: {scope}."
                ),
            )),
        }
    }
}
