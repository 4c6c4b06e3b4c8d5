use alloc::{vec, vec::Vec};

use serde::{Deserialize, Serialize};

use crate::{Method, NoBody, Operation, RenderId};

/// `DELETE /v3/hyperframes/renders/{render_id}`: deletes a render; it cannot be read afterwards.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DeleteRender {
    /// The render.
    pub render_id: RenderId,
}

impl DeleteRender {
    /// Makes one of what the API requires; the other fields are public.
    #[must_use]
    pub const fn new(render_id: RenderId) -> Self {
        Self { render_id }
    }
}

impl Operation for DeleteRender {
    const ID: &'static str = "hyperframes.renders.delete";
    const METHOD: Method = Method::Delete;
    const PATH: &'static str = "/v3/hyperframes/renders/{render_id}";

    type Body = NoBody;
    type Response = DeletedRender;

    fn body(&self) -> &NoBody {
        NoBody::NONE
    }

    fn path_params(&self) -> Vec<&str> {
        vec![self.render_id.as_str()]
    }
}

/// The render that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct DeletedRender {
    /// The render.
    pub render_id: RenderId,
}

impl DeletedRender {
    /// Makes one of the fields that are always there.
    #[must_use]
    pub const fn new(render_id: RenderId) -> Self {
        Self { render_id }
    }
}
