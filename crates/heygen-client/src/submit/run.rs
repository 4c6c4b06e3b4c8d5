//! The order of things: check, look, upload, send.

use heygen_types::Operation;

use super::{
    Submit, SubmitProgress,
    plan::{Common, Plan},
};
use crate::{
    Cancellation, Error, ErrorKind,
    cancellation::cancelled_by,
    race::{First, first},
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

        // 1. The key, and the limits of the request, with stand-ins for what is not uploaded yet.
        let is_kept = settings.key.is_some();
        let key = match settings.key {
            Some(key) => key,
            None => client.fresh_key()?,
        };
        let mut checked = request.clone();
        for file in &files {
            file.put_stand_in(&mut checked);
        }
        checked.validate()?;
        drop(checked);

        // 2. A look at every local file.
        let common = Common {
            client: client.clone(),
            observer: settings.observer.clone(),
            cancellation: settings.cancellation.clone(),
            each_upload: settings.each_upload,
        };
        let mut plan = Plan::new();
        for file in files {
            plan.add(file, &common).await?;
        }

        // 3. The uploads.
        let filling = plan.carry_out(settings.concurrency, &common).await?;
        let files = filling.put_into(&mut request);

        // 4. The request.
        let cancellation = settings.cancellation.as_ref();
        if cancellation.is_some_and(Cancellation::is_cancelled) {
            return Err(not_sent().with_uploaded(files));
        }
        if let Some(observer) = &settings.observer {
            observer.observe(&SubmitProgress::Sending);
        }
        let sent = client.send_under(&request, &key, is_kept);
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
