//! Texts of others, out of which secrets are taken before they are kept.

use heygen_types::secret::redacted;

use super::Message;

/// The first line is a part of the secret, the body the text around it.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    let around = String::from_utf8_lossy(message.body);
    let _ = redacted(&around);
    // What is in brackets behind a name is hidden as a whole, and may end where a secret does not.
    let around = around.replace(['[', '{', ']', '}'], "");
    let value: String = message.text().replace(char::is_control, "");
    let json = serde_json::to_string(&format!("{value}{CANARY}")).expect("a text is JSON");
    let query = value.replace(|c: char| c.is_whitespace() || "\"'`<>".contains(c), "");
    for line in [
        format!("Cookie: a={value}{CANARY} b"),
        format!("Authorization: Basic {value} {CANARY} b"),
        format!("{{\"n\":1, \"password\": {json}, \"m\":2}}"),
        format!("https://h.test/k?{query}{CANARY} b"),
        format!("https://{CANARY}@h.test/k"),
        format!("x-api-key={CANARY}"),
    ] {
        let text = format!("{around}\n{line}\n{around}");
        let shown = redacted(&text);
        let is_known = around.contains(CANARY) || value.contains(CANARY);
        assert!(is_known || !shown.contains(CANARY), "{line:?}: {shown:?}");
    }
}

const CANARY: &str = "c4n4ry-0123456789-yr4n4c";
