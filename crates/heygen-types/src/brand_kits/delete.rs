use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{BrandKitId, Method, NoBody, Operation};

/// `DELETE /v3/brand-kits/{brand_kit_id}`: deletes a brand kit for good, even while it loads.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteBrandKit {
    /// The brand kit.
    pub brand_kit_id: BrandKitId,
}

impl DeleteBrandKit {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(brand_kit_id: BrandKitId) -> Self {
        Self { brand_kit_id }
    }
}

impl Operation for DeleteBrandKit {
    const ID: &'static str = "brand_kits.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/brand-kits/{brand_kit_id}";

    type Body = NoBody;
    type Response = DeletedBrandKit;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.brand_kit_id.as_str()]
    }
}

/// The brand kit that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedBrandKit {
    /// The brand kit.
    pub brand_kit_id: BrandKitId,
}

impl DeletedBrandKit {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(brand_kit_id: BrandKitId) -> Self {
        Self { brand_kit_id }
    }
}
