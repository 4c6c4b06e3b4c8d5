use heygen_types::IdempotencyKey;

#[test]
fn the_characters_of_the_api_are_taken_up_to_the_longest_key() {
    for text in ["a", "AZaz09_:.-", &"k".repeat(255)] {
        let key: IdempotencyKey = text.parse().unwrap();
        assert_eq!(key.as_str(), text);
        assert_eq!(key.to_string(), text);
        let json = serde_json::to_string(&key).unwrap();
        assert_eq!(serde_json::from_str::<IdempotencyKey>(&json).unwrap(), key);
    }
}

#[test]
fn other_keys_are_refused_with_the_limit() {
    for (text, says) in [
        (String::new(), "has 0 characters, the API takes 1 to 255"),
        (
            "k".repeat(256),
            "has 256 characters, the API takes 1 to 255",
        ),
        ("a b".to_owned(), "holds ' '"),
        ("a\n".to_owned(), "holds '\\n'"),
        ("schlüssel".to_owned(), "holds 'ü'"),
        ("a/b".to_owned(), "holds '/'"),
    ] {
        let problem = text.parse::<IdempotencyKey>().unwrap_err();
        assert_eq!(problem.field(), "Idempotency-Key");
        assert!(problem.problem().contains(says), "{text}: {problem}");
        let json = serde_json::to_string(&text).unwrap();
        assert!(serde_json::from_str::<IdempotencyKey>(&json).is_err());
    }
}
