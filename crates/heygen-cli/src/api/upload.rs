//! The local files of a request: uploaded, or put inside it, before it is sent.

use std::{
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use base64::{Engine as _, prelude::BASE64_STANDARD};
use futures_util::{StreamExt as _, stream};
use heygen_client::{Client, media};
use heygen_types::{AssetId, Json, Url};

use super::{
    body::{Body, FileForm, Key, LocalFile},
    local_file::{elsewhere, open, refused, unreadable},
    run::{Effect, Scene},
};
use crate::{
    commands::upload::set_up,
    config::{FileSettings, JournalUse},
    console::Console,
    escape,
    exit::Exit,
    failure::Failure,
    files::KnownFiles,
    journal::Memory,
    progress::Display,
    resources::Slots,
};

/// A body as it is sent, and the files that were uploaded for it.
#[derive(Default)]
pub(super) struct Completed {
    pub(super) json: Json,
    assets: Vec<(PathBuf, AssetId)>,
    words: Vec<AssetId>,
}

impl Completed {
    /// Adds to a failure of the request what was uploaded for it, so that nobody uploads it again.
    pub(super) fn explain(&self, mut failure: Failure) -> Failure {
        let assets = self.assets.iter().map(|(path, id)| {
            let name = escape::name(path.as_os_str());
            format!("{name} is {}", escape::message(id.as_str()))
        });
        let assets: Vec<String> = assets.collect();
        if !assets.is_empty() {
            failure.hint = format!("{}; uploaded already: {}", failure.hint, assets.join(", "));
        }
        if failure.exit == Exit::Api && !failure.retryable && !self.words.is_empty() {
            let words = self.words.iter();
            let words: Vec<String> = words
                .map(|word| format!("'{}'", escape::message(word.as_str())))
                .collect();
            failure.hint = match &words[..] {
                [word] => format!(
                    "{}; there is no file {word} here, so it was taken as an asset id",
                    failure.hint
                ),
                words => format!(
                    "{}; there are no files {} here, so they were taken as asset ids",
                    failure.hint,
                    words.join(", ")
                ),
            };
        }
        failure
    }
}

/// Does what the local files of a body need, and returns the body as it is sent.
pub(super) async fn complete(
    client: &Client,
    body: Body,
    journal: &JournalUse,
    scene: &Scene,
) -> Result<Completed, Failure> {
    let Body {
        mut json,
        files,
        words,
        ..
    } = body;
    let (inline, uploads): (Vec<LocalFile>, Vec<LocalFile>) = files
        .into_iter()
        .partition(|file| file.form == FileForm::Inline);
    // What can fail without having stored anything goes first.
    for file in &inline {
        let path = file.path.clone();
        let encoded = scene.interruptible(Effect::Reads, elsewhere(move || encode(&path)));
        let object = encoded.await?;
        *at(&mut json, &file.place) = object;
    }
    let mut assets = Vec::new();
    if uploads.is_empty() {
        return Ok(Completed {
            json,
            assets,
            words,
        });
    }
    // A file to which several paths lead is uploaded once.
    let mut paths: Vec<&Path> = Vec::new();
    let mut known = KnownFiles::default();
    let mut numbers = Vec::with_capacity(uploads.len());
    for file in &uploads {
        let number = known.number(&file.path, paths.len());
        if number == paths.len() {
            paths.push(&file.path);
        }
        numbers.push(number);
    }
    let memory = Memory::open(journal, &scene.console);
    let mut memory = scene.interruptible(Effect::Reads, memory).await?;
    let settings = FileSettings {
        journal: memory.journal(),
        is_fresh: journal.is_fresh,
        ..FileSettings::default()
    };
    let ids = upload(client, &paths, &settings, scene).await;
    memory.tell_damage(&scene.console);
    let ids = ids?;
    assets.extend(paths.iter().map(|path| path.to_path_buf()).zip(ids));
    for (file, number) in uploads.into_iter().zip(numbers) {
        let (_, id) = &assets[number];
        let id = Json::String(id.clone().into());
        match (at(&mut json, &file.place), file.form) {
            (Json::Object(reference), FileForm::Reference) => {
                reference.insert("asset_id".to_owned(), id);
            }
            (place, _) => *place = id,
        }
    }
    Ok(Completed {
        json,
        assets,
        words,
    })
}

/// Warns of what HeyGen will hardly fetch. A server that does not tell its sizes is left in peace.
pub(super) async fn warn_of_large_urls(client: &Client, urls: &[Url], console: Console) {
    let sizes = urls.iter().map(async |url| {
        let size = tokio::time::timeout(SIZE_LIMIT, client.remote_size(url)).await;
        (url, size.ok().flatten())
    });
    let mut sizes = stream::iter(sizes).buffered(CONCURRENCY);
    while let Some((url, size)) = sizes.next().await {
        if let Some(size) = size
            && size > INLINE_MAX_BYTES
        {
            let text = format!("{size} bytes behind this URL; HeyGen fetches at most 32 MB");
            console.warning(Some(Path::new(url.without_query())), "url_too_large", &text);
        }
    }
}

/// Uploads files, several at once, and returns their ids in the same order.
async fn upload(
    client: &Client,
    files: &[&Path],
    settings: &FileSettings,
    scene: &Scene,
) -> Result<Vec<AssetId>, Failure> {
    let display = Display::new(scene.progress, scene.console, files.len());
    let cancellation = &scene.cancellation;
    let slots = Arc::new(Slots::new(CONCURRENCY));
    let one = async |index: usize, path: &Path| {
        let _slot = slots.take().await;
        let path = path.to_path_buf();
        let watch = display.watch(&path);
        watch.lower(&slots);
        let upload = set_up(client, settings, &path, &watch);
        let end = upload.cancellation(cancellation).await;
        display.file_ended();
        end.map(|asset| (index, asset.asset_id)).map_err(|error| {
            let mut failure = Failure::of_upload(&error, watch.step());
            let name = escape::name(path.as_os_str());
            failure.message = format!("{name}: {}", failure.message);
            failure
        })
    };
    let mut uploads = stream::iter(files.iter().enumerate())
        .map(|(index, path)| one(index, path))
        .buffer_unordered(slots.count());
    let mut ids = Vec::with_capacity(files.len());
    let mut problem: Option<Failure> = None;
    while let Some(end) = uploads.next().await {
        match end {
            Ok(uploaded) => ids.push(uploaded),
            Err(failure) => {
                // The request cannot be sent any more, so the others have no use.
                problem.get_or_insert(failure);
                cancellation.cancel();
            }
        }
    }
    drop(uploads);
    display.clear();
    match problem {
        Some(failure) => Err(failure),
        None => {
            ids.sort_by_key(|(index, _)| *index);
            Ok(ids.into_iter().map(|(_, id)| id).collect())
        }
    }
}

/// Makes the object that carries a file.
fn encode(path: &Path) -> Result<Json, Failure> {
    let (mut file, size) = open(path)?;
    let refuse = |code, problem: &str, hint: &str| refused(path, code, problem, hint);
    if size > INLINE_MAX_BYTES {
        return Err(refuse(
            "too_large",
            &format!("{size} bytes are too many for base64, which takes 32 MB"),
            "leave out --inline or base64:, and the file is uploaded first",
        ));
    }
    let unreadable = |error| unreadable(path, &error);
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(unreadable)?;
    let head = media::read_head(&bytes[..]).map_err(unreadable)?;
    let found = media::detect(&head, path.to_str());
    let Some(media_type) = found.media_type() else {
        return Err(refuse("unsupported_type", &found.problem(), found.hint()));
    };
    let member = |name: &str, value: String| (name.to_owned(), Json::String(value));
    Ok(Json::Object(
        [
            member("type", "base64".to_owned()),
            member("media_type", media_type.as_str().to_owned()),
            member("data", BASE64_STANDARD.encode(&bytes)),
        ]
        .into(),
    ))
}

fn at<'a>(json: &'a mut Json, place: &[Key]) -> &'a mut Json {
    place.iter().fold(json, |value, key| {
        match (value, key) {
            (Json::Object(members), Key::Member(name)) => members.get_mut(name),
            (Json::Array(items), Key::Item(index)) => items.get_mut(*index),
            _ => None,
        }
        .expect("the place was found in this body")
    })
}

/// A warning is not worth a longer wait.
const SIZE_LIMIT: Duration = Duration::from_secs(5);

/// As many as `heygen-rs upload` has by default.
const CONCURRENCY: usize = 8;

/// The strict reading of "32 MB".
const INLINE_MAX_BYTES: u64 = 32_000_000;
