use heygen_types::templates::{
    AudioVariable, GenerateFromTemplate, ImageVariable, TemplateVariable, VideoVariable,
};

use crate::{FileInput, Submit};

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
