//! What only the types know of a body: rules that the table has in prose.

use heygen_types::Json;

/// Checks a body with the type of its operation. Returns the field and what is wrong with it.
pub(super) fn check(_operation: &str, _body: &Json) -> Result<(), (String, String)> {
    Ok(())
}
