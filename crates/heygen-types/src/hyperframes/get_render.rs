use alloc::{vec, vec::Vec};

use super::HyperframesRender;
use crate::{Method, NoBody, Operation, RenderId};

/// `GET /v3/hyperframes/renders/{render_id}`: one render.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct GetRender {
    /// The render.
    pub render_id: RenderId,
}

impl GetRender {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(render_id: RenderId) -> Self {
        Self { render_id }
    }
}

impl Operation for GetRender {
    const ID: &'static str = "hyperframes.renders.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/hyperframes/renders/{render_id}";

    type Body = NoBody;
    type Response = HyperframesRender;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.render_id.as_str()]
    }
}
