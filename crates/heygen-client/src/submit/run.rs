//! The order of things: check, look, upload, send.

use heygen_types::Operation;
use heygen_upload_core::Repeat;

use super::{
    Submit, SubmitProgress,
    files::{Common, Usable},
};
use crate::{
    Cancellation, Error, ErrorKind, UploadedFile,
    cancellation::cancelled_by,
    client::repeat_of,
    race::{self, First, first},
};

impl<O, R> Submit<O, R>
where
    O: Operation<Response: Send> + Clone + Send + Sync + 'static,
{
    pub(super) async fn run(self) -> Result<O::Response, Error> {
        let Self {
            client,
            mut request,
            files,
            settings,
            part: _,
        } = self;

        // 1. The limits of the request, with stand-ins for what is not uploaded yet.
        let mut checked = request.clone();
        for file in &files {
            file.put_stand_in(&mut checked);
        }
        checked.validate()?;
        drop(checked);
        let key = match settings.key {
            Some(key) => key,
            None => client.fresh_key()?,
        };

        // 2. A look at every local file.
        let common = Common {
            client: client.clone(),
            observer: settings.observer.clone(),
            cancellation: settings.cancellation.clone(),
            each_upload: settings.each_upload,
        };
        let mut work = Vec::with_capacity(files.len());
        let mut index = 0;
        for file in files {
            let is_file = file.is_file();
            let looked_at = file.look(index, &common).await?;
            work.push(looked_at.into_work(index, &common));
            index += usize::from(is_file);
        }
        drop(common);

        // 3. The uploads.
        let usable = race::all(settings.concurrency, work)
            .await
            .map_err(|(error, done)| error.with_uploaded(uploaded(done)))?;
        let mut files = Vec::new();
        for file in usable {
            (file.put)(&mut request);
            files.extend(file.uploaded);
        }

        // 4. The request.
        let cancellation = settings.cancellation.as_ref();
        if cancellation.is_some_and(Cancellation::is_cancelled) {
            return Err(not_sent().with_uploaded(files));
        }
        if let Some(observer) = &settings.observer {
            observer.observe(&SubmitProgress::Sending);
        }
        let repeat = match settings.body_key {
            Some(set) => {
                set(&mut request, &key);
                Repeat::Safely
            }
            None => repeat_of::<O>(),
        };
        let sent = client.send_repeating(&request, &key, repeat);
        let created = match first(sent, cancelled_by(cancellation)).await {
            First::This(created) => created.map_err(|error| error.with_uploaded(files))?,
            First::That(()) => return Err(broken_off().with_uploaded(files)),
        };
        if let Some(on_created) = settings.on_created {
            on_created(&created);
        }
        Ok(created)
    }
}

fn uploaded<O>(done: Vec<Usable<O>>) -> Vec<UploadedFile> {
    done.into_iter().filter_map(|file| file.uploaded).collect()
}

fn not_sent() -> Error {
    Error::local(
        ErrorKind::Cancelled,
        "it was cancelled before the request was sent",
        "start it again",
    )
}

fn broken_off() -> Error {
    Error::local(
        ErrorKind::Cancelled,
        "it was cancelled while the request was under way; whether it was carried out is not known",
        "look for what it would have made before you start it again",
    )
}
