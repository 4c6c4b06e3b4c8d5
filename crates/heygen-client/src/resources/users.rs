use heygen_types::users::{GetCurrentUser, User};

use super::group;
use crate::Error;

group! {
    /// The `users.*` operations.
    Users
}

impl Users<'_> {
    /// Returns the account behind the credential: the usual way to check a key.
    ///
    /// # Errors
    ///
    /// [`Authentication`](crate::ErrorKind::Authentication) when the credential is refused.
    pub async fn me(&self) -> Result<User, Error> {
        self.client.send(&GetCurrentUser::new()).await
    }
}
