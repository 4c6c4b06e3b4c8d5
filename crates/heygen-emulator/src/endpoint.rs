use heygen_types::table::OperationEntry;

use crate::surface::SURFACE;

macro_rules! endpoints {
    ($($name:ident = $id:literal,)*) => {
        /// A place that the emulator answers at: the operations of the API, by its own names, and
        /// two of storage.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Endpoint {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        impl Endpoint {
            /// Every endpoint.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// Returns the id of the operation, such as `assets.direct_uploads.create`; for
            /// storage `storage.put` and `storage.get`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$name => $id,)*
                }
            }

            const fn identifier(self) -> &'static str {
                match self {
                    $(Self::$name => stringify!($name),)*
                }
            }
        }
    };
}

endpoints! {
    ListAiClippings = "ai_clipping.list",
    CreateAiClipping = "ai_clipping.create",
    DeleteAiClipping = "ai_clipping.delete",
    GetAiClipping = "ai_clipping.get",
    GetCurrentApiKey = "api_keys.self",
    ListAssets = "assets.list",
    UploadAsset = "assets.upload",
    GetUploadBatch = "assets.batches.get",
    CompleteUploadBatch = "assets.batches.complete",
    CreateDirectUpload = "assets.direct_uploads.create",
    CreateUploadBatch = "assets.direct_uploads.batches.create",
    SearchAssets = "assets.search",
    ListAssetStatuses = "assets.statuses.list",
    DeleteAsset = "assets.delete",
    GetAsset = "assets.get",
    CompleteAsset = "assets.complete",
    SearchSounds = "audio.sounds.search",
    ListAvatars = "avatars.list",
    CreateAvatar = "avatars.create",
    ListAvatarLooks = "avatars.looks.list",
    DeleteAvatarLook = "avatars.looks.delete",
    GetAvatarLook = "avatars.looks.get",
    UpdateAvatarLook = "avatars.looks.update",
    DeleteAvatar = "avatars.delete",
    GetAvatar = "avatars.get",
    UpdateAvatar = "avatars.update",
    RequestAvatarConsent = "avatars.consent",
    ListBackgroundRemovals = "background_removals.list",
    CreateBackgroundRemoval = "background_removals.create",
    DeleteBackgroundRemoval = "background_removals.delete",
    GetBackgroundRemoval = "background_removals.get",
    ListBrandGlossaries = "brand_glossaries.list",
    CreateBrandGlossary = "brand_glossaries.create",
    DeleteBrandGlossary = "brand_glossaries.delete",
    GetBrandGlossary = "brand_glossaries.get",
    UpdateBrandGlossary = "brand_glossaries.update",
    ListBrandKits = "brand_kits.list",
    CreateBrandKit = "brand_kits.create",
    DeleteBrandKit = "brand_kits.delete",
    GetBrandKit = "brand_kits.get",
    UpdateBrandKit = "brand_kits.update",
    CreateFillerWordRemoval = "filler_word_removals.create",
    GetFillerWordRemoval = "filler_word_removals.get",
    CreateFolder = "folders.create",
    GetFolder = "folders.get",
    ListRenders = "hyperframes.renders.list",
    CreateRender = "hyperframes.renders.create",
    DeleteRender = "hyperframes.renders.delete",
    GetRender = "hyperframes.renders.get",
    ListLipsyncs = "lipsyncs.list",
    CreateLipsync = "lipsyncs.create",
    CreateLipsyncBatch = "lipsyncs.batches.create",
    GetLipsyncBatch = "lipsyncs.batches.get",
    ListLipsyncStatuses = "lipsyncs.statuses.list",
    DeleteLipsync = "lipsyncs.delete",
    GetLipsync = "lipsyncs.get",
    UpdateLipsync = "lipsyncs.update",
    CreateModelSpeech = "models.audio.tts.create",
    StreamModelSpeech = "models.audio.tts.stream",
    ListModelVoices = "models.audio.voices.list",
    CreateModelVoice = "models.audio.voices.create",
    DeleteModelVoice = "models.audio.voices.delete",
    GetModelVoice = "models.audio.voices.get",
    CreateModelImages = "models.images.create",
    GetModelImages = "models.images.get",
    CreateModelVideo = "models.videos.create",
    GetModelVideo = "models.videos.get",
    ListTemplates = "templates.list",
    GetTemplate = "templates.get",
    GenerateFromTemplate = "templates.generate",
    GetUser = "users.me.get",
    ListVideoAgents = "video_agents.list",
    CreateVideoAgent = "video_agents.create",
    ListVideoAgentStyles = "video_agents.styles.list",
    GetVideoAgent = "video_agents.get",
    SendVideoAgentMessage = "video_agents.send_message",
    GetVideoAgentResource = "video_agents.resources.get",
    StopVideoAgent = "video_agents.stop",
    ListVideoAgentVideos = "video_agents.videos.list",
    ListVideoTranslations = "video_translations.list",
    CreateVideoTranslation = "video_translations.create",
    CreateVideoTranslationBatch = "video_translations.batches.create",
    GetVideoTranslationBatch = "video_translations.batches.get",
    ListTranslationLanguages = "video_translations.languages.list",
    ListProofreads = "video_translations.proofreads.list",
    CreateProofread = "video_translations.proofreads.create",
    DeleteProofread = "video_translations.proofreads.delete",
    GetProofread = "video_translations.proofreads.get",
    GenerateProofread = "video_translations.proofreads.generate",
    GetProofreadSrt = "video_translations.proofreads.srt.get",
    ReplaceProofreadSrt = "video_translations.proofreads.srt.replace",
    ListVideoTranslationStatuses = "video_translations.statuses.list",
    DeleteVideoTranslation = "video_translations.delete",
    GetVideoTranslation = "video_translations.get",
    UpdateVideoTranslation = "video_translations.update",
    ListVideos = "videos.list",
    CreateVideo = "videos.create",
    CreateVideoBatch = "videos.batches.create",
    GetVideoBatch = "videos.batches.get",
    ListVideoStatuses = "videos.statuses.list",
    DeleteVideo = "videos.delete",
    GetVideo = "videos.get",
    GetVideoScenes = "videos.scenes.get",
    ListVoices = "voices.list",
    DesignVoice = "voices.design",
    CloneVoice = "voices.clone",
    CreateSpeech = "voices.speech",
    DeleteVoice = "voices.delete",
    GetVoice = "voices.get",
    ListWebhookEndpoints = "webhooks.endpoints.list",
    CreateWebhookEndpoint = "webhooks.endpoints.create",
    DeleteWebhookEndpoint = "webhooks.endpoints.delete",
    UpdateWebhookEndpoint = "webhooks.endpoints.update",
    RotateWebhookSecret = "webhooks.endpoints.rotate_secret",
    ListWebhookEventTypes = "webhooks.event_types.list",
    ListWebhookEvents = "webhooks.events.list",
    StoragePut = "storage.put",
    StorageGet = "storage.get",
}

impl Endpoint {
    /// Finds an endpoint by its id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.id() == id)
    }

    /// Returns the name of the endpoint in the style of a command, such as `create_direct_upload`.
    #[must_use]
    pub fn name(self) -> String {
        let mut name = String::new();
        for letter in self.identifier().chars() {
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
        Self::ALL.iter().copied().find(|known| known.name() == name)
    }

    /// Tells whether requests can name an asset in their path or query.
    pub(crate) fn can_name_assets(self) -> bool {
        let Some(operation) = self.operation() else {
            return self.is_storage();
        };
        let mut names = operation.path_params.iter();
        let mut query = operation.query.iter();
        names.any(|name| *name == "asset_id") || query.any(|field| field.name == "asset_ids")
    }

    /// Tells whether the endpoint is part of storage, where errors are XML.
    #[must_use]
    pub const fn is_storage(self) -> bool {
        matches!(self, Self::StoragePut | Self::StorageGet)
    }

    /// Tells whether the operation declares `Idempotency-Key`; elsewhere the header is ignored.
    #[must_use]
    pub fn declares_idempotency_key(self) -> bool {
        self.operation()
            .is_some_and(|operation| operation.idempotency_key)
    }

    /// Returns what the table of the API says of the operation, `None` for storage.
    #[must_use]
    pub(crate) fn operation(self) -> Option<&'static OperationEntry> {
        SURFACE.operation(self)
    }
}
