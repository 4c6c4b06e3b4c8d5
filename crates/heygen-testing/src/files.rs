//! Files of the types that HeyGen takes, in any size.

use std::{fs, path::PathBuf};

use heygen_types::Sha256Digest;
use sha2::{Digest as _, Sha256};

/// Returns the path of a file in `tests/media`.
#[must_use]
pub fn media(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../tests/media")
        .join(name)
}

/// Returns a real PNG of exactly this size: a small one with a private chunk of filler in it.
///
/// # Panics
///
/// When the size is below that of the small one.
#[must_use]
pub fn png_of(size: usize) -> Vec<u8> {
    let mut png = fs::read(media("image.png")).expect("tests/media has an image");
    // The last chunk, IEND, has 12 bytes; so has the frame of any other.
    let end = png.split_off(png.len() - 12);
    let filler = size
        .checked_sub(png.len() + 24)
        .expect("the size is above that of the image");
    let mut chunk = b"fiLl".to_vec();
    chunk.extend((0..filler).map(|index| (index * 7 % 251) as u8));
    png.extend(u32::try_from(filler).expect("a small file").to_be_bytes());
    png.extend(&chunk);
    png.extend(crc32(&chunk).to_be_bytes());
    png.extend(end);
    png
}

/// Returns a real MP4 of exactly this size: a small one with a `free` box of filler behind it.
///
/// # Panics
///
/// When the size is below that of the small one.
#[must_use]
pub fn mp4_of(size: usize) -> Vec<u8> {
    let mut mp4 = fs::read(media("clip.mp4")).expect("tests/media has a clip");
    let filler = size
        .checked_sub(mp4.len() + 8)
        .expect("the size is above that of the clip");
    mp4.extend(
        u32::try_from(filler + 8)
            .expect("a small file")
            .to_be_bytes(),
    );
    mp4.extend(b"free");
    mp4.extend((0..filler).map(|index| (index * 13 % 253) as u8));
    mp4
}

/// Returns the digest of some bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> Sha256Digest {
    Sha256Digest::from_bytes(Sha256::digest(bytes).into())
}

/// The checksum of a PNG chunk (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            let carry = if crc & 1 == 1 { 0xEDB8_8320 } else { 0 };
            crc >> 1 ^ carry
        })
    })
}
