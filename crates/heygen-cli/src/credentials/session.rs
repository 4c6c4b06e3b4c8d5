use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

/// A session that the official tool keeps in the file.
pub(crate) struct OAuthSession<'a> {
    access_token: Option<&'a str>,
    /// `None` when the file does not say it, in which case the token is worth a try.
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) scope: Option<&'a str>,
}

impl<'a> OAuthSession<'a> {
    pub(super) fn new(member: &'a Value) -> Option<Self> {
        let text = |name: &str| {
            let text = member.get(name)?.as_str()?;
            Some(text).filter(|text| !text.is_empty())
        };
        let access_token = text("access_token");
        if access_token.is_none() && text("refresh_token").is_none() {
            return None;
        }
        Some(Self {
            access_token,
            expires_at: text("expires_at").and_then(|time| time.parse().ok()),
            scope: text("scope"),
        })
    }

    /// Returns the token, unless it has expired or is about to.
    pub(crate) fn token(&self, now: Timestamp) -> Option<&'a str> {
        let is_over = |end: Timestamp| {
            // A difference that is out of range is no short one.
            now.checked_add(LEEWAY).is_ok_and(|soon| soon >= end)
        };
        self.access_token
            .filter(|_| !self.expires_at.is_some_and(is_over))
    }
}

/// How long before its end a token is given up, as the official tool does it.
const LEEWAY: Duration = Duration::from_secs(60);

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn token<'a>(member: &'a Value, now: &str) -> Option<&'a str> {
        OAuthSession::new(member)
            .unwrap()
            .token(now.parse().unwrap())
    }

    #[test]
    fn a_token_is_used_until_a_minute_before_its_end() {
        let member = json!({"access_token": "t", "expires_at": "2026-01-01T00:01:00Z"});
        assert_eq!(token(&member, "2025-12-31T23:59:59.999Z"), Some("t"));
        assert_eq!(token(&member, "2026-01-01T00:00:00Z"), None);
        assert_eq!(token(&member, "2027-01-01T00:00:00Z"), None);
        let offset = json!({"access_token": "t", "expires_at": "2026-01-01T02:01:00+02:00"});
        assert_eq!(token(&offset, "2026-01-01T00:00:00Z"), None);
    }

    #[test]
    fn a_token_without_a_known_end_is_worth_a_try() {
        for member in [
            json!({"access_token": "t"}),
            json!({"access_token": "t", "expires_at": "soon"}),
            json!({"access_token": "t", "expires_at": 5}),
        ] {
            assert_eq!(token(&member, "2026-01-01T00:00:00Z"), Some("t"));
        }
    }

    #[test]
    fn what_holds_no_token_is_no_session() {
        for member in [
            json!({}),
            json!(null),
            json!({"access_token": ""}),
            json!("t"),
        ] {
            assert!(OAuthSession::new(&member).is_none(), "{member}");
        }
        let refresh_only = json!({"refresh_token": "r", "access_token": ""});
        assert_eq!(token(&refresh_only, "2026-01-01T00:00:00Z"), None);
    }
}
