use std::path::Path;

use crate::docs::source::operations;

/// Tells whether a file describes operations of the API.
pub(super) fn is_endpoint(file: &Path, text: &str) -> bool {
    file.starts_with("crates/heygen-types/src") && !operations(text).is_empty()
}

/// Checks that the documentation of an operation starts from its HTTP line.
pub(super) fn check(file: &Path, text: &str) -> Vec<String> {
    operations(text)
        .iter()
        .filter_map(|operation| {
            let line = format!("`{} {}`", operation.method, operation.path);
            let named = text
                .lines()
                .any(|doc| doc.trim_start().starts_with("///") && doc.contains(&line));
            (!named).then(|| {
                format!(
                    "{}: the documentation of {} does not name {line}",
                    file.display(),
                    operation.type_name
                )
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{check, is_endpoint};

    const FILE: &str = r#"
/// `GET /v3/assets/{asset_id}`.
pub struct GetAsset {}

impl Operation for GetAsset {
    const ID: &'static str = "assets.get";
    const METHOD: Method = Method::Get;
    const PATH: &'static str = "/v3/assets/{asset_id}";
}
"#;

    #[test]
    fn the_http_line_must_stand_in_the_documentation() {
        let path = Path::new("crates/heygen-types/src/assets/get.rs");
        assert!(is_endpoint(path, FILE));
        assert_eq!(check(path, FILE), Vec::<String>::new());
        let wrong = FILE.replace("/// `GET", "/// `POST");
        assert_eq!(check(path, &wrong).len(), 1);
    }
}
