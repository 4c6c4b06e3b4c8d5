use heygen_client::{Client, Error, ErrorKind, RawRequest, types::Method};
use serde_json::{Map, Value};

use super::{ACCOUNT_IS_HIDDEN, account::Account};
use crate::{config::Connection, exit::Exit, failure::Failure, session::Session};

/// What the API says of a credential that it accepts.
pub(super) struct Checked {
    /// The description of the key: the data of `api_keys.self`. Sessions and older servers have none.
    key: Option<Map<String, Value>>,
    /// The account, unless the credential may not read it or it could not be read.
    account: Option<Account>,
    /// Why it could not be read. It says nothing of the key, which is known to be good by then.
    trouble: Option<String>,
}

impl Checked {
    /// Checks a credential. A session is checked by its account alone.
    ///
    /// Every valid key may call `api_keys.self`, while `users.me` requires a scope: a 403 there comes
    /// from a good key.
    pub(super) async fn fetch(connection: Connection, is_key: bool) -> Result<Self, Failure> {
        let session = Session::open(connection).await?;
        let checked = ask(&session.client, is_key).await;
        session.close().await;
        checked
    }

    pub(super) fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    /// Returns who was signed in: the account, else the key.
    pub(super) fn name(&self) -> String {
        match (&self.account, self.text("key_name")) {
            (Some(account), _) => format!("as {}", account.name()),
            (None, Some(name)) => format!("with the key {name}"),
            (None, None) => "with a credential that may not read its account".to_owned(),
        }
    }

    /// Says why there is no account.
    pub(super) fn note(&self) -> Option<String> {
        match (&self.account, &self.trouble) {
            (Some(_), _) => None,
            (None, None) => Some(ACCOUNT_IS_HIDDEN.to_owned()),
            (None, Some(trouble)) => Some(format!(
                "the key is valid, but its account could not be read: {trouble}"
            )),
        }
    }

    /// Returns what the key may do.
    pub(super) fn scopes(&self) -> Option<String> {
        let key = self.key.as_ref()?;
        match self.text("scope_mode") {
            Some("full") => return Some("everything".to_owned()),
            Some("read_only") => return Some("reading everything".to_owned()),
            _ => {}
        }
        let scopes = key.get("scopes")?.as_array()?;
        let scopes: Vec<&str> = scopes.iter().filter_map(Value::as_str).collect();
        Some(match scopes.is_empty() {
            true => "none".to_owned(),
            false => scopes.join(", "),
        })
    }

    /// Returns when the key expires.
    pub(super) fn expires(&self) -> Option<&str> {
        self.key.as_ref()?;
        Some(self.text("expires_at").unwrap_or("never"))
    }

    /// Returns what the official tool keeps of a user beside the credential.
    pub(super) fn user(&self) -> Map<String, Value> {
        self.account.as_ref().map(Account::user).unwrap_or_default()
    }

    /// Returns the answer about the account, whole, with the description of the key as the member
    /// `key`. Without an account, `data` is null.
    pub(super) fn into_answer(self) -> Map<String, Value> {
        let mut answer = match self.account {
            Some(account) => account.into_answer(),
            None => Map::from_iter([("data".to_owned(), Value::Null)]),
        };
        if let Some(key) = self.key {
            answer.insert("key".to_owned(), key.into());
        }
        answer
    }

    fn text(&self, name: &str) -> Option<&str> {
        let text = self.key.as_ref()?.get(name)?.as_str()?;
        Some(text).filter(|text| !text.is_empty())
    }
}

async fn ask(client: &Client, is_key: bool) -> Result<Checked, Failure> {
    let mut key = None;
    if is_key {
        key = match get(client, "/v3/api_keys/self").await {
            Ok(answer) => data(answer?),
            // An older server does not have the operation, and none should require a scope for it.
            Err(error) if error.status() == Some(404) => None,
            Err(error) if error.kind() == ErrorKind::InsufficientScope => None,
            Err(error) => return Err(Failure::of_client(&error)),
        };
    }
    let account = match get(client, "/v3/users/me").await {
        Ok(Ok(answer)) => Ok(Some(Account::new(answer))),
        Ok(Err(failure)) => Err(failure),
        Err(error) => match error.kind() {
            ErrorKind::InsufficientScope | ErrorKind::Permission => Ok(None),
            ErrorKind::Authentication => return Err(Failure::of_client(&error)),
            _ => Err(Failure::of_client(&error)),
        },
    };
    let (account, trouble) = match account {
        Ok(account) => (account, None),
        Err(failure) if key.is_some() => (None, Some(failure.message.clone())),
        Err(failure) => return Err(failure),
    };
    Ok(Checked {
        key,
        account,
        trouble,
    })
}

/// Asks for a resource. The inner failure is an answer that is not the API's.
async fn get(client: &Client, path: &str) -> Result<Result<Map<String, Value>, Failure>, Error> {
    let answer = client.send_raw(&RawRequest::new(Method::Get, path)).await?;
    let body: Option<Value> = serde_json::from_slice(&answer.body).ok();
    Ok(match body {
        Some(Value::Object(answer)) if answer.get("data").is_some_and(Value::is_object) => {
            Ok(answer)
        }
        _ => Err(Failure::new(
            Exit::Api,
            "protocol",
            "the server answered, but not as the HeyGen API does",
            "check --api-base and HEYGEN_API_BASE",
        )),
    })
}

fn data(mut answer: Map<String, Value>) -> Option<Map<String, Value>> {
    match answer.remove("data") {
        Some(Value::Object(data)) => Some(data),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn checked(key: Value) -> Checked {
        Checked {
            key: key.as_object().cloned(),
            account: None,
            trouble: None,
        }
    }

    #[test]
    fn scopes_are_shown_in_words_or_listed() {
        for (key, scopes) in [
            (
                json!({"scope_mode": "full", "scopes": ["*:*"]}),
                Some("everything"),
            ),
            (
                json!({"scope_mode": "read_only", "scopes": ["*:read"]}),
                Some("reading everything"),
            ),
            (
                json!({"scope_mode": "custom", "scopes": ["assets:write", "videos:read"]}),
                Some("assets:write, videos:read"),
            ),
            (json!({"scope_mode": "custom", "scopes": []}), Some("none")),
            (
                json!({"scope_mode": "a_mode_of_tomorrow", "scopes": ["x:read"]}),
                Some("x:read"),
            ),
            (json!({}), None),
            (json!(null), None),
        ] {
            assert_eq!(checked(key.clone()).scopes().as_deref(), scopes, "{key}");
        }
    }

    #[test]
    fn a_key_without_an_end_never_expires() {
        let end = json!({"expires_at": "2027-01-01T00:00:00Z"});
        assert_eq!(checked(end).expires(), Some("2027-01-01T00:00:00Z"));
        assert_eq!(
            checked(json!({"expires_at": null})).expires(),
            Some("never")
        );
        assert_eq!(checked(json!(null)).expires(), None);
    }
}
