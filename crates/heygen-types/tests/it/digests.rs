use heygen_types::Sha256Digest;

#[test]
fn hexadecimal_digits_of_either_case_are_read_and_lower_case_is_written() {
    let text = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";
    let digest: Sha256Digest = text.parse().unwrap();
    assert_eq!(digest, text.to_uppercase().parse().unwrap());
    assert_eq!(digest.as_bytes()[..3], [0, 1, 2]);
    assert_eq!(digest.as_bytes()[31], 0xff);
    assert_eq!(digest.to_string(), text);
    assert_eq!(Sha256Digest::from_bytes(*digest.as_bytes()), digest);
    assert_eq!(serde_json::to_value(digest).unwrap(), text);
    assert_eq!(
        serde_json::from_str::<Sha256Digest>(&format!("\"{text}\"")).unwrap(),
        digest
    );
}

#[test]
fn anything_else_is_refused_with_the_length_it_needs() {
    let base64 = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=";
    for (text, says) in [
        ("", "has 0 characters"),
        (base64, "has 44 characters"),
        (&"0".repeat(63), "has 63 characters"),
        (&"0".repeat(65), "has 65 characters"),
        (&"g".repeat(64), "other than hexadecimal"),
        (&"+".repeat(64), "other than hexadecimal"),
        (&"ä".repeat(32), "other than hexadecimal"),
    ] {
        let problem = text.parse::<Sha256Digest>().unwrap_err();
        assert_eq!(problem.field(), "checksum_sha256");
        assert!(problem.problem().contains(says), "{text}: {problem}");
        let json = serde_json::to_string(text).unwrap();
        assert!(serde_json::from_str::<Sha256Digest>(&json).is_err());
    }
}
