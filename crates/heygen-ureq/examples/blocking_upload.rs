//! Uploads a file without an asynchronous runtime, and without a word of `async`.
//!
//! ```console
//! $ heygen-rs emulator --listen 8080 &
//! {"url":"http://127.0.0.1:8080","api_key":"…"}
//! $ export HEYGEN_API_BASE=http://127.0.0.1:8080 HEYGEN_API_KEY=…
//! $ cargo run -p heygen-ureq --example blocking_upload -- tests/media/clip.mp4
//! ```
#![expect(clippy::print_stdout, reason = "a program tells its result")]

use std::{error::Error, path::Path};

use heygen_client::{Asset, ClientBuilder, Progress, types::users::GetCurrentUser};
use heygen_ureq::{Blocking as _, client_builder};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args_os()
        .nth(1)
        .ok_or("usage: blocking_upload FILE")?;
    let asset = upload(client_builder()?.environment()?, file.as_ref())?;
    println!(
        "{} is {} of {}",
        asset.asset_id, asset.size, asset.media_type
    );
    Ok(())
}

pub(crate) fn upload(builder: ClientBuilder, file: &Path) -> Result<Asset, Box<dyn Error>> {
    let client = builder.build()?;
    // Any operation ends in `run` …
    let user = client.send(&GetCurrentUser::new()).run()?;
    println!(
        "uploading for {}",
        user.email.as_deref().unwrap_or("somebody")
    );
    // … and so does an upload, with every option that it has elsewhere.
    let asset = client
        .assets()
        .upload(file)
        .observer(|progress: &Progress<'_>| println!("{progress:?}"))
        .run()?;
    Ok(asset)
}
