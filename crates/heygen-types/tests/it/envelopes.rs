use heygen_types::{ApiError, Data, ErrorBody, Page};
use serde_json::json;

#[test]
fn an_error_keeps_everything_it_says() {
    let json = json!({"error": {
        "code": "invalid_parameter", "message": "too long", "param": "prompt",
        "doc_url": "https://docs.example/e",
        "errors": [
            {"code": "a", "message": "b", "node_id": "n", "port": "p", "path": "q"},
            {"code": "a", "message": "b"},
        ],
    }});
    let body: ErrorBody = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(body.error.to_string(), "invalid_parameter: too long");
    assert_eq!(body.error.errors.len(), 2);
    assert_eq!(serde_json::to_value(&body).unwrap(), json);
}

#[test]
fn an_error_needs_only_code_and_message() {
    let json = json!({"error": {"code": "not_found", "message": "gone"}});
    let body: ErrorBody = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(body, ErrorBody::new(ApiError::new("not_found", "gone")));
    assert_eq!(serde_json::to_value(&body).unwrap(), json);

    let nulls = json!({"error": {
        "code": "x", "message": "y", "param": null, "doc_url": null, "request": 1,
    }});
    let body: ErrorBody = serde_json::from_value(nulls).unwrap();
    assert_eq!(body.error.param, None);
}

#[test]
fn foreign_bodies_are_no_errors_of_the_api() {
    for text in [
        "",
        "null",
        "[]",
        "<html><body>502 Bad Gateway</body></html>",
        r#"{"error":"unauthorized"}"#,
        r#"{"error":{"code":"x"}}"#,
        r#"{"message":"x","code":1}"#,
        r#"{"error":{"code":"x","message":"y""#,
    ] {
        assert!(serde_json::from_str::<ErrorBody>(text).is_err(), "{text}");
    }
}

#[test]
fn codes_are_compared_without_letter_case() {
    let error = ApiError::new("Request_In_Progress", "").with_param("file");
    assert!(error.is("request_in_progress"));
    assert!(!error.is("request_in"));
    assert_eq!(error.param.as_deref(), Some("file"));
}

#[test]
fn a_list_without_a_cursor_is_a_last_page() {
    let page: Page<u32> = serde_json::from_value(json!({"data": [1, 2]})).unwrap();
    assert_eq!(page, Page::new(vec![1, 2]));
    let json = json!({"data": [1], "has_more": true, "next_token": "t"});
    let page: Page<u32> = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&page).unwrap(), json);
}

#[test]
fn one_resource_stands_under_data() {
    let json = json!({"data": {"id": 1}, "error": null});
    let data: Data<serde_json::Value> = serde_json::from_value(json).unwrap();
    assert_eq!(
        serde_json::to_value(Data::new(data.data)).unwrap(),
        json!({"data": {"id": 1}})
    );
}
