use heygen_types::MediaType;

use super::SNIFF_BYTES;

/// The boxes that a file, or a piece of a stream, has at its top level.
const BOXES: [&[u8; 4]; 15] = [
    b"ftyp", b"styp", b"pdin", b"moov", b"moof", b"mfra", b"mdat", b"free", b"skip", b"wide",
    b"meta", b"uuid", b"sidx", b"emsg", b"prft",
];

/// An image in this container, of a codec that is named elsewhere or not at all.
const HEIF: &str = "image/heif";

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
    let end = usize::try_from(size).ok()?;
    if end > head.len() && head.len() < SNIFF_BYTES {
        // The file ends within its first box.
        return None;
    }
    let named = || {
        let compatible = head.get(16..end.min(head.len())).unwrap_or_default();
        compatible.chunks_exact(4).filter_map(media_type_of_brand)
    };
    let codec = || named().find(|name| matches!(*name, "image/avif" | "image/heic" | "image/avci"));
    let name = match media_type_of_brand(head.get(8..12)?) {
        // It says only "an image"; the codec is named beside it.
        Some(HEIF) => codec().unwrap_or(HEIF),
        // Phones write their own brand first and MP4 beside it: what reads MP4 reads the file, by
        // the rules of the brands. A 3GPP file that does not say so need not be one.
        Some(name @ ("video/3gpp" | "video/3gpp2")) => {
            named().find(|name| *name == "video/mp4").unwrap_or(name)
        }
        Some(name) => name,
        // An image may have been given the brands of videos as well, never the other way round.
        None if named().any(|name| name.starts_with("image/")) => codec().unwrap_or(HEIF),
        None => named().next()?,
    };
    Some(MediaType::from(name))
}

/// Tells whether a file is made of boxes as MP4 has them, as far as it is in sight: one with brands
/// that nobody knows, or without any.
pub(super) fn has_boxes(head: &[u8]) -> bool {
    let mut rest = head;
    loop {
        let (Some(size), Some(kind)) = (rest.first_chunk(), rest.get(4..8)) else {
            // What is left of a whole file is no box, and what is in sight of a longer one may be.
            return head.len() >= SNIFF_BYTES;
        };
        if !BOXES.iter().any(|known| *known == kind) {
            return false;
        }
        let size = match (u32::from_be_bytes(*size), rest.get(8..16)) {
            // It reaches to the end of the file.
            (0, _) => return true,
            (1, Some(long)) => u64::from_be_bytes(*long.first_chunk().unwrap_or(&[0; 8])),
            (size, _) => u64::from(size),
        };
        if size < 8 {
            return false;
        }
        match usize::try_from(size).ok().and_then(|size| rest.get(size..)) {
            Some([]) => return true,
            Some(next) => rest = next,
            // A box that ends out of sight is fine, unless there is nothing out of sight.
            None => return head.len() >= SNIFF_BYTES,
        }
    }
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
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"hevm" | b"hevs" => {
            "image/heic"
        }
        b"avci" | b"avcs" => "image/avci",
        b"mif1" | b"msf1" | b"mif2" | b"mif3" | b"miaf" => HEIF,
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
