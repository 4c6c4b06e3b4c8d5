//! Ids that the API does not know, and where to find those that it knows.

use heygen_client::Error;
use heygen_types::{BodyEncoding, table::OperationEntry};

use super::{examples, table};
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
        && operation.encoding() != BodyEncoding::Json;
    if is_of_path {
        failure.hint = hint(operation, parameters);
    }
    failure
}

fn hint(operation: &OperationEntry, parameters: &[String]) -> String {
    let group = operation.id.rsplit_once('.').map(|(group, _)| group);
    let list = group.and_then(|group| table().operation(&format!("{group}.list")));
    let Some(list) = list.filter(|list| list.id != operation.id) else {
        return "check the id".to_owned();
    };
    let mut command = format!("heygen-rs {}", examples::words(list));
    // A list inside something has the id of that in its own path, before the others.
    for parameter in parameters.iter().take(list.path_params.len()) {
        command = format!("{command} {}", escape::message(parameter));
    }
    format!("check the id; `{command}` shows them")
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
            let operation = table().operation(id).unwrap();
            assert_eq!(hint(operation, &["x".to_owned()]), expected, "{id}");
        }
    }
}
