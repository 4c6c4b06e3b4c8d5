use heygen_types::ByteSize;

#[test]
fn sizes_are_shown_in_powers_of_ten() {
    for (bytes, shown) in [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1.0 kB"),
        (32_000_000, "32.0 MB"),
        (33_554_432, "33.5 MB"),
        (1_999_999_999, "1.9 GB"),
        (u64::MAX, "18446744.0 TB"),
    ] {
        assert_eq!(ByteSize::new(bytes).to_string(), shown);
    }
}

#[test]
fn sizes_are_numbers_on_the_wire() {
    let size: ByteSize = serde_json::from_str("18446744073709551615").unwrap();
    assert_eq!(size, ByteSize::from(u64::MAX));
    assert_eq!(
        serde_json::to_string(&size).unwrap(),
        "18446744073709551615"
    );
    assert!(serde_json::from_str::<ByteSize>("-1").is_err());
    assert!(serde_json::from_str::<ByteSize>("1.5").is_err());
}
