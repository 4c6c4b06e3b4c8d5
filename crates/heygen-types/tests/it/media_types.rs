use heygen_types::MediaType;

#[test]
fn other_names_are_read_as_the_word_of_the_api() {
    for (alias, word) in [
        ("image/jpg", "image/jpeg"),
        ("image/pjpeg", "image/jpeg"),
        ("video/x-m4v", "video/mp4"),
        ("audio/mp3", "audio/mpeg"),
        ("audio/x-wav", "audio/wav"),
        ("audio/vnd.wave", "audio/wav"),
        ("application/x-pdf", "application/pdf"),
        ("text/srt", "application/x-subrip"),
        ("application/x-zip-compressed", "application/zip"),
    ] {
        assert_eq!(MediaType::from(alias).as_str(), word, "{alias}");
        assert_eq!(MediaType::from(alias), MediaType::from(word));
    }
}

#[test]
fn every_known_word_is_read_as_itself_and_accepted() {
    assert_eq!(MediaType::KNOWN.len(), MediaType::ACCEPTED.len());
    for (word, accepted) in MediaType::KNOWN.iter().zip(MediaType::ACCEPTED) {
        let media_type = MediaType::from(*word);
        assert_eq!(&media_type, accepted);
        assert_eq!(media_type.as_str(), *word);
        assert!(media_type.is_accepted_in_direct_upload());
        assert!(media_type.extension().is_some());
        let is_zip = media_type == MediaType::Zip;
        assert_eq!(media_type.is_accepted_in_single_request(), !is_zip);
    }
}

#[test]
fn an_unknown_type_is_kept_and_accepted_nowhere() {
    for text in ["video/quicktime", "", "VIDEO/MP4", "video/mp4; codecs=avc1"] {
        let json = serde_json::to_string(text).unwrap();
        let media_type: MediaType = serde_json::from_str(&json).unwrap();
        assert!(matches!(media_type, MediaType::Unknown(_)), "{text}");
        assert_eq!(serde_json::to_string(&media_type).unwrap(), json);
        assert_eq!(media_type.to_string(), text);
        assert_eq!(media_type.extension(), None);
        assert!(!media_type.is_accepted_in_single_request());
        assert!(!media_type.is_accepted_in_direct_upload());
    }
}

#[test]
fn a_value_is_made_of_any_kind_of_text() {
    let parsed: MediaType = "image/png".parse().unwrap();
    assert_eq!(parsed, MediaType::Png);
    assert_eq!(MediaType::from("x/y".to_owned()), MediaType::from("x/y"));
}
