use std::{error::Error as StdError, fmt, future::Future, pin::Pin, str::FromStr, sync::Arc};

use http::{HeaderMap, HeaderValue, header::AUTHORIZATION};
use secrecy::{ExposeSecret as _, SecretString};

use heygen_types::Invalid;

use crate::{AccountId, BaseUrl};

/// The secret that says who is calling. It goes to the API and nowhere else; `Debug` hides it.
#[derive(Clone)]
#[non_exhaustive]
pub enum Credential {
    /// An API key, billed to the API wallet.
    ApiKey(ApiKey),
    /// OAuth access tokens, billed to the web plan.
    Bearer(Arc<dyn TokenProvider>),
}

impl Credential {
    pub(crate) fn can_refresh(&self) -> bool {
        matches!(self, Self::Bearer(_))
    }

    /// Adds the one header that this credential has.
    pub(crate) async fn add_to(&self, headers: &mut HeaderMap) -> Result<(), CredentialError> {
        match self {
            Self::ApiKey(key) => {
                headers.insert("x-api-key", secret_value(key.0.expose_secret())?);
            }
            Self::Bearer(provider) => {
                let token = provider.token().await.map_err(CredentialError)?;
                let value = format!("Bearer {}", token.0.expose_secret());
                headers.insert(AUTHORIZATION, secret_value(&value)?);
            }
        }
        Ok(())
    }

    /// Returns whose credential it is, without telling the credential.
    pub(crate) async fn account(&self, base_url: &BaseUrl) -> Result<AccountId, CredentialError> {
        match self {
            Self::ApiKey(key) => Ok(AccountId::of(base_url, "key", key.0.expose_secret())),
            Self::Bearer(provider) => match provider.account() {
                Some(name) => Ok(AccountId::of(base_url, "name", &name)),
                None => {
                    let token = provider.token().await.map_err(CredentialError)?;
                    Ok(AccountId::of(base_url, "token", token.0.expose_secret()))
                }
            },
        }
    }

    pub(crate) async fn refresh(&self) -> Result<(), CredentialError> {
        match self {
            Self::ApiKey(_) => Err(CredentialError("an API key cannot be refreshed".into())),
            Self::Bearer(provider) => provider.refresh().await.map_err(CredentialError),
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ApiKey(_) => "ApiKey(hidden)",
            Self::Bearer(_) => "Bearer(hidden)",
        })
    }
}

impl From<ApiKey> for Credential {
    fn from(key: ApiKey) -> Self {
        Self::ApiKey(key)
    }
}

/// An API key. `Debug` hides it, and there is no way to read it back.
#[derive(Clone)]
pub struct ApiKey(SecretString);

impl FromStr for ApiKey {
    type Err = Invalid;

    /// Takes a key of visible ASCII characters. The message of the error never contains the key.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        check_secret("API key", text)?;
        Ok(Self(SecretString::from(text)))
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(hidden)")
    }
}

/// An OAuth access token. `Debug` hides it.
#[derive(Clone)]
pub struct AccessToken(SecretString);

impl FromStr for AccessToken {
    type Err = Invalid;

    /// Takes a token of visible ASCII characters. The message of the error never contains it.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        check_secret("access token", text)?;
        Ok(Self(SecretString::from(text)))
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(hidden)")
    }
}

/// What a [`TokenProvider`] gives, sooner or later.
pub type TokenFuture<'a, T> =
    Pin<Box<dyn Future<Output = Result<T, Box<dyn StdError + Send + Sync>>> + Send + 'a>>;

/// Where OAuth access tokens come from.
pub trait TokenProvider: Send + Sync + 'static {
    /// Returns the token to use now.
    fn token(&self) -> TokenFuture<'_, AccessToken>;

    /// Fetches another token after the API refused the last one. Asked at most once per request.
    fn refresh(&self) -> TokenFuture<'_, ()>;

    /// Returns something that stays the same for the user whose tokens these are, such as the name
    /// of the account. A journal finds the uploads of an account by it; without it, which is the
    /// default, by the token, and so only while the token stays the same.
    fn account(&self) -> Option<String> {
        None
    }
}

/// A credential that could not be had.
#[derive(Debug)]
pub(crate) struct CredentialError(Box<dyn StdError + Send + Sync>);

impl fmt::Display for CredentialError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the credential could not be used")
    }
}

impl StdError for CredentialError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

fn secret_value(text: &str) -> Result<HeaderValue, CredentialError> {
    let mut value = HeaderValue::from_str(text)
        .map_err(|_| CredentialError("it holds a character that no header may".into()))?;
    value.set_sensitive(true);
    Ok(value)
}

fn check_secret(what: &'static str, text: &str) -> Result<(), Invalid> {
    let problem = if text.is_empty() {
        "is empty"
    } else if text.contains(['\n', '\r']) {
        "holds a line break"
    } else if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        "holds a space, a control character or a letter outside ASCII"
    } else {
        return Ok(());
    };
    Err(Invalid::new(what, problem))
}
