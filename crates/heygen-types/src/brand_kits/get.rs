use alloc::{vec, vec::Vec};

use super::BrandKit;
use crate::{BrandKitId, Method, NoBody, Operation};

/// `GET /v3/brand-kits/{brand_kit_id}`: one brand kit.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetBrandKit {
    /// The brand kit.
    pub brand_kit_id: BrandKitId,
}

impl GetBrandKit {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(brand_kit_id: BrandKitId) -> Self {
        Self { brand_kit_id }
    }
}

impl Operation for GetBrandKit {
    const ID: &'static str = "brand_kits.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/brand-kits/{brand_kit_id}";

    type Body = NoBody;
    type Response = BrandKit;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.brand_kit_id.as_str()]
    }
}
