//! The emulator's reader of `multipart/form-data`.

use heygen_emulator::{Form, FormError};

use super::Message;

/// The largest file that is taken.
const MAX: u64 = 4_096;

/// The first line is the content type, the body that of the request.
pub(super) fn run(bytes: &[u8]) {
    let message = Message::read(bytes);
    match Form::parse(&message.text(), message.body.to_vec(), MAX) {
        Ok(form) => {
            let Some(file) = form.file else { return };
            let content = file.content.read().expect("it is in memory");
            assert!(content.len() as u64 <= MAX);
            let is_part = |piece: &[u8]| piece == &content[..];
            let size = content.len().max(1);
            assert!(content.is_empty() || message.body.windows(size).any(is_part));
        }
        Err(FormError::Malformed(problem)) => assert!(!problem.is_empty()),
        Err(FormError::TooLarge) => assert!(message.body.len() as u64 > MAX),
        Err(other) => panic!("{other:?} is not known here"),
    }
}
