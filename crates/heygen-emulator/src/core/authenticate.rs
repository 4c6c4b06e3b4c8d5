use http::{HeaderMap, header};

use super::ApiKey;

impl ApiKey {
    /// Tells whether every credential of a request is the right one, and there is one.
    pub(super) fn is_carried_by(&self, headers: &HeaderMap) -> bool {
        let mut carried = 0;
        for value in headers.get_all("x-api-key") {
            if value.as_bytes() != self.0.as_bytes() {
                return false;
            }
            carried += 1;
        }
        for value in headers.get_all(header::AUTHORIZATION) {
            let Some((scheme, token)) = value.to_str().ok().and_then(|text| text.split_once(' '))
            else {
                return false;
            };
            if !scheme.eq_ignore_ascii_case("bearer") || token.trim() != self.0 {
                return false;
            }
            carried += 1;
        }
        carried > 0
    }
}
