use std::collections::BTreeMap;

use heygen_types::{
    Page, TemplateId,
    templates::{
        AudioVariable, GenerateFromTemplate, GetTemplate, ImageVariable, ListTemplates, Template,
        TemplateSummary, TemplateVariable, VideoVariable,
    },
    videos::{GetVideo, VideoRecord},
};

use super::group;
use crate::{Error, FileInput, Items, Pages, StartsJob, Submit};

group! {
    /// The `templates.*` operations: videos with places to fill in.
    Templates
}

impl Templates<'_> {
    /// Returns a template and its variables.
    ///
    /// # Errors
    ///
    /// 404 `template_not_found` when there is none.
    pub async fn get(&self, template_id: TemplateId) -> Result<Template, Error> {
        self.client.send(&GetTemplate::new(template_id)).await
    }

    /// Returns one page of templates.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn list(&self, request: &ListTemplates) -> Result<Page<TemplateSummary>, Error> {
        self.client.send(request).await
    }

    /// Returns all templates, one by one, page after page as they are asked for.
    pub fn items(&self, request: ListTemplates) -> Items<ListTemplates> {
        self.client.items(request)
    }

    /// Returns the pages of templates as they are asked for.
    pub fn pages(&self, request: ListTemplates) -> Pages<ListTemplates> {
        self.client.pages(request)
    }

    /// Starts to make a video from a template.
    ///
    /// # Errors
    ///
    /// As for [`Client::send`](crate::Client::send).
    pub async fn generate(&self, request: &GenerateFromTemplate) -> Result<VideoRecord, Error> {
        self.client.send(request).await
    }

    /// Starts to make a video from a template whose files are uploaded first. Await what this
    /// returns.
    pub fn generate_from(&self, template_id: TemplateId) -> Submit<GenerateFromTemplate> {
        let request = GenerateFromTemplate::new(template_id, BTreeMap::new());
        self.client.submit(request)
    }
}

impl Submit<GenerateFromTemplate> {
    /// Fills in a variable that needs no local file.
    pub fn variable(self, name: impl Into<String>, value: impl Into<TemplateVariable>) -> Self {
        self.with(|request| {
            request.body.variables.insert(name.into(), value.into());
        })
    }

    /// Fills in an image. Its other options are those of the variable that was there.
    pub fn image(self, name: impl Into<String>, image: impl Into<FileInput>) -> Self {
        let name = name.into();
        self.attach(image, move |request, image| {
            match request.body.variables.get_mut(&name) {
                Some(TemplateVariable::Image(variable)) => variable.asset = image,
                _ => set(request, &name, ImageVariable::new(image)),
            }
        })
    }

    /// Fills in a video. Its other options are those of the variable that was there.
    pub fn video(self, name: impl Into<String>, video: impl Into<FileInput>) -> Self {
        let name = name.into();
        self.attach(video, move |request, video| {
            match request.body.variables.get_mut(&name) {
                Some(TemplateVariable::Video(variable)) => variable.asset = video,
                _ => set(request, &name, VideoVariable::new(video)),
            }
        })
    }

    /// Fills in a sound.
    pub fn audio(self, name: impl Into<String>, audio: impl Into<FileInput>) -> Self {
        let name = name.into();
        self.attach(audio, move |request, audio| {
            set(request, &name, AudioVariable::new(audio));
        })
    }
}

fn set(request: &mut GenerateFromTemplate, name: &str, value: impl Into<TemplateVariable>) {
    let variables = &mut request.body.variables;
    variables.insert(name.to_owned(), value.into());
}

impl StartsJob for GenerateFromTemplate {
    type Look = GetVideo;

    fn look(created: &VideoRecord) -> Option<GetVideo> {
        Some(GetVideo::new(created.id.clone()))
    }
}
