use std::{
    fs::{self, File},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The first bytes of an MP4 file: the box that names its brands.
const MP4_HEAD: &[u8] = b"\0\0\0\x18ftypisom\0\0\x02\0isommp42";
/// The first bytes of a PNG file: signature and the start of its header.
const PNG_HEAD: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
const BLOCK: usize = 1024 * 1024;

/// Makes a video of a size, of bytes that do not compress. One that is there already is kept.
pub(super) fn video(folder: &Path, bytes: u64) -> Result<PathBuf> {
    make(folder, &format!("video-{bytes}.mp4"), bytes, |file| {
        fill(file, MP4_HEAD, bytes, 1)
    })
}

/// Makes a video of a size that takes no space on the disk.
pub(super) fn sparse_video(folder: &Path, bytes: u64) -> Result<PathBuf> {
    make(folder, &format!("sparse-{bytes}.mp4"), bytes, |file| {
        file.write_all(MP4_HEAD)?;
        file.set_len(bytes)
    })
}

/// Makes images of a size, no two of them alike.
pub(super) fn images(folder: &Path, count: usize, bytes: u64) -> Result<Vec<PathBuf>> {
    (0..count)
        .map(|number| {
            make(
                folder,
                &format!("image-{bytes}-{number:04}.png"),
                bytes,
                |file| fill(file, PNG_HEAD, bytes, number as u64 + 2),
            )
        })
        .collect()
}

fn make(
    folder: &Path,
    name: &str,
    bytes: u64,
    write: impl FnOnce(&mut File) -> io::Result<()>,
) -> Result<PathBuf> {
    let path = folder.join(name);
    if fs::metadata(&path).is_ok_and(|there| there.len() == bytes) {
        return Ok(path);
    }
    fs::create_dir_all(folder)
        .and_then(|()| File::create(&path))
        .and_then(|mut file| write(&mut file))
        .with_context(|| format!("cannot make {}", path.display()))?;
    Ok(path)
}

/// Writes a head and then pseudo-random bytes (xorshift), up to a size.
fn fill(file: &mut File, head: &[u8], bytes: u64, seed: u64) -> io::Result<()> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut block = vec![0; BLOCK];
    let mut written = 0;
    while written < bytes {
        for word in block.chunks_exact_mut(8) {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            word.copy_from_slice(&state.to_le_bytes());
        }
        if written == 0 {
            block[..head.len()].copy_from_slice(head);
        }
        let count = (bytes - written).min(BLOCK as u64);
        file.write_all(&block[..count as usize])?;
        written += count;
    }
    Ok(())
}
