use heygen_types::MediaType;

use super::{is, name};

fn ftyp(major: &[u8], compatible: &[&[u8]]) -> Vec<u8> {
    let size = u32::try_from(16 + 4 * compatible.len()).unwrap();
    [
        &size.to_be_bytes(),
        b"ftyp",
        major,
        &[0, 0, 2, 0],
        &compatible.concat(),
        b"\0\0\0\x08free",
    ]
    .concat()
}

fn atom(kind: &[u8], content: &[u8]) -> Vec<u8> {
    let size = u32::try_from(8 + content.len()).unwrap();
    [&size.to_be_bytes(), kind, content].concat()
}

/// An element whose size is written in `width` bytes.
fn element(id: &[u8], width: u32, content: &[u8]) -> Vec<u8> {
    let size = content.len() as u64 | 1 << (7 * width);
    [id, &size.to_be_bytes()[8 - width as usize..], content].concat()
}

fn ebml(width: u32, children: &[Vec<u8>]) -> Vec<u8> {
    element(b"\x1A\x45\xDF\xA3", width, &children.concat())
}

#[test]
fn mp4_brands_are_mp4() {
    for brand in [
        "isom", "iso2", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "avc1", "hvc1",
        "hev1", "av01", "dash", "msdh", "cmfc", "M4V ", "MSNV", "NDXS", "F4V ",
    ] {
        assert!(is(ftyp(brand.as_bytes(), &[]), &MediaType::Mp4), "{brand}");
    }
}

#[test]
fn relatives_of_mp4_keep_their_own_name() {
    for (brand, expected) in [
        ("qt  ", "video/quicktime"),
        ("M4A ", "audio/m4a"),
        ("M4B ", "audio/m4a"),
        ("heic", "image/heic"),
        ("avif", "image/avif"),
        ("crx ", "image/x-canon-cr3"),
    ] {
        // Files of all these kinds list `isom` or `mp42` beside their own brand.
        let head = ftyp(brand.as_bytes(), &[b"isom", b"mp42"]);
        assert_eq!(name(head).as_deref(), Some(expected), "{brand}");
    }
}

#[test]
fn the_major_brand_wins_over_compatible_ones() {
    assert!(is(ftyp(b"mp42", &[b"qt  ", b"M4A "]), &MediaType::Mp4));
    assert!(is(ftyp(b"M4V ", &[b"M4A ", b"isom"]), &MediaType::Mp4));
}

#[test]
fn an_unknown_major_brand_leaves_it_to_the_compatible_ones() {
    assert!(is(ftyp(b"zzzz", &[b"yyyy", b"mp42"]), &MediaType::Mp4));
    assert_eq!(
        name(ftyp(b"zzzz", &[b"qt  "])).as_deref(),
        Some("video/quicktime")
    );
    assert_eq!(name(ftyp(b"zzzz", &[b"yyyy"])), None);
}

#[test]
fn a_3gpp_file_that_says_so_is_mp4() {
    for major in [b"3gp4", b"3gp5", b"3gp6", b"3gr6", b"3g2a", b"3g2c"] {
        for mp4 in [b"mp42", b"isom", b"avc1"] {
            let head = ftyp(major, &[&major[..], b"3gp6", mp4]);
            assert!(is(head, &MediaType::Mp4), "{major:?} {mp4:?}");
        }
        let alone = name(ftyp(major, &[&major[..], b"zzzz"])).unwrap();
        assert!(alone.starts_with("video/3gpp"), "{alone}");
    }
}

#[test]
fn a_box_of_brands_that_the_file_ends_in_is_nothing() {
    let whole = ftyp(b"isom", &[b"iso2", b"mp41"]);
    for length in 0..24 {
        assert_eq!(name(&whole[..length]), None, "{length}");
    }
    // What is in sight of a longer file decides.
    let mut long = [b"\0\0\xFF\xFFftypisom\0\0\0\0".to_vec(), vec![0; 9000]].concat();
    long.truncate(crate::media::SNIFF_BYTES);
    assert!(is(long, &MediaType::Mp4));
}

#[test]
fn brands_after_the_box_do_not_count() {
    let head = [ftyp(b"zzzz", &[]), b"mp42mp42mp42".to_vec()].concat();
    assert_eq!(name(head), None);
}

#[test]
fn generic_image_brands_are_told_apart_by_the_codec() {
    assert_eq!(
        name(ftyp(b"mif1", &[b"mif1", b"avif"])).as_deref(),
        Some("image/avif")
    );
    assert_eq!(
        name(ftyp(b"mif1", &[b"mif1", b"heic"])).as_deref(),
        Some("image/heic")
    );
    assert_eq!(
        name(ftyp(b"msf1", &[b"isom"])).as_deref(),
        Some("image/heif")
    );
    assert_eq!(
        name(ftyp(b"zzzz", &[b"isom", b"mif1", b"avif"])).as_deref(),
        Some("image/avif")
    );
}

#[test]
fn a_movie_box_at_the_start_is_mp4() {
    let movie = atom(b"moov", &atom(b"mvhd", &[0; 100]));
    assert!(is(&movie, &MediaType::Mp4));
    assert!(is(&movie[..16], &MediaType::Mp4));

    let long = [
        b"\0\0\0\x01moov".as_slice(),
        &124_u64.to_be_bytes(),
        &movie[8..],
    ]
    .concat();
    assert!(is(&long, &MediaType::Mp4));
}

#[test]
fn an_implausible_movie_box_is_not_mp4() {
    for child in [
        &b"\0\0\0\x6Ccmov"[..],
        b"\0\0\0\x07mvhd",
        b"\0\x01\0\0mvhd",
        b"a movie!",
    ] {
        let head = atom(b"moov", &[child, &[0; 100]].concat());
        assert_eq!(name(head).as_deref(), Some("video/quicktime"), "{child:?}");
    }
    assert!(!is(b"the moov of a kind", &MediaType::Mp4));
}

#[test]
fn an_implausible_brand_box_is_not_mp4() {
    assert_eq!(name(b"the ftypisom of my dreams"), None);
    assert_eq!(name(b"\0\0\0\x08ftypisom\0\0\0\0"), None);
}

#[test]
fn webm_is_found_in_any_form_of_header() {
    let doc_type = |width| element(b"\x42\x82", width, b"webm");
    let version = element(b"\x42\x86", 1, &[1]);
    for header_width in 1..=8 {
        for width in 1..=8 {
            let head = ebml(header_width, &[version.clone(), doc_type(width)]);
            assert!(is(head, &MediaType::Webm), "{header_width}, {width}");
        }
    }
    let void = element(b"\xEC", 2, &[0; 255]);
    assert!(is(ebml(2, &[void, doc_type(1)]), &MediaType::Webm));
    assert!(is(
        ebml(1, &[element(b"\x42\x82", 1, b"webm\0\0")]),
        &MediaType::Webm
    ));
    let of_unknown_size = [
        b"\x1A\x45\xDF\xA3\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
        &*doc_type(1),
    ];
    assert!(is(of_unknown_size.concat(), &MediaType::Webm));
}

#[test]
fn other_doc_types_are_not_webm() {
    let of = |doc_type| ebml(1, &[element(b"\x42\x82", 1, doc_type)]);
    assert_eq!(name(of(b"matroska")).as_deref(), Some("video/x-matroska"));
    assert_eq!(name(of(b"webmx")), None);
    assert_eq!(name(of(b"")), None);
    // The text may occur in other elements, and after the header.
    let elsewhere = ebml(1, &[element(b"\xEC", 1, b"\x42\x82\x84webm")]);
    assert_eq!(
        name([elsewhere, element(b"\x42\x82", 1, b"webm")].concat()),
        None
    );
}
