use std::sync::Arc;

use heygen_client::{AccessToken, ApiKey, Credential, TokenFuture, TokenProvider};
use jiff::Timestamp;

/// A credential that can be used.
#[derive(Clone, Debug)]
pub(crate) enum Found {
    /// An API key.
    ApiKey(ApiKey),
    /// A session of the official tool.
    Session(Session),
}

/// A session of the official tool, with its token. It is used as it is: renewing it would take the
/// official tool's own name towards the server, and a renewed token that gets lost on its way back
/// into the shared file would end the session for both.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    pub(crate) token: AccessToken,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) scope: Option<String>,
    /// Whose it is, where the file says it: unlike the token it stays the same.
    pub(crate) user: Option<String>,
}

impl From<Found> for Credential {
    fn from(found: Found) -> Self {
        match found {
            Found::ApiKey(key) => Self::ApiKey(key),
            Found::Session(session) => Self::Bearer(Arc::new(OneToken {
                token: session.token,
                user: session.user,
            })),
        }
    }
}

struct OneToken {
    token: AccessToken,
    user: Option<String>,
}

impl TokenProvider for OneToken {
    fn token(&self) -> TokenFuture<'_, AccessToken> {
        Box::pin(async { Ok(self.token.clone()) })
    }

    fn refresh(&self) -> TokenFuture<'_, ()> {
        Box::pin(async {
            Err(format!("the session of the official tool has ended: {RENEW}").into())
        })
    }

    fn account(&self) -> Option<String> {
        self.user.clone()
    }
}

/// What to do about a session that has ended.
pub(super) const RENEW: &str =
    "sign in again with the official tool, or store a key with `heygen-rs auth login`";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_of_a_session_is_its_user_and_not_its_token() {
        let session = |token: &str| {
            let found = Found::Session(Session {
                token: token.parse().unwrap(),
                expires_at: None,
                scope: None,
                user: Some("s@x.example".to_owned()),
            });
            let Credential::Bearer(provider) = Credential::from(found) else {
                panic!("a session has a token")
            };
            provider.account()
        };
        assert_eq!(session("a"), session("b"));
        assert_eq!(session("a").as_deref(), Some("s@x.example"));
    }
}
