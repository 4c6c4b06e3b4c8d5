use heygen_types::api_keys::{ApiKey, GetCurrentApiKey};

use super::group;
use crate::Error;

group! {
    /// The `api_keys.*` operations.
    ApiKeys
}

impl ApiKeys<'_> {
    /// Returns the API key of this client, with its scopes. Any valid key may call it.
    ///
    /// # Errors
    ///
    /// [`Authentication`](crate::ErrorKind::Authentication) when the key is refused. Older servers
    /// return 404.
    pub async fn current(&self) -> Result<ApiKey, Error> {
        self.client.send(&GetCurrentApiKey::new()).await
    }
}
