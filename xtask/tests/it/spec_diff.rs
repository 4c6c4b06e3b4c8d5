use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::{Value, json};

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/openapi.json")
}

fn spec_diff(file: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask"))
        .arg("spec-diff")
        .arg(file)
        .output()
        .unwrap()
}

fn lines(output: &Output) -> Vec<&str> {
    str::from_utf8(&output.stdout).unwrap().lines().collect()
}

#[test]
fn document_without_a_difference_ends_with_0() {
    let output = spec_diff(&document());
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    assert_eq!(lines(&output), ["no difference"]);
}

#[test]
fn every_difference_is_a_line_and_the_status_is_1() {
    let mut changed: Value =
        serde_json::from_str(&fs::read_to_string(document()).unwrap()).unwrap();
    changed["paths"]["/v3/podcasts"] = json!({"get": {"responses": {}}});
    let limit = &mut changed["paths"]["/v3/videos"]["get"]["parameters"][0]["schema"];
    limit["maximum"] = json!(50);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("changed.json");
    fs::write(&file, changed.to_string()).unwrap();
    let output = spec_diff(&file);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert_eq!(
        lines(&output),
        [
            "GET /v3/podcasts: only in the document",
            "GET /v3/videos: query limit: maximum is 100 in the table, 50 in the document",
        ]
    );
}

#[test]
fn what_is_no_document_is_reported() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("other.json");
    for (text, wanted) in [
        ("openapi: 3.1.0", "is not JSON"),
        (r#"{"swagger": "2.0"}"#, "no OpenAPI 3 document"),
    ] {
        fs::write(&file, text).unwrap();
        let output = spec_diff(&file);
        assert_eq!(output.status.code(), Some(1), "{output:?}");
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(error.contains(wanted), "{error}");
    }
}
