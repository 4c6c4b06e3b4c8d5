//! Known answers, each made with `openssl dgst -sha256 -hmac SECRET`.

use heygen_webhooks::sign;

use crate::support::{BODY, BY_CURRENT, BY_PREVIOUS, CURRENT, PREVIOUS, Request, secret, verifier};

#[test]
fn signatures_are_those_of_openssl() {
    let long = format!("whsec_{}", "0123456789abcdef".repeat(5));
    let vectors: [(&str, &[u8], &str); 6] = [
        (CURRENT, BODY, BY_CURRENT),
        (PREVIOUS, BODY, BY_PREVIOUS),
        (
            CURRENT,
            b"",
            "2c7e71c4ebd0723d062810acc078d4cfdc61f4631d74b6cf9b324ce63a127f97",
        ),
        // The body need not be text.
        (
            CURRENT,
            b"\x00\xff\n",
            "430d0ac75849e7bcfe19619275004a0ff7eba30fa7f93ba502128be5b058cf27",
        ),
        // The secret is used as UTF-8.
        (
            "whsec_ümlaut",
            r#"{"a":"\u00e9 é"}"#.as_bytes(),
            "543020533898fe0a1ed3cb763c2d0707de2e448115aeea3e19254f78972a3faf",
        ),
        // A key longer than a block of the hash.
        (
            &long,
            b"x",
            "a5ae0acb24b6b32e3cbd6d5aa6eb87eb4fd752cf28272e37a7bd70009a490704",
        ),
    ];
    for (key, body, expected) in vectors {
        assert_eq!(sign(&secret(key), body), expected, "{key}");
    }
}

#[test]
fn digits_may_be_of_either_case() {
    let upper = Request::new().with("Heygen-Signature", BY_CURRENT.to_uppercase());
    assert!(upper.check(&verifier()).is_ok());
}
