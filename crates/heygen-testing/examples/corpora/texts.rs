//! Formats that are written by hand.

use heygen_webhooks::sign;
use serde_json::Value;

use crate::write;

pub(crate) fn write_all() {
    forms();
    deliveries();
    texts();
}

fn forms() {
    let head = "multipart/form-data; boundary=XX\n\n";
    let forms = [
        ("good", form("a.srt", SUBTITLES)),
        (
            "no-file",
            form("a.srt", "x").replace("; filename=\"a.srt\"", ""),
        ),
        (
            "two-files",
            format!(
                "{}{}",
                form("a", "x").replace("--XX--\r\n", ""),
                form("b", "y")
            ),
        ),
        ("open", form("a.srt", SUBTITLES).replace("--XX--", "")),
        (
            "starred",
            form("a", "x").replace("filename=\"a\"", "filename*=UTF-8''%e2%82%ac"),
        ),
    ];
    for (name, body) in forms {
        write("form", name, format!("{head}{body}").as_bytes());
    }
    write(
        "form",
        "quoted",
        b"multipart/form-data; boundary=\"X X\"\n\n--X X--\r\n",
    );
    for (name, file) in [
        ("plain", "a.png"),
        ("quoted", "a\"; b=\"c\\.png"),
        ("empty", ""),
        ("percent", "100%22.png"),
        ("script", "\u{20ac}\u{85}.png"),
    ] {
        write(
            "multipart",
            name,
            format!("{file}\n\n\r\n--heygen-rs-\r\n").as_bytes(),
        );
    }
}

fn deliveries() {
    let facts = include_str!("../../../heygen-types/api/webhooks.json");
    let facts: Value = serde_json::from_str(facts).expect("the facts are JSON");
    let types = facts["event_types"].as_array().expect("it is a list");
    let known = types.iter().filter(|known| !known["payload"].is_null());
    for known in known.chain(&types[..2]) {
        let name = known["type"].as_str().expect("it is text");
        let event = EVENT.replace("avatar_video.success", name);
        write("webhook", name, event.as_bytes());
    }
    write("webhook", "odd", b"{\"event_type\":\"a\",\"event_data\":[1.5,-1,null],\"event_id\":\"\",\"created_at\":1700000000}");
    let secret = |text: &str| text.parse().expect("it is a secret");
    for (name, header, secret) in [
        ("good", "Heygen-Signature", secret("whsec_current")),
        ("previous", "heygen-signature", secret("whsec_previous")),
        ("older", "Signature", secret("whsec_current")),
        ("wrong", "Heygen-Signature", secret("whsec_other")),
    ] {
        let signature = sign(&secret, EVENT.as_bytes());
        let headers = format!("{header}: {signature}\nHeygen-Timestamp: 1767225600\n");
        let whole = format!("1767225600\n{headers}Heygen-Event-Id: e\n\n{EVENT}");
        write("signature", name, whole.as_bytes());
    }
}

fn texts() {
    for (name, value) in [
        ("seconds", "7"),
        ("zero", "0"),
        ("most", "18446744073709551615"),
        ("more", "99999999999999999999"),
        ("imf", "Thu, 01 Jan 2026 00:01:00 GMT"),
        ("rfc850", "Thursday, 01-Jan-26 00:01:00 GMT"),
        ("asctime", "Thu Jan  1 00:01:00 2026"),
        ("past", "Sun, 06 Nov 1994 08:49:37 GMT"),
        ("signed", "+7"),
        ("fraction", "1.5"),
    ] {
        write("retry_after", name, value.as_bytes());
    }
    let gateway = "<html><body><h1>502 Bad Gateway</h1></body></html>";
    write(
        "api_error",
        "gateway",
        format!("502\ncontent-type: text/html\n\n{gateway}").as_bytes(),
    );
    write(
        "api_error",
        "foreign",
        b"403\nx-request-id: r\n\n{\"message\":\"Forbidden\"}",
    );
    write("api_error", "several", b"400\n\n{\"error\":{\"code\":\"invalid_parameter\",\"message\":\"m\",\"param\":\"a[0]\",\"doc_url\":\"https://d\",\"errors\":[{\"code\":\"c\",\"message\":\"m\"}]}}");
    write(
        "api_error",
        "success",
        b"200\n\n{\"data\":{\"username\":\"u\"}}",
    );
    for (name, text) in [
        (
            "log",
            "two words\n\nlevel=info url=https://h.test/a?b=c#d token=e x-api-key: f, g",
        ),
        (
            "headers",
            "b=\"c\"; d\n\nGET /?a HTTP/1.1\r\nSet-Cookie: e; f\r\nAuthorization: Bearer g\r\n h\r\n\r\n",
        ),
        (
            "json",
            "a\\\"b\\\n\n{\"secret\":\"a \\\" b\",\"tokens\":[\"c]\",{}],\"text\":\"{\\\"password\\\":\\\"d\\\"}\"}",
        ),
        ("escapes", "a\n\ntoken: \\\\\\\"b\\\" c"),
        (
            "debug",
            "it's\n\nLogin { password: \"a b\", 'secret' => `c`, Basic <d>, (token: e f) }",
        ),
    ] {
        write("redacted", name, text.as_bytes());
    }
    write(
        "storage_error",
        "gateway",
        format!("502\n\n{gateway}").as_bytes(),
    );
    write("storage_error", "expired", b"403\n\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message><Expires>2026-01-01T00:00:00Z</Expires></Error>");
    write("storage_error", "entities", b"400\n\n<Error><Code>X</Code><Message>a &lt;b&gt; &amp;amp;</Message><RequestId>r</RequestId></Error>");
}

/// A multipart body with one file.
pub(crate) fn form(name: &str, content: &str) -> String {
    format!(
        "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n\
         {content}\r\n--XX--\r\n"
    )
}

pub(crate) const SUBTITLES: &str = "1\r\n00:00:01,000 --> 00:00:02,000\r\nHello\r\n";

const EVENT: &str = "{\"event_type\":\"avatar_video.success\",\"event_data\":{\"video_id\":\"v\",\
    \"url\":\"https://files.example/v.mp4?a\",\"id\":\"c\",\"status\":\"failed\"}}";
