use heygen_types::MediaType;

/// Recognises WAV, also in its two forms for more than 4 GiB.
pub(super) fn wave(head: &[u8]) -> Option<MediaType> {
    let container = matches!(head.get(..4)?, b"RIFF" | b"RF64" | b"BW64");
    (container && head.get(8..12)? == b"WAVE").then_some(MediaType::Wav)
}

/// Recognises what needs no more than a signature, accepted or not.
pub(super) fn other(head: &[u8]) -> Option<MediaType> {
    // `infer` would parse the whole compound file, which a prefix of it cannot satisfy.
    if head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(MediaType::from("application/x-ole-storage"));
    }
    let found = infer::get(head)?;
    if !is_sound(found.extension(), head) {
        return None;
    }
    let media_type = match found.extension() {
        // Two bytes at the start, or a few in the middle, are a coincidence in some other file.
        "obj" | "bc" | "der" | "Z" | "cpio" | "eot" => return None,
        "bmp" if head.get(6..10) != Some(&[0; 4]) => return None,
        // A project folder may be called `word`; an Office file starts with its list of contents.
        "docx" | "xlsx" | "pptx" if !starts_with_office_entry(head) => MediaType::Zip,
        _ => MediaType::from(found.mime_type()),
    };
    // For these the checks of the other modules are stricter, and they have said no.
    let refuted = matches!(
        media_type,
        MediaType::Mp4 | MediaType::Webm | MediaType::Mp3 | MediaType::Wav | MediaType::Pdf
    );
    (!refuted).then_some(media_type)
}

/// Tells whether an image goes on behind the few bytes that `infer` looks at.
fn is_sound(extension: &str, head: &[u8]) -> bool {
    match extension {
        // The signature ends in what a transfer as text would have converted. The header of 13
        // bytes comes next, or a chunk of four in those that Apple's tools write.
        "png" => head.strip_prefix(b"\x89PNG\r\n\x1A\n").is_some_and(|rest| {
            let length = &rest[..rest.len().min(4)];
            b"\0\0\0\r".starts_with(length) || b"\0\0\0\x04".starts_with(length)
        }),
        "jpg" => head.get(3).is_some_and(|marker| *marker >= 0xC0),
        _ => true,
    }
}

fn starts_with_office_entry(head: &[u8]) -> bool {
    const NAME_OFFSET: usize = 30;
    let names: [&[u8]; 3] = [b"[Content_Types].xml", b"_rels/", b"docProps/"];
    head.get(NAME_OFFSET..)
        .is_some_and(|name| names.iter().any(|prefix| name.starts_with(prefix)))
}
