use heygen_types::{
    FolderId,
    folders::{CreateFolder, Folder, GetFolder},
};

use super::group;
use crate::Error;

group! {
    /// The `folders.*` operations.
    Folders
}

impl Folders<'_> {
    /// Creates a folder. It never returns an existing folder of the same name.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateFolder) -> Result<Folder, Error> {
        self.client.send(request).await
    }

    /// Returns a folder, also one in the trash.
    ///
    /// # Errors
    ///
    /// 404 when there is none.
    pub async fn get(&self, folder_id: FolderId) -> Result<Folder, Error> {
        self.client.send(&GetFolder::new(folder_id)).await
    }
}
