use heygen_types::UploadHeaders;

fn read(json: &str) -> serde_json::Result<UploadHeaders> {
    serde_json::from_str(json)
}

#[test]
fn the_order_on_the_wire_is_kept() {
    let json = r#"{"x-amz-z":"1","Content-Type":"video/mp4","a":"2","x-amz-a":"3"}"#;
    let headers = read(json).unwrap();
    let pairs: Vec<_> = headers.iter().collect();
    assert_eq!(
        pairs,
        [
            ("x-amz-z", "1"),
            ("Content-Type", "video/mp4"),
            ("a", "2"),
            ("x-amz-a", "3")
        ]
    );
    assert_eq!(serde_json::to_string(&headers).unwrap(), json);
}

#[test]
fn numbers_and_booleans_become_text() {
    let headers =
        read(r#"{"a":1048576,"b":-1,"c":true,"d":false,"e":1.5,"f":18446744073709551615}"#)
            .unwrap();
    let values: Vec<_> = headers.iter().map(|(_, value)| value).collect();
    assert_eq!(
        values,
        [
            "1048576",
            "-1",
            "true",
            "false",
            "1.5",
            "18446744073709551615"
        ]
    );
}

#[test]
fn what_no_header_can_carry_is_refused_by_name() {
    for json in [
        r#"{"x-one":null}"#,
        r#"{"x-one":["SECRET"]}"#,
        r#"{"x-one":{"a":"SECRET"}}"#,
    ] {
        let problem = read(json).unwrap_err().to_string();
        assert!(problem.contains("x-one"), "{problem}");
        assert!(!problem.contains("SECRET"), "{problem}");
    }
    assert!(read("[]").is_err());
    assert!(read("\"x-one\"").is_err());
}

#[test]
fn a_value_is_found_whatever_the_case_of_its_name() {
    let headers = UploadHeaders::new().with("Content-Type", "image/png");
    assert_eq!(headers.value("content-type"), Some("image/png"));
    assert_eq!(headers.value("content-length"), None);
}

#[test]
fn debug_shows_names_and_no_values() {
    let headers = UploadHeaders::new().with("x-amz-security-token", "SECRET");
    assert_eq!(format!("{headers:?}"), r#"{"x-amz-security-token"}"#);
}
