//! Requests that may have been carried out although no usable answer came: how to find out.

use heygen_types::{Method, Operation, for_each_operation};
use heygen_upload_core::{FailureKind, Reason};

use super::{Error, Problem};

impl Error {
    /// Returns `true` if the request may have been carried out although no usable answer came. To
    /// send it again could do it twice: look first.
    #[must_use]
    pub const fn may_have_been_carried_out(&self) -> bool {
        matches!(
            self.0.problem,
            Problem::Request(Reason::Unconfirmed { .. }, _)
        )
    }

    /// Returns the id of the operation that shows whether a request was carried out, such as
    /// `video_agents.list`. `None` for every other error, and when there is no such operation.
    #[must_use]
    pub fn shown_by(&self) -> Option<&'static str> {
        self.0.context.shown_by
    }

    /// Returns `true` if an answer came that said success and could not be read.
    pub(crate) fn is_unreadable(&self) -> bool {
        let failure = self.failure();
        failure.is_some_and(|failure| failure.kind == FailureKind::Unreadable)
    }

    /// Says how to find out whether the request was carried out, where that is not known.
    pub(crate) fn look_for_effect(mut self, method: Method, path: &str) -> Self {
        if self.may_have_been_carried_out()
            && let Some((id, path)) = shows(method, path)
        {
            let call = id.replace('.', "().");
            self.0.context.shown_by = Some(id);
            self.0.context.hint = Some(format!(
                "look whether it was carried out before you send it again, which could do it twice: \
                 client.{call}(…), GET {path}"
            ));
        }
        self
    }
}

/// Finds the operation that shows what another one does: the record of the thing in its path, else
/// the list of its kind.
fn shows(method: Method, path: &str) -> Option<(&'static str, &'static str)> {
    let (id, _, _) = OPERATIONS
        .iter()
        .find(|(_, of, at)| *of == method && *at == path)?;
    let reads = |at: &str| {
        let mut all = OPERATIONS.iter();
        all.find(|(_, of, path)| *of == Method::Get && *path == at)
    };
    // What is generated from a template is no template.
    if let Some(end) = path.rfind('}').filter(|_| *id != "templates.generate")
        && let Some((id, _, path)) = reads(&path[..=end])
    {
        return Some((id, path));
    }
    let mut group = if *id == "templates.generate" {
        "videos.create"
    } else {
        id
    };
    while let Some((outer, _)) = group.rsplit_once('.') {
        let list = format!("{outer}.list");
        if let Some((id, _, path)) = OPERATIONS.iter().find(|(id, ..)| *id == list) {
            return Some((id, path));
        }
        group = outer;
    }
    None
}

macro_rules! operations {
    ($($operation:ty),+ $(,)?) => {
        /// Every operation: its id, method and path.
        const OPERATIONS: &[(&str, Method, &str)] = &[$((
            <$operation as Operation>::ID,
            <$operation as Operation>::METHOD,
            <$operation as Operation>::PATH,
        )),+];
    };
}

for_each_operation!(operations);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_request_did_is_shown_by_the_record_or_the_list() {
        let shown = |id: &str| {
            let found = OPERATIONS.iter().find(|(known, ..)| *known == id);
            let (_, method, path) = found.unwrap();
            shows(*method, path).map(|(id, _)| id)
        };
        for (id, by) in [
            ("video_agents.create", Some("video_agents.list")),
            ("video_agents.send_message", Some("video_agents.get")),
            ("video_agents.stop", Some("video_agents.get")),
            ("videos.batches.create", Some("videos.list")),
            ("templates.generate", Some("videos.list")),
            ("avatars.looks.update", Some("avatars.looks.get")),
            ("avatars.consent", Some("avatars.get")),
            (
                "video_translations.proofreads.generate",
                Some("video_translations.proofreads.get"),
            ),
            (
                "webhooks.endpoints.rotate_secret",
                Some("webhooks.endpoints.list"),
            ),
            ("voices.clone", Some("voices.list")),
            (
                "models.audio.voices.create",
                Some("models.audio.voices.list"),
            ),
            // There is no list of them.
            ("filler_word_removals.create", None),
        ] {
            assert_eq!(shown(id), by, "{id}");
        }
    }

    #[test]
    fn all_that_changes_without_a_key_of_the_caller_can_be_looked_for() {
        let lost: Vec<_> = OPERATIONS
            .iter()
            .filter(|(_, method, path)| !method.is_idempotent() && shows(*method, path).is_none())
            .map(|(id, ..)| *id)
            .collect();
        // Speech leaves nothing that could be found. The others declare a key and have no list.
        let known = [
            "filler_word_removals.create",
            "folders.create",
            "models.audio.tts.create",
            "models.audio.tts.stream",
            "models.images.create",
            "models.videos.create",
        ];
        assert_eq!(lost, known);
    }
}
