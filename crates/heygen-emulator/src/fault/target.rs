use std::{fmt, str::FromStr};

use heygen_types::{Invalid, OperationId};

use super::words;
use crate::Endpoint;

/// What a fault waits for.
///
/// Its text is the id of an operation (`assets.complete`) or its name (`complete_asset`),
/// `storage.put`, `storage.get`, `any` or `webhook`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultTarget {
    /// A request to one endpoint.
    Endpoint(Endpoint),
    /// A request to any endpoint, of the API or of storage.
    Any,
    /// A call that the emulator makes: a webhook event, or the end of a job for its `callback_url`.
    Webhook,
}

impl FaultTarget {
    /// Tells whether it stands for requests of which some can name an asset in their head.
    pub(super) fn can_name_assets(self) -> bool {
        match self {
            Self::Endpoint(endpoint) => endpoint.can_name_assets(),
            Self::Any => true,
            Self::Webhook => false,
        }
    }
}

impl From<Endpoint> for FaultTarget {
    fn from(endpoint: Endpoint) -> Self {
        Self::Endpoint(endpoint)
    }
}

impl From<OperationId> for FaultTarget {
    fn from(operation: OperationId) -> Self {
        Self::Endpoint(operation.into())
    }
}

impl fmt::Display for FaultTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Endpoint(endpoint) => endpoint.id(),
            Self::Any => ANY,
            Self::Webhook => WEBHOOK,
        })
    }
}

impl FromStr for FaultTarget {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match text {
            ANY => return Ok(Self::Any),
            WEBHOOK => return Ok(Self::Webhook),
            // Scripts say this; the operation has another name in every other place.
            "get_user" => return Ok(OperationId::GetCurrentUser.into()),
            _ => {}
        }
        if let Some(endpoint) = Endpoint::from_id(text).or_else(|| Endpoint::from_name(text)) {
            return Ok(Self::Endpoint(endpoint));
        }
        let mut known = vec![ANY.to_owned(), WEBHOOK.to_owned()];
        for endpoint in Endpoint::all() {
            known.extend([endpoint.id().to_owned(), endpoint.name()]);
        }
        let near = words::near(text, &known);
        Err(Invalid::new(
            words::shown(text),
            format!(
                "is neither an operation of the API nor {ANY}, {WEBHOOK}, storage_put or \
                 storage_get{near}"
            ),
        ))
    }
}

const ANY: &str = "any";
const WEBHOOK: &str = "webhook";
