use heygen_types::avatars::{
    CreateAvatar, DeleteAvatar, DeleteAvatarLook, GetAvatar, GetAvatarLook, ListAvatarLooks,
    ListAvatars, RequestAvatarConsent, UpdateAvatar, UpdateAvatarLook,
};

use super::{Entry, entry, maximal_body, minimal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListAvatars::new();
            let mut maximal = minimal.clone();
            maximal.ownership = Some("public".into());
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &minimal_body::<CreateAvatar>("avatars.create"),
            &maximal_body::<CreateAvatar>("avatars.create"),
        ),
        {
            let minimal = ListAvatarLooks::new();
            let mut maximal = minimal.clone();
            maximal.group_id = Some("a".parse().unwrap());
            maximal.avatar_type = Some("studio_avatar".into());
            maximal.ownership = Some("public".into());
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let operation = DeleteAvatarLook::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetAvatarLook::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = UpdateAvatarLook::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("avatars.looks.update");
            entry(&minimal, &maximal)
        },
        {
            let operation = DeleteAvatar::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetAvatar::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let minimal = UpdateAvatar::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("avatars.update");
            entry(&minimal, &maximal)
        },
        {
            let minimal = RequestAvatarConsent::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.body = maximal_body("avatars.consent");
            entry(&minimal, &maximal)
        },
    ]
}
