use crate::{Invalid, avatars::RequestAvatarConsentBody};

impl RequestAvatarConsentBody {
    pub(crate) fn check_rules(&self) -> Result<(), Invalid> {
        let text = self.consent_text.as_deref().unwrap_or_default();
        if text.contains(['<', '>']) {
            return Err(Invalid::new(
                "consent_text",
                "holds < or >, it has to be plain text",
            ));
        }
        if self.consent_video.is_some()
            && (self.reroute_url.is_some() || self.consent_text.is_some())
        {
            return Err(Invalid::new(
                "consent_video",
                "is given beside reroute_url or consent_text; it stands alone",
            ));
        }
        Ok(())
    }
}
