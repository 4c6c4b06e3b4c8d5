use proptest::prelude::*;

use super::files::{FILES, head};
use crate::media::{SNIFF_BYTES, detect, sniff};

/// Magic numbers and fields that lead detection deep into its checks.
const FRAGMENTS: &[&[u8]] = &[
    b"\0\0\0\x20ftyp",
    b"isom",
    b"mif1",
    b"\0\0\0\x01moov",
    b"\0\0\0\x08mvhd",
    b"\xFF\xFF\xFF\xFF",
    b"\x1A\x45\xDF\xA3",
    b"\x01\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
    b"\x42\x82\x84webm",
    b"\xEC\x80",
    b"RIFF",
    b"WAVE",
    b"%PDF-",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"ID3\x04\0\0",
    b"\x7F\x7F\x7F\x7F",
    b"\xFF\xFB\x90\x64",
    b"\0",
    b"1\n",
    b"00:00:00,000 --> ",
    b"\r\n",
    b"PK\x03\x04",
    b"[Content_Types].xml",
    b"word/",
    b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
    b"\x28\xB5\x2F\xFD",
    b"\x50\x2A\x4D\x18",
];

fn fragments() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => prop::sample::select(FRAGMENTS).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..16),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

fn damaged_file() -> impl Strategy<Value = Vec<u8>> {
    let change = (any::<prop::sample::Index>(), any::<u8>());
    let changes = prop::collection::vec(change, 0..8);
    (prop::sample::select(FILES), changes, 0..=SNIFF_BYTES).prop_map(
        |((file, _), changes, length)| {
            let mut bytes = head(file);
            bytes.truncate(length.max(1));
            for (index, byte) in changes {
                // Most of what matters stands in the first bytes.
                let reach = bytes.len().min(64);
                bytes[index.index(reach)] = byte;
            }
            bytes
        },
    )
}

#[test]
fn inputs_of_up_to_two_bytes_never_panic_and_are_nothing_accepted() {
    let accepted = |head: &[u8]| sniff(head).is_some_and(|found| found.extension().is_some());
    assert!(!accepted(&[]));
    for first in 0..=u8::MAX {
        assert!(!accepted(&[first]));
        for second in 0..=u8::MAX {
            assert!(!accepted(&[first, second]));
        }
    }
}

proptest! {
    #[test]
    fn arbitrary_bytes_never_panic(head in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = sniff(&head);
    }

    #[test]
    fn arbitrary_arrangements_of_magic_never_panic(head in fragments()) {
        let _ = sniff(&head);
    }

    #[test]
    fn damaged_files_never_panic(head in damaged_file()) {
        let _ = sniff(&head);
    }

    #[test]
    fn arbitrary_names_never_panic(name in any::<String>(), head in fragments()) {
        let found = detect(&head, Some(&name));
        prop_assert_eq!(found.media_type().is_some(), found.evidence().is_some());
    }
}
