use heygen_types::{ByteSize, MediaType, Sha256Digest};
use heygen_upload_core::{Checksum, Plan, Route};
use proptest::{
    option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample,
};

/// Makes plans of every route, checksum mode, type and size.
pub fn plans() -> impl Strategy<Value = Plan> {
    let digest = option::of(digests());
    (
        file_names(),
        media_types(),
        sizes(),
        digest,
        checksums(),
        routes(),
    )
        .prop_map(|(file_name, media_type, size, digest, checksum, route)| {
            let plan = Plan::new(file_name, media_type, size);
            let mut plan = plan.expect("these sizes are positive");
            plan.digest = digest;
            plan.checksum = checksum;
            plan.route = route;
            plan
        })
}

/// Makes names of files, the odd ones among them.
pub fn file_names() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,12}\\.(mp4|png|mp3)",
        1 => Just("a \"quoted\"; name\r\n.mp4".to_owned()),
        1 => "\\PC{1,40}",
    ]
}

/// Makes media types: every accepted one, and some that are not.
pub fn media_types() -> impl Strategy<Value = MediaType> {
    prop_oneof![
        8 => sample::select(MediaType::ACCEPTED),
        1 => "[a-z]{1,8}/[a-z0-9.+-]{1,12}".prop_map(|text| MediaType::from(text.as_str())),
    ]
}

/// Makes sizes, most of them near a limit.
pub fn sizes() -> impl Strategy<Value = ByteSize> {
    prop_oneof![
        1_u64..=2_000,
        31_999_999_u64..=32_000_001,
        sample::select(&[1, 5 * 1024 * 1024 * 1024, u64::MAX][..]),
        1_u64..,
    ]
    .prop_map(ByteSize::new)
}

/// Makes digests.
pub fn digests() -> impl Strategy<Value = Sha256Digest> {
    any::<[u8; 32]>().prop_map(Sha256Digest::from_bytes)
}

/// Makes every checksum mode.
pub fn checksums() -> impl Strategy<Value = Checksum> {
    sample::select(&[Checksum::Declared, Checksum::Completion, Checksum::Off][..])
}

/// Makes every route.
pub fn routes() -> impl Strategy<Value = Route> {
    sample::select(&[Route::Auto, Route::Single, Route::Direct][..])
}
