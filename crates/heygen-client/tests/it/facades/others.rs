use std::future::IntoFuture as _;

use heygen_client::{Client, types::AssetId};

use super::{Tour, id, input, list, paged, url};

pub(super) fn brands(tour: &mut Tour, client: &Client) {
    use heygen_client::types::{
        brand_glossaries::{CreateBrandGlossary, ListBrandGlossaries, UpdateBrandGlossary},
        brand_kits::{CreateBrandKit, ListBrandKits, UpdateBrandKit},
    };
    let glossaries = client.brand_glossaries();
    tour.call(
        "brand_glossaries.create",
        glossaries.create(&CreateBrandGlossary::new("n")),
    );
    tour.call("brand_glossaries.get", glossaries.get(id()));
    list!(
        tour,
        "brand_glossaries.list",
        glossaries,
        ListBrandGlossaries::new()
    );
    let mut update = UpdateBrandGlossary::new(id());
    update.body.name = Some("n".to_owned());
    tour.call("brand_glossaries.update", glossaries.update(&update));
    tour.call("brand_glossaries.delete", glossaries.delete(id()));
    let kits = client.brand_kits();
    tour.call(
        "brand_kits.create",
        kits.create(&CreateBrandKit::new(url())),
    );
    tour.call("brand_kits.get", kits.get(id()));
    list!(tour, "brand_kits.list", kits, ListBrandKits::new());
    let mut update = UpdateBrandKit::new(id());
    update.body.name = Some("n".to_owned());
    tour.call("brand_kits.update", kits.update(&update));
    tour.call("brand_kits.delete", kits.delete(id()));
    tour.call("brand_kits.get", kits.wait(id()).into_future());
}

pub(super) fn voices(tour: &mut Tour, client: &Client) {
    use heygen_client::types::voices::{CloneVoice, CreateSpeech, DesignVoice, ListVoices};
    let voices = client.voices();
    tour.call("voices.get", voices.get(id()));
    list!(tour, "voices.list", voices, ListVoices::new());
    tour.call("voices.design", voices.design(&DesignVoice::new("p")));
    tour.call(
        "voices.clone",
        voices.clone_voice(&CloneVoice::new(input(), "n")),
    );
    tour.call(
        "voices.clone",
        voices.clone_voice_from(id::<AssetId>(), "n").into_future(),
    );
    tour.call(
        "voices.speech",
        voices.speech(&CreateSpeech::new("t", id())),
    );
    tour.call("voices.delete", voices.delete(id()));
    tour.call("voices.get", voices.wait(id()).into_future());
}

pub(super) fn others(tour: &mut Tour, client: &Client) {
    use heygen_client::types::{
        audio::SearchSounds,
        folders::CreateFolder,
        templates::{GenerateFromTemplate, ListTemplates, TextVariable},
        webhooks::{
            CreateWebhookEndpoint, ListWebhookEndpoints, ListWebhookEvents, UpdateWebhookEndpoint,
        },
    };
    let sounds = client.audio().sounds();
    tour.call(
        "audio.sounds.search",
        sounds.search(&SearchSounds::new("rain")),
    );
    paged!(
        tour,
        "audio.sounds.search",
        sounds,
        SearchSounds::new("rain"),
        items,
        pages
    );
    let templates = client.templates();
    tour.call("templates.get", templates.get(id()));
    list!(tour, "templates.list", templates, ListTemplates::new());
    let text = ("a".to_owned(), TextVariable::new("t").into());
    let generate = GenerateFromTemplate::new(id(), [text].into());
    tour.call("templates.generate", templates.generate(&generate));
    let generate = templates.generate_from(id()).image("a", id::<AssetId>());
    tour.call("templates.generate", generate.into_future());
    tour.call("users.me.get", client.users().me());
    tour.call("api_keys.self", client.api_keys().current());
    let folders = client.folders();
    tour.call("folders.create", folders.create(&CreateFolder::new("f")));
    tour.call("folders.get", folders.get(id()));
    let webhooks = client.webhooks();
    tour.call("webhooks.event_types.list", webhooks.event_types());
    list!(
        tour,
        "webhooks.events.list",
        webhooks.events(),
        ListWebhookEvents::new()
    );
    let endpoints = webhooks.endpoints();
    let create = CreateWebhookEndpoint::new(url());
    tour.call("webhooks.endpoints.create", endpoints.create(&create));
    list!(
        tour,
        "webhooks.endpoints.list",
        endpoints,
        ListWebhookEndpoints::new()
    );
    let mut update = UpdateWebhookEndpoint::new(id());
    update.body.url = Some(url());
    tour.call("webhooks.endpoints.update", endpoints.update(&update));
    tour.call("webhooks.endpoints.delete", endpoints.delete(id()));
    tour.call(
        "webhooks.endpoints.rotate_secret",
        endpoints.rotate_secret(id()),
    );
}
