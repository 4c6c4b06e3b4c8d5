use heygen_types::MediaType;

/// A longer `ftyp` box would list thousands of brands, so the bytes are something else.
const MAX_FTYP_BYTES: u32 = 65_536;

/// Recognises the ISO base media family: MP4 and the formats that must not be taken for it.
pub(super) fn sniff(head: &[u8]) -> Option<MediaType> {
    let size = u32::from_be_bytes(*head.first_chunk()?);
    match head.get(4..8)? {
        b"ftyp" => by_brands(head, size),
        b"moov" => is_movie_box(head, size).then_some(MediaType::Mp4),
        _ => None,
    }
}

fn by_brands(head: &[u8], size: u32) -> Option<MediaType> {
    if !(16..=MAX_FTYP_BYTES).contains(&size) {
        return None;
    }
    let end = usize::try_from(size).ok()?.min(head.len());
    let compatible = || head.get(16..end).unwrap_or_default().chunks_exact(4);
    let major = head.get(8..12)?;
    let name = match major {
        // These two say only "an image" and "an image sequence"; the codec is named beside them.
        b"mif1" | b"msf1" => compatible()
            .filter_map(media_type_of_brand)
            .find(|name| matches!(*name, "image/avif" | "image/heic"))
            .unwrap_or("image/heif"),
        _ => media_type_of_brand(major).or_else(|| compatible().find_map(media_type_of_brand))?,
    };
    Some(MediaType::from(name))
}

fn media_type_of_brand(brand: &[u8]) -> Option<&'static str> {
    Some(match brand {
        b"isom" | b"iso2" | b"iso3" | b"iso4" | b"iso5" | b"iso6" | b"iso7" | b"iso8" | b"iso9"
        | b"isoa" | b"isob" | b"isoc" | b"mp41" | b"mp42" | b"mp4v" | b"mp71" | b"mmp4"
        | b"avc1" | b"hvc1" | b"hev1" | b"av01" | b"dash" | b"msdh" | b"msix" | b"cmfc"
        | b"cmf2" | b"cmff" | b"cmfs" | b"piff" | b"XAVC" | b"MSNV" | b"NDAS" | b"NDSC"
        | b"NSDC" | b"NDSH" | b"NDSM" | b"NDSP" | b"NDSS" | b"NDXC" | b"NDXH" | b"NDXM"
        | b"NDXP" | b"NDXS" | b"F4V " | b"F4P " => "video/mp4",
        b"M4V " | b"M4VH" | b"M4VP" => "video/x-m4v",
        b"M4A " | b"M4B " | b"M4P " | b"F4A " | b"F4B " => "audio/m4a",
        b"qt  " => "video/quicktime",
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => "image/heic",
        b"avif" | b"avis" => "image/avif",
        b"crx " => "image/x-canon-cr3",
        [b'3', b'g', b'2', _] => "video/3gpp2",
        [b'3', b'g', _, _] => "video/3gpp",
        _ => return None,
    })
}

/// Tells whether `head` starts with a movie box as MP4 has it, without an `ftyp` box before it.
///
/// `cmov` and `rmra`, the other possible first children, exist in QuickTime only.
fn is_movie_box(head: &[u8], size: u32) -> bool {
    const CHILD_HEADER_BYTES: u64 = 8;
    let long_size = head.get(8..).and_then(<[u8]>::first_chunk);
    let (size, content_start) = match (size, long_size) {
        (1, Some(long)) => (u64::from_be_bytes(*long), 16),
        _ => (u64::from(size), 8),
    };
    let content_bytes = size.saturating_sub(content_start as u64);
    let child = head.get(content_start..).unwrap_or_default();
    let (Some(child_size), Some(child_kind)) = (child.first_chunk(), child.get(4..8)) else {
        return false;
    };
    let child_size = u64::from(u32::from_be_bytes(*child_size));
    let belongs_there = matches!(
        child_kind,
        b"mvhd" | b"trak" | b"mvex" | b"iods" | b"udta" | b"meta" | b"free" | b"skip"
    );
    belongs_there && (CHILD_HEADER_BYTES..=content_bytes).contains(&child_size)
}
