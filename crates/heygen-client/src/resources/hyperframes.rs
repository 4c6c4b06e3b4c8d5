use heygen_types::{
    Page, RenderId,
    hyperframes::{
        CreateRender, CreatedRender, DeleteRender, DeletedRender, GetRender, HyperframesRender,
        ListRenders,
    },
};

use super::group;
use crate::{Error, FileInput, Items, Pages, StartsJob, Submit, Wait, submit::stand_in};

group! {
    /// The `hyperframes.*` operations.
    Hyperframes
}

impl<'a> Hyperframes<'a> {
    /// Videos rendered from projects.
    #[must_use]
    pub const fn renders(&self) -> HyperframesRenders<'a> {
        HyperframesRenders::new(self.client)
    }
}

group! {
    /// The `hyperframes.renders.*` operations: videos rendered from projects.
    HyperframesRenders
}

impl HyperframesRenders<'_> {
    /// Starts to render a project.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn create(&self, request: &CreateRender) -> Result<CreatedRender, Error> {
        self.client.send(request).await
    }

    /// Starts to render a project, a ZIP archive, that is uploaded first. Await what this returns.
    pub fn create_from(&self, project: impl Into<FileInput>) -> Submit<CreateRender> {
        self.client
            .submit(CreateRender::new(stand_in()))
            .attach(project, |request, project| request.project = project)
    }

    /// Returns a render.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn get(&self, render_id: RenderId) -> Result<HyperframesRender, Error> {
        self.client.send(&GetRender::new(render_id)).await
    }

    /// Returns one page of renders.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListRenders) -> Result<Page<HyperframesRender>, Error> {
        self.client.send(request).await
    }

    /// Returns all renders, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListRenders) -> Items<ListRenders> {
        self.client.items(request)
    }

    /// Returns the pages of renders as they are asked for.
    pub fn pages(&self, request: ListRenders) -> Pages<ListRenders> {
        self.client.pages(request)
    }

    /// Deletes a render.
    ///
    /// # Errors
    ///
    /// 404 `not_found` when there is none.
    pub async fn delete(&self, render_id: RenderId) -> Result<DeletedRender, Error> {
        self.client.send(&DeleteRender::new(render_id)).await
    }

    /// Waits for the end of a render. Await what this returns.
    pub fn wait(&self, render_id: RenderId) -> Wait<GetRender> {
        self.client.wait(GetRender::new(render_id))
    }
}

impl StartsJob for CreateRender {
    type Look = GetRender;

    fn look(created: &CreatedRender) -> Option<GetRender> {
        Some(GetRender::new(created.render_id.clone()))
    }
}
