use heygen_types::{
    OperationId,
    table::{self, OperationEntry},
};

/// A place that requests go to: an operation of the API, or the objects of storage.
///
/// ```
/// use heygen_emulator::{Endpoint, OperationId};
///
/// let complete = Endpoint::from(OperationId::CompleteAsset);
/// assert_eq!(complete.id(), "assets.complete");
/// assert_eq!(complete.name(), "complete_asset");
/// assert_eq!(Endpoint::from_id("storage.put"), Some(Endpoint::StoragePut));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Endpoint {
    /// An operation of the API.
    Api(OperationId),
    /// The PUT of an object: `storage.put`.
    StoragePut,
    /// The GET of an object: `storage.get`.
    StorageGet,
}

impl Endpoint {
    /// Returns every endpoint: the operations in the order of the table, then storage.
    pub fn all() -> impl Iterator<Item = Self> {
        let operations = OperationId::ALL.iter().copied().map(Self::Api);
        operations.chain([Self::StoragePut, Self::StorageGet])
    }

    /// Returns the id of the operation, such as `assets.direct_uploads.create`; for storage
    /// `storage.put` and `storage.get`.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Api(operation) => operation.as_str(),
            Self::StoragePut => "storage.put",
            Self::StorageGet => "storage.get",
        }
    }

    /// Finds an endpoint by its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::all().find(|known| known.id() == id)
    }

    /// Returns the name of the endpoint in the style of a command, such as `create_direct_upload`.
    #[must_use]
    pub fn name(self) -> String {
        // An enum without fields is shown by its name alone.
        let identifier = match self {
            Self::Api(operation) => format!("{operation:?}"),
            storage => format!("{storage:?}"),
        };
        let mut name = String::new();
        for letter in identifier.chars() {
            if letter.is_ascii_uppercase() && !name.is_empty() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        name
    }

    /// Finds an endpoint by its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::all().find(|known| known.name() == name)
    }

    /// Returns `true` if requests can name an asset in their path or query.
    pub(crate) fn can_name_assets(self) -> bool {
        let Some(operation) = self.operation() else {
            return self.is_storage();
        };
        let mut names = operation.path_params.iter();
        let mut query = operation.query.iter();
        names.any(|name| *name == "asset_id") || query.any(|field| field.name == "asset_ids")
    }

    /// Returns `true` if the endpoint is part of storage, where errors are XML.
    #[must_use]
    pub const fn is_storage(self) -> bool {
        matches!(self, Self::StoragePut | Self::StorageGet)
    }

    /// Returns what the table of the API says of the operation, `None` for storage.
    pub(crate) fn operation(self) -> Option<&'static OperationEntry> {
        match self {
            Self::Api(operation) => Some(table::operation(operation)),
            Self::StoragePut | Self::StorageGet => None,
        }
    }
}

impl From<OperationId> for Endpoint {
    fn from(operation: OperationId) -> Self {
        Self::Api(operation)
    }
}

impl PartialEq<OperationId> for Endpoint {
    fn eq(&self, operation: &OperationId) -> bool {
        *self == Self::Api(*operation)
    }
}
