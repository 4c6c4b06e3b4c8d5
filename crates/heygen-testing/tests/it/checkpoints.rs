//! Checkpoints with every combination of what one can say, most of which no upload ever wrote.

use heygen_testing::fuzz::target;
use serde_json::{Value, json};

const DIGEST: &str = "0101010101010101010101010101010101010101010101010101010101010101";

fn time(seconds: u64) -> Value {
    json!({"secs": seconds, "nanos": 0})
}

fn slot(url: &str, expires_at: u64) -> Value {
    json!({"asset_id": "asset_1", "url": url, "headers": {}, "expires_at": time(expires_at)})
}

#[test]
fn every_combination_is_continued_to_an_end_or_refused() {
    let go_on = target("checkpoint").unwrap();
    let finished = json!({
        "asset_id": "asset_1", "url": "https://f.example/a", "media_type": "video/mp4",
        "size": 1_000, "sha256": null, "status": null, "route": "direct", "attempts": 1,
    });
    // The clock of the target stands at 1 767 225 600.
    let slots = [
        Value::Null,
        slot("https://s.example/a", 1_767_229_200),
        slot("https://s.example/a", 1_767_225_600),
        slot("", 0),
    ];
    let mut combinations = 0;
    for checksum in ["declared", "completion", "off"] {
        for route in ["auto", "single", "direct"] {
            for digest in [Value::Null, DIGEST.into()] {
                for key_first_sent in [Value::Null, time(1_767_225_000)] {
                    for slot in &slots {
                        for stored in [false, true] {
                            for finished in [&Value::Null, &finished] {
                                let checkpoint = json!({
                                    "version": 1,
                                    "upload_id": "03".repeat(16),
                                    "plan": {
                                        "file_name": "a.mp4", "media_type": "video/mp4",
                                        "size": 1_000, "digest": null, "checksum": checksum,
                                        "route": "auto",
                                    },
                                    "facts": {
                                        "route": route, "generation": 1, "digest": digest,
                                        "key_first_sent": key_first_sent, "slot": slot,
                                        "stored": stored, "finished": finished,
                                    },
                                });
                                go_on(checkpoint.to_string().as_bytes());
                                combinations += 1;
                            }
                        }
                    }
                }
            }
        }
    }
    assert_eq!(combinations, 3 * 3 * 2 * 2 * 4 * 2 * 2);
}
