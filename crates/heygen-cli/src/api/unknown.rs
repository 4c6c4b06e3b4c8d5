//! Ids that the API does not know, and where to find those that it knows.

use heygen_client::Error;
use heygen_types::{
    BodyEncoding,
    table::{self, OperationEntry},
};

use super::examples;
use crate::{escape, failure::Failure};

/// Reports that the request of an operation failed. When it is because of an id in its path, the
/// hint names the command that lists the ids.
pub(super) fn failure(error: &Error, operation: &OperationEntry, parameters: &[String]) -> Failure {
    let mut failure = Failure::of_request(error);
    // A 404 without the API's own words is one of another server, and with a body it may be about
    // something in the body.
    let is_of_path = error.status() == Some(404)
        && error.api_error().is_some()
        && !parameters.is_empty()
        && operation.encoding != BodyEncoding::Json;
    if is_of_path {
        failure.hint = hint(operation, parameters);
    }
    in_doubt(failure, error, parameters)
}

/// Says with which command to find out whether a request was carried out, where that is not known.
pub(crate) fn in_doubt(mut failure: Failure, error: &Error, parameters: &[String]) -> Failure {
    if error.may_have_been_carried_out() {
        let advice =
            "look whether it was carried out before you run it again, which could do it twice";
        let shown_by = error.shown_by().and_then(table::find);
        failure.hint = match shown_by {
            Some(shown_by) => format!("{advice}: `{}`", command(shown_by, parameters)),
            None => advice.to_owned(),
        };
    }
    failure
}

/// Says with which command to find what an operation began, when its answer does not name it.
pub(super) fn look(operation: &OperationEntry) -> String {
    let advice = "look for it before you run it again, which would do it twice";
    let begun = operation.starts.map_or(operation.id, |starts| starts.job);
    let mut group = begun.as_str();
    while let Some((outer, _)) = group.rsplit_once('.') {
        if let Some(list) = table::find(&format!("{outer}.list")) {
            return format!("{advice}: `{}`", command(list, &[]));
        }
        group = outer;
    }
    advice.to_owned()
}

/// Writes a command with the ids that it has in its path.
fn command(operation: &OperationEntry, parameters: &[String]) -> String {
    let mut command = format!("heygen-rs {}", examples::words(operation));
    for parameter in parameters.iter().take(operation.path_params.len()) {
        command = format!("{command} {}", escape::message(parameter));
    }
    command
}

fn hint(operation: &OperationEntry, parameters: &[String]) -> String {
    let group = operation
        .id
        .as_str()
        .rsplit_once('.')
        .map(|(group, _)| group);
    let list = group.and_then(|group| table::find(&format!("{group}.list")));
    let Some(list) = list.filter(|list| list.id != operation.id) else {
        return "check the id".to_owned();
    };
    // A list inside something has the id of that in its own path, before the others.
    format!("check the id; `{}` shows them", command(list, parameters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_the_same_group_is_named() {
        for (id, expected) in [
            (
                "videos.get",
                "check the id; `heygen-rs videos list` shows them",
            ),
            (
                "avatars.looks.delete",
                "check the id; `heygen-rs avatars looks list` shows them",
            ),
            ("videos.batches.get", "check the id"),
        ] {
            let operation = table::find(id).unwrap();
            assert_eq!(hint(operation, &["x".to_owned()]), expected, "{id}");
        }
    }
}
