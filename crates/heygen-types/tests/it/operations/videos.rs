use heygen_types::videos::{
    CreateVideo, CreateVideoBatch, DeleteVideo, GetVideo, GetVideoBatch, GetVideoScenes,
    ListVideoStatuses, ListVideos,
};

use super::{Entry, entry, maximal_body, minimal_body};

pub(super) fn all() -> Vec<Entry> {
    vec![
        {
            let minimal = ListVideos::new();
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            maximal.folder_id = Some("a".parse().unwrap());
            maximal.title = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        entry(
            &minimal_body::<CreateVideo>("videos.create"),
            &maximal_body::<CreateVideo>("videos.create"),
        ),
        entry(
            &CreateVideoBatch::new(vec![minimal_body::<CreateVideo>("videos.create")]),
            &maximal_body::<CreateVideoBatch>("videos.batches.create"),
        ),
        {
            let minimal = GetVideoBatch::new("a".parse().unwrap());
            let mut maximal = minimal.clone();
            maximal.limit = Some(1);
            maximal.token = Some("t".to_owned());
            entry(&minimal, &maximal)
        },
        {
            let mut maximal =
                ListVideoStatuses::new(vec!["a".parse().unwrap(), "b".parse().unwrap()]);
            maximal.batch_ids = vec!["c".parse().unwrap()];
            entry(&ListVideoStatuses::default(), &maximal)
        },
        {
            let operation = DeleteVideo::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetVideo::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
        {
            let operation = GetVideoScenes::new("a".parse().unwrap());
            entry(&operation, &operation)
        },
    ]
}
