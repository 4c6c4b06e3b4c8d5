/// A style of video agents.
pub(crate) struct Style {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) tags: &'static [&'static str],
}

/// A sound that can be searched for.
pub(crate) struct Sound {
    pub(crate) id: &'static str,
    pub(crate) name: &'static str,
    pub(crate) description: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) placement: Option<&'static str>,
}

/// A picture that can be searched for.
pub(crate) struct Picture {
    pub(crate) id: &'static str,
    pub(crate) description: &'static str,
    pub(crate) kind: &'static str,
}

#[rustfmt::skip]
pub(crate) const STYLES: [Style; 4] = [
    Style { id: "style_news", name: "News desk", tags: &["business", "news"] },
    Style { id: "style_clean", name: "Clean", tags: &["business"] },
    Style { id: "style_comic", name: "Comic", tags: &["fun"] },
    Style { id: "style_cinema", name: "Cinema", tags: &["story"] },
];

#[rustfmt::skip]
pub(crate) const SOUNDS: [Sound; 6] = [
    Sound { id: "sound_piano", name: "Morning piano", description: "calm piano music, slow and warm", kind: "music", placement: None },
    Sound { id: "sound_corporate", name: "Forward", description: "upbeat corporate music with guitar", kind: "music", placement: None },
    Sound { id: "sound_beat", name: "Night drive", description: "energetic electronic music with a strong beat", kind: "music", placement: None },
    Sound { id: "sound_whoosh", name: "Whoosh", description: "fast whoosh for a transition", kind: "sound_effects", placement: Some("hit") },
    Sound { id: "sound_riser", name: "Riser", description: "slow riser that builds tension", kind: "sound_effects", placement: Some("riser") },
    Sound { id: "sound_rain", name: "Rain", description: "rain on a window, a calm bed", kind: "sound_effects", placement: Some("bed") },
];

#[rustfmt::skip]
pub(crate) const PICTURES: [Picture; 4] = [
    Picture { id: "picture_lake", description: "a mountain lake in the morning", kind: "image" },
    Picture { id: "picture_office", description: "a bright office with a team at work", kind: "image" },
    Picture { id: "icon_arrow", description: "an arrow to the right", kind: "icon" },
    Picture { id: "icon_mail", description: "a mail, a closed envelope", kind: "icon" },
];
